"""A person may do much at once and a little for long; who does more is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.config import PERSON_BURST, PERSON_REFILL_PER_SECOND
from bot.tg import flood
from bot.tg.flood import Flood, Flow

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC)
PACE = timedelta(seconds=1 / PERSON_REFILL_PER_SECOND)


def checks(flood: Flood, count: int, at: datetime = NOON, person: int = 1) -> list[Flow]:
    return [flood.check(person, at) for _ in range(count)]


def test_a_burst_is_free_then_one_is_told_and_the_rest_is_silence() -> None:
    flows = checks(Flood(), PERSON_BURST + 50)
    assert flows == [Flow.FREE] * PERSON_BURST + [Flow.TELL] + [Flow.SILENT] * 49


def test_after_a_while_one_may_go_on() -> None:
    flood = Flood()
    checks(flood, PERSON_BURST + 1)
    assert flood.check(1, NOON + PACE) is Flow.FREE
    assert flood.check(1, NOON + PACE) is Flow.SILENT


def test_who_floods_on_and_on_is_not_told_again_until_the_bucket_is_half_full() -> None:
    flood = Flood()
    checks(flood, PERSON_BURST + 1)
    assert Flow.TELL not in checks(flood, 100, NOON + PACE * (PERSON_BURST // 2 - 1))
    calm = NOON + PACE * PERSON_BURST * 3
    assert checks(flood, PERSON_BURST + 1, calm)[-1] is Flow.TELL


def test_one_person_s_flood_is_not_another_s() -> None:
    flood = Flood()
    checks(flood, PERSON_BURST + 1)
    assert flood.check(2, NOON) is Flow.FREE


def test_a_steady_pace_is_never_too_much() -> None:
    flood = Flood()
    assert {flood.check(1, NOON + PACE * step) for step in range(1000)} == {Flow.FREE}


def test_a_backlog_that_was_sent_over_hours_is_no_flood() -> None:
    flood = Flood()
    times = [NOON - timedelta(hours=5) + timedelta(minutes=step) for step in range(300)]
    assert {flood.check(1, at) for at in times} == {Flow.FREE}


@given(st.lists(st.integers(-10_000, 10_000), max_size=200))
def test_times_out_of_order_earn_nothing(seconds: list[int]) -> None:
    flood = Flood()
    at = [NOON + timedelta(seconds=second) for second in seconds]
    free = sum(flood.check(1, moment) is Flow.FREE for moment in at)
    span = (max(at) - min(at)).total_seconds() if at else 0
    assert free <= PERSON_BURST + span * PERSON_REFILL_PER_SECOND


def test_only_so_many_people_are_remembered() -> None:
    crowd = Flood()
    for person in range(flood.REMEMBERED + 10):
        crowd.check(person, NOON)
    assert len(crowd._buckets) == flood.REMEMBERED
