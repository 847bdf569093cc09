"""What is counted has whole numbers beside it."""

from __future__ import annotations

from matplotlib.figure import Figure

from bot.models.stats import Feeds, Stats
from bot.render.charts import LIGHT, PAGES
from bot.texts import Texts


def test_nobody_counts_half_a_headline_or_half_a_feed() -> None:
    topics = (("science", 3), ("sport", 2), ("culture", 1))
    stats = Stats((), (), 0, (), (), (), topics, Feeds(well=2, troubled=1, paused=0, retired=0))
    figure = Figure()
    PAGES["news"](figure, stats, Texts("en"), LIGHT, False)
    ticks = [tick for axes in figure.axes for tick in axes.get_xticks()]
    assert ticks
    assert all(tick == round(tick) for tick in ticks)
