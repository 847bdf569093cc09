"""Quiet hours end at a local time, on either side of midnight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.models.subscriptions import QuietHours
from bot.schedule.quiet import held_until


@pytest.mark.parametrize(
    ("hours", "moment", "end"),
    [
        ((22, 7), "2024-05-01T21:59", "2024-05-01T21:59"),
        ((22, 7), "2024-05-01T22:00", "2024-05-02T07:00"),
        ((22, 7), "2024-05-02T06:59", "2024-05-02T07:00"),
        ((22, 7), "2024-05-02T07:00", "2024-05-02T07:00"),
        ((0, 9), "2024-05-02T00:00", "2024-05-02T09:00"),
        ((0, 9), "2024-05-01T23:59", "2024-05-01T23:59"),
    ],
)
def test_a_moment_inside_is_held_until_their_end(
    hours: tuple[int, int], moment: str, end: str
) -> None:
    at = datetime.fromisoformat(moment + "+02:00")
    held = held_until(at, QuietHours(*hours), "Europe/Berlin")
    assert held == datetime.fromisoformat(end + "+02:00")


def test_a_night_in_which_the_clock_changes_ends_by_the_new_one() -> None:
    before = datetime(2024, 3, 30, 22, tzinfo=UTC)
    held = held_until(before, QuietHours(22, 7), "Europe/Berlin")
    assert held == datetime(2024, 3, 31, 5, tzinfo=UTC)
