"""How far an announcement has come, in the words of its panel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.models.announcements import Announcement, Audience, Progress
from bot.models.messages import Copy
from bot.render import announcements as render
from bot.texts import Texts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_of_one_that_was_stopped_it_says_how_many_got_it() -> None:
    one = Announcement(1, 2, Copy(2, 3), Audience(), "cancelled", NOW)
    far = Progress(open=1, sent=7, failed=0, unknown=0, deleted=0, left=timedelta())
    assert str(render.panel(one, far, Texts("en")).html) == "✖ Stopped: 7 chats got it."
