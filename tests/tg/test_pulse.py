"""The machine's clock is trusted as far as Telegram's says the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.tg.pulse import Pulse

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
DATE = "Wed, 01 May 2024 12:00:00 GMT"


class Machine:
    """A clock that anybody may set, and an uptime that nobody can."""

    def __init__(self) -> None:
        self.moment, self.up = NOON, 5.0
        self.pulse = Pulse(lambda: self.moment, lambda: self.up)

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)
        self.up += timedelta(**time).total_seconds()

    def agrees(self) -> bool:
        return self.pulse.agrees


def test_a_telegram_that_tells_no_time_contradicts_nobody() -> None:
    assert Machine().agrees()


@pytest.mark.parametrize(("minutes", "agrees"), [(0, True), (0.9, True), (-0.9, True), (2, False)])
def test_a_minute_is_close_enough(minutes: float, agrees: bool) -> None:
    machine = Machine()
    machine.moment += timedelta(minutes=minutes)
    machine.pulse.told(DATE)
    assert machine.agrees() is agrees


def test_a_clock_that_jumps_is_found_out_before_the_next_answer() -> None:
    machine = Machine()
    machine.pulse.told(DATE)
    machine.passes(hours=5)
    assert machine.agrees()
    machine.moment += timedelta(days=1)
    assert not machine.agrees()
    machine.moment -= timedelta(days=1)
    assert machine.agrees()


@pytest.mark.parametrize("date", [None, "", "yesterday", "Wed, 01 May 2024 12:00:00"])
def test_what_is_no_date_tells_nothing(date: str | None) -> None:
    machine = Machine()
    machine.pulse.told(DATE)
    machine.pulse.told(date)
    assert machine.pulse.skew == timedelta()


def test_the_mean_of_the_answers_follows_the_latest_and_begins_with_the_first() -> None:
    pulse = Pulse()
    pulse.took(0.02)
    assert pulse.seconds == pytest.approx(0.02)
    for _ in range(50):
        pulse.took(0.5)
    assert pulse.seconds == pytest.approx(0.5, rel=0.01)
