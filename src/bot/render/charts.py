"""Numbers as pictures for a phone; the one user of matplotlib, in a worker that only draws."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

from bot.render.headlines import topic_name
from bot.render.split import clip
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.models.stats import Stats

SIDE_INCHES, DOTS = 6.0, 180
LABEL_UNITS = 26
PAPER, INK, GRID, ACCENT, SECOND, WARM = range(6)
LIGHT = ("#ffffff", "#1c1e21", "#e3e6ea", "#2f7ed8", "#26a269", "#d9822b")
DARK = ("#17212b", "#e8edf2", "#2b3947", "#5aa9f8", "#57d38c", "#f0a860")
# What people have installed that can show Chinese, the commonest first.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans GB", "Heiti SC",
    "Microsoft YaHei", "SimHei", "Arial Unicode MS",
)  # fmt: skip


def draw(stats: Stats, page: str, language: str, dark: bool, cache: str) -> bytes:
    """One page of the numbers as PNG; in English where no font can show the language."""
    colors, font = (DARK if dark else LIGHT), chinese_font(cache)
    import matplotlib as mpl  # noqa: PLC0415 - heavy, and only here

    mpl.use("agg")
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    texts = Texts(language if language != "zh" or font else "en")
    with mpl.rc_context(_style(colors, font)):
        figure = Figure(figsize=(SIDE_INCHES, SIDE_INCHES), dpi=DOTS, layout="constrained")
        PAGES[page](figure, stats, texts, colors, font is not None)
        picture = io.BytesIO()
        figure.savefig(picture, format="png")
    return picture.getvalue()


def chinese_font(cache: str) -> str | None:
    """What Chinese is drawn with, if anything can; `cache` keeps the list of fonts."""
    os.environ.setdefault("MPLCONFIGDIR", cache)
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - heavy

    known = {font.name for font in fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in known), None)


def _style(colors: Sequence[str], font: str | None) -> dict[str, Any]:
    ink = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")
    return {
        **dict.fromkeys(ink, colors[INK]),
        "figure.facecolor": colors[PAPER], "axes.facecolor": colors[PAPER],
        "axes.edgecolor": colors[GRID], "grid.color": colors[GRID], "axes.grid": True,
        "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False,
        "font.family": [*([font] if font else []), "DejaVu Sans"], "font.size": 13,
        "axes.titlesize": 16, "axes.titleweight": "bold", "axes.titlelocation": "left",
        "axes.unicode_minus": False, "figure.constrained_layout.h_pad": 0.15,
    }  # fmt: skip


def _people(figure: Any, stats: Stats, texts: Texts, colors: Sequence[str], _: bool) -> None:
    """Two lines over the same days."""
    upper, lower = figure.subplots(2, 1)
    for axes, numbers, title, color in (
        (upper, stats.people, texts.say("People"), colors[ACCENT]),
        (lower, stats.subscriptions, texts.say("Subscriptions"), colors[SECOND]),
    ):
        axes.plot(stats.days, numbers, color=color, linewidth=3)
        axes.fill_between(stats.days, numbers, color=color, alpha=0.15)
        axes.set_title(f"{title}: {texts.number(numbers[-1])}")
        _few_days(axes, texts.short_day, bottom=0, top=max(*numbers, 1) * 1.1)


def _deliveries(figure: Any, stats: Stats, texts: Texts, colors: Sequence[str], _: bool) -> None:
    """What was sent by the hour, and how late."""
    upper, lower = figure.subplots(2, 1)
    hours = [hour.at for hour in stats.hours]
    upper.bar(hours, [hour.sent for hour in stats.hours], width=1 / 30, color=colors[ACCENT])
    upper.set_title(texts.say("Sent by the hour (UTC)"))
    lower.plot(hours, [hour.longest for hour in stats.hours], "o-", color=colors[WARM],
               label=texts.say("longest"))  # fmt: skip
    lower.plot(hours, [hour.mean for hour in stats.hours], "o-", color=colors[SECOND],
               label=texts.say("on average"))  # fmt: skip
    lower.set_title(texts.say("Seconds after it was due"))
    lower.margins(y=0.3)
    lower.legend(frameon=False, loc="upper left", ncols=2)
    for axes in (upper, lower):
        _empty(axes, texts) if not hours else _few_days(axes, texts.hour, bottom=0)


def _jokes(figure: Any, stats: Stats, texts: Texts, colors: Sequence[str], chinese: bool) -> None:
    """What people like at least, with 95 % certainty."""
    axes = figure.subplots()
    axes.set_title(texts.say("Jokes by votes, %"))
    names = [_named(each.id, each.text, chinese) for each in stats.jokes]
    _across(axes, names, [each.liked * 100 for each in stats.jokes], colors[ACCENT], texts)
    axes.set_xlim(0, 100)


def _news(figure: Any, stats: Stats, texts: Texts, colors: Sequence[str], _: bool) -> None:
    """Headlines by topic; feeds by health."""
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 2))
    upper.set_title(texts.say("Headlines by topic"))
    names = [topic_name(topic, texts) for topic, _ in stats.topics]
    _across(upper, names, [many for _, many in stats.topics], colors[ACCENT], texts)
    feeds = stats.feeds
    lower.set_title(texts.say("Feeds"))
    states = (texts.say("well"), texts.say("in trouble"), texts.say("paused"), texts.say("retired"))
    counts = (feeds.well, feeds.troubled, feeds.paused, feeds.retired)
    bars = lower.barh(states, counts, color=(colors[SECOND], colors[WARM], colors[GRID],
                                             colors[GRID]))  # fmt: skip
    lower.bar_label(bars, padding=4)
    lower.invert_yaxis()
    lower.locator_params(axis="x", integer=True)


def _across(
    axes: Any, names: Sequence[str], values: Sequence[float], color: str, texts: Texts
) -> None:
    if not values:
        _empty(axes, texts)
        return
    bars = axes.barh(range(len(values)), values, color=color)
    axes.set_yticks(range(len(values)), names)
    axes.bar_label(bars, [texts.number(round(value)) for value in values], padding=4)
    axes.invert_yaxis()
    axes.locator_params(axis="x", integer=True)


def _few_days(
    axes: Any, named: Callable[[datetime], str], *, bottom: float, top: float | None = None
) -> None:
    """Few and whole ticks, so that a phone shows them large enough."""
    from matplotlib.dates import AutoDateLocator, num2date  # noqa: PLC0415 - heavy
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - heavy

    axes.set_ylim(bottom=bottom, top=top)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=5))
    axes.xaxis.set_major_formatter(lambda at, _: named(num2date(at)))


def _empty(axes: Any, texts: Texts) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.text(0.5, 0.5, texts.say("Nothing yet."), ha="center", va="center",
              transform=axes.transAxes)  # fmt: skip


CJK_START = "\u2e80"


def _named(number: int, text: str, chinese: bool) -> str:
    """Its beginning, where the font can show it; `$` would begin a formula."""
    line = clip(" ".join(text.split()), LABEL_UNITS).replace("$", r"\$")
    wide = any(each >= CJK_START for each in line)
    return line if chinese or not wide else f"#{number}"


PAGES: dict[str, Callable[..., None]] = {
    "people": _people,
    "deliveries": _deliveries,
    "jokes": _jokes,
    "news": _news,
}
