"""A moment to come, as people type it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.schedule import moments

# A Wednesday, 14:00 in Berlin.
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("18:00", "2024-05-01 18:00"),
        ("8:00", "2024-05-02 08:00"),
        ("tomorrow", "2024-05-02 08:00"),
        ("tomorrow 7:30 pm", "2024-05-02 19:30"),
        ("mon 9 am", "2024-05-06 09:00"),
        ("2024-12-24 18:00", "2024-12-24 18:00"),
        ("2024-12-24", "2024-12-24 08:00"),
        ("明天早上8点半", "2024-05-02 08:30"),
        ("后天下午3点", "2024-05-03 15:00"),
        ("周五 9:00", "2024-05-03 09:00"),
    ],
)
def test_each_way_of_typing_it_is_read_on_the_chat_s_clock(text: str, local: str) -> None:
    found = moments.parse(text, NOW, BERLIN)
    assert f"{found.astimezone(BERLIN):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soon", "can't read that time"), ("", "can't read that time"),
        ("2024-13-01", "can't read that time"), ("today 8:00", "has passed"),
        ("2024-04-01", "has passed"), ("2030-01-01", "more than a year"),
    ],
)  # fmt: skip
def test_what_is_no_moment_to_come_is_said(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        moments.parse(text, NOW, BERLIN)
