"""Digests are composed from what all share, and a chat counts as told only of what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy import func, select

from bot.child import Children
from bot.models.deliveries import Settled
from bot.models.interests import Interest
from bot.models.messages import Message
from bot.models.subscriptions import EVERY_DAY, SHELVES, Plan, QuietHours, Schedule
from bot.services import chats, interests, outbox
from bot.services.digests import Digests
from bot.store import outbox as box
from bot.store import seeds, subscriptions
from bot.store.tellings import tellings
from bot.store.told import told_stories
from tests.services.test_stories import FARES, MILL, MILL_TOO, place
from tests.store.samples import NOW, chat, joke, report

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.models.deliveries import Delivery
    from bot.models.messages import Outgoing
    from bot.services.outbox import Compose
    from bot.store.database import Connection, Database

# The next eight o'clock in Berlin after NOW.
DUE = datetime(2024, 5, 2, 6, tzinfo=UTC)
DAY = timedelta(days=1)
PARTS = """1. The beginning

The old gate kept the water out of the town for forty years and more. It was shut every night.

2. The middle

The new gate was built by three men in one long winter. It cost less than the council had feared.

3. The end

The water came in spring and the gate held for eleven hours. Nobody in the town was hurt at all.
"""


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    async with Children(workers=1) as made:
        yield made


@pytest.fixture
async def digests(db: Database, children: Children) -> Digests:
    await place(db, MILL, MILL_TOO, FARES)
    jokes = [joke(f"j{n}", f"Joke number {n}.") for n in range(4)]
    await db.write(seeds.apply, "jokes", jokes, NOW, origin="import", prune=False)
    told = [report("one", PARTS, title="The Gate Report"), report("two", "Only a short one, this.")]
    await db.write(seeds.apply, "reports", told, NOW, origin="import", prune=False)
    return Digests(db, children, cast("Any", None), samples=False)


async def subscribed(
    db: Database, number: int = 1, *shelves: str, topics: tuple[str, ...] = ()
) -> int:
    await chats.remember(db, chat(number), None, NOW)
    schedule = Schedule((time(8),), EVERY_DAY, "Europe/Berlin")
    plan = Plan(shelves or SHELVES, topics, schedule)
    made = await db.write(subscriptions.add, number, None, plan, None, NOW)
    return made.id


async def begun(db: Database, digests: Digests, now: datetime) -> list[tuple[Delivery, Message]]:
    await outbox.claim_due(db, now)
    taken = await outbox.take(db, now, 100)
    found = await outbox.begin(db, taken, digests.composer, now)
    return [(each, message) for each, message in found if isinstance(message, Message)]


async def sent(db: Database, digests: Digests, now: datetime) -> list[str]:
    found = await begun(db, digests, now)
    await outbox.settle(db, [Settled(each.id, "done", message_id=1) for each, _ in found], now)
    return [str(message.html) for _, message in found]


def told(conn: Connection) -> tuple[int, int]:
    """How many stories and jokes chats count as told."""
    counted = [select(func.count()).select_from(table) for table in (told_stories, tellings)]
    return conn.scalar(counted[0]) or 0, conn.scalar(counted[1]) or 0


async def test_a_digest_holds_news_a_part_of_a_report_and_a_joke(
    db: Database, digests: Digests
) -> None:
    await subscribed(db)
    (html,) = await sent(db, digests, DUE)
    assert html.startswith("📰 <b><a")
    assert "2 sources" in html
    assert "📖 <b>The Gate Report</b>\n<i>1/3 · 1. The beginning</i>" in html
    assert "😄 Joke number" in html
    assert await db.read(told) == (2, 1)


async def test_each_day_goes_on_where_the_last_one_ended(db: Database, digests: Digests) -> None:
    await subscribed(db)
    days = [(await sent(db, digests, DUE + n * DAY))[0] for n in range(5)]
    assert ["2/3 · 2. The middle" in days[1], "3/3 · 3. The end" in days[2]] == [True, True]
    assert "1/1" in days[3]
    assert "📖" not in days[4]
    assert "a quiet day" in days[1]
    jokes = {day.split("Joke number ")[1][0] for day in days[:4]}
    assert len(jokes) == 4
    assert "From the top" in days[4]


async def test_two_chats_share_the_news_but_not_their_jokes_and_tastes(
    db: Database, digests: Digests
) -> None:
    await subscribed(db, 1)
    await subscribed(db, 2)
    await interests.put(db, 2, Interest("mute", "word", "mill"), NOW)
    first, second = await sent(db, digests, DUE)
    assert ("Ashby" in first, "Ashby" in second) == (True, False)
    assert "bus fares" in second


async def test_only_what_was_asked_for_is_in_it(db: Database, digests: Digests) -> None:
    await subscribed(db, 1, "jokes")
    await subscribed(db, 2, "headlines", topics=("sport",))
    first, second = await sent(db, digests, DUE)
    assert first.startswith("😄 Joke")
    assert second == "📰 No news that you have not seen: a quiet day."


async def test_a_crash_while_composing_tells_nothing(
    db: Database, digests: Digests, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribed(db)
    await outbox.claim_due(db, DUE)
    taken = await outbox.take(db, DUE, 10)

    def crashes(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(box, "begin", crashes)
        assert await outbox.begin(db, taken, digests.composer, DUE) == []
    assert await db.read(told) == (0, 0)
    later = DUE + outbox.COMPOSED_AGAIN
    assert await db.read(box.counts) == {"waiting": 1}
    assert len(await begun(db, digests, later)) == 1
    assert await db.read(told) == (2, 1)


@pytest.mark.parametrize("when", ["looked up", "written"])
async def test_one_that_cannot_be_composed_harms_no_other_and_is_given_up_after_a_day(
    db: Database, digests: Digests, when: str
) -> None:
    await subscribed(db, 1)
    await subscribed(db, 2)
    await outbox.claim_due(db, DUE)
    taken = await outbox.take(db, DUE, 10)

    async def picky(some: Sequence[Delivery], now: datetime) -> Compose:
        if when == "looked up" and any(each.chat_id == 1 for each in some):
            raise KeyError
        compose = await digests.composer(some, now)

        def write(conn: Connection, delivery: Delivery, now: datetime) -> Outgoing | None:
            if delivery.chat_id == 1:
                raise KeyError
            return compose(conn, delivery, now)

        return write

    assert [each.chat_id for each, _ in await outbox.begin(db, taken, picky, DUE)] == [2]
    late = DUE + 2 * DAY
    taken = await outbox.take(db, late, 10)
    assert await outbox.begin(db, taken, picky, late) == []
    assert (await db.read(box.counts))["dead"] == 1


async def test_what_is_sent_again_is_the_same_message(db: Database, digests: Digests) -> None:
    await subscribed(db)
    ((_, before),) = await begun(db, digests, DUE)
    assert await outbox.rescue(db, DUE, all_of_it=True) == 1
    ((again, after),) = await begun(db, digests, DUE)
    assert (after, again.attempts) == (before, 1)
    assert await db.read(told) == (2, 1)


async def test_after_a_long_outage_there_is_one_digest_with_the_news_of_all_days(
    db: Database, digests: Digests
) -> None:
    await subscribed(db)
    for day in range(4):
        await outbox.claim_due(db, DUE + day * DAY)
    found = await begun(db, digests, DUE + 3 * DAY)
    assert len(found) == 1
    ((delivery, _),) = found
    assert delivery.due_at == DUE + 3 * DAY
    assert delivery.digest is not None
    assert delivery.digest.since == DUE - DAY
    assert (await db.read(box.counts)) == {"done": 3, "sending": 1}


async def test_asked_for_it_comes_at_once_and_the_same_request_gives_the_same_joke(
    db: Database, digests: Digests
) -> None:
    from bot.services.subscriptions import wish

    await chats.remember(db, chat(1), None, NOW)
    asked = wish(chat(1), None, "UTC", NOW + DAY)
    first = await digests.at_once(1, asked, 77, NOW + DAY)
    again = await digests.at_once(1, asked, 77, NOW + DAY)
    assert str(first.html).split("😄")[1] == str(again.html).split("😄")[1]
    assert "1/3" in first.html


async def test_too_little_news_is_kept_for_the_next_digest(db: Database, digests: Digests) -> None:
    number = await subscribed(db)
    await tuned(db, number, at_least=3)
    assert await sent(db, digests, DUE) == []
    assert await db.read(told) == (0, 0)
    await tuned(db, number, at_least=2)
    (html,) = await sent(db, digests, DUE + DAY)
    assert ("Ashby" in html, "bus fares" in html) == (True, True)


async def test_a_quiet_day_may_have_a_joke(db: Database, digests: Digests) -> None:
    await tuned(db, await subscribed(db), at_least=3, else_joke=True)
    (html,) = await sent(db, digests, DUE)
    assert html.startswith("😄 Joke number")
    assert await db.read(told) == (0, 1)


async def test_who_touches_none_of_fourteen_is_asked_once_for_weekly(
    db: Database, digests: Digests
) -> None:
    read, unread = await subscribed(db, 1, "jokes"), await subscribed(db, 2, "jokes")
    asked = []
    for day in range(22):
        asked += [str(day) for html in await sent(db, digests, DUE + day * DAY) if "week" in html]
        if day == 5:
            await db.write(subscriptions.touch, 1, read)
            await db.write(subscriptions.touch, 1, unread)
    assert asked == ["14", "20"]


async def test_many_windows_at_once_are_all_composed(db: Database, digests: Digests) -> None:
    for number in range(1, 71):
        await subscribed(db, number, "headlines")
        await db.write(subscriptions.keep_news, number, NOW - timedelta(minutes=number))
    htmls = await sent(db, digests, DUE)
    assert len(htmls) == 70
    assert all("Ashby" in html for html in htmls)


async def test_quiet_hours_hold_what_comes_due_and_make_it_one(
    db: Database, digests: Digests
) -> None:
    await subscribed(db, 1, "headlines")
    await subscribed(db, 2, "headlines")
    await chats.keep_quiet(db, 1, QuietHours(7, 10))
    (heard,) = await sent(db, digests, DUE)
    assert "Ashby" in heard
    assert await sent(db, digests, DUE + timedelta(minutes=119)) == []
    (held,) = await sent(db, digests, DUE + timedelta(hours=2))
    assert "Ashby" in held


async def tuned(db: Database, number: int, *, at_least: int, else_joke: bool = False) -> None:
    found = await db.read(subscriptions.find, number)
    assert found is not None
    plan = replace(found.plan, at_least=at_least, else_joke=else_joke)
    await db.write(subscriptions.change, number, plan, NOW)


async def test_what_a_chat_follows_comes_however_far_down_it_stands(
    db: Database, digests: Digests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.digests.SHARED_STORIES", 1)
    await subscribed(db, 1, "headlines")
    await subscribed(db, 2, "headlines")
    await interests.put(db, 2, Interest("follow", "word", "council"), NOW)
    plain, own = await sent(db, digests, DUE)
    assert ("Ashby" in plain, "bus fares" in plain) == (True, False)
    assert own.index("bus fares") < own.index("Ashby")


async def test_only_what_a_chat_follows_may_be_asked_for(db: Database, digests: Digests) -> None:
    number = await subscribed(db, 1, "follows")
    (html,) = await sent(db, digests, DUE)
    assert html == "📰 No news that you have not seen: a quiet day."
    await interests.put(db, 1, Interest("follow", "source", "Post"), NOW)
    await db.write(subscriptions.keep_news, number, NOW - DAY)
    (html,) = await sent(db, digests, DUE + DAY)
    assert ("bus fares" in html, "Ashby" in html) == (True, True)
    await interests.put(db, 1, Interest("mute", "word", "Ashby"), NOW)
    await db.write(subscriptions.keep_news, number, NOW - DAY)
    (html,) = await sent(db, digests, DUE + 2 * DAY)
    assert "Ashby" not in html


async def test_one_that_was_written_in_time_and_could_not_be_sent_says_that_it_is_late(
    db: Database, digests: Digests
) -> None:
    await subscribed(db)
    ((delivery, in_time),) = await begun(db, digests, DUE)
    assert "This is late" not in in_time.html
    for hours in (3, 4):
        later = DUE + timedelta(hours=hours)
        await outbox.settle(db, [Settled(delivery.id, "waiting", again_at=later)], later)
        ((_, late),) = await begun(db, digests, later)
        assert late.html == f"{in_time.html}\n\n<i>This is late: it was due at 08:00.</i>"
        assert late.keyboard == in_time.keyboard


async def test_a_subscription_for_some_days_ends_with_a_word(
    db: Database, digests: Digests
) -> None:
    number = await subscribed(db, 1, "jokes")
    found = await db.read(subscriptions.find, number)
    assert found is not None
    last = (DUE + 2 * DAY).date()
    await db.write(subscriptions.change, number, replace(found.plan, until=last), NOW)
    days = [await sent(db, digests, DUE + n * DAY) for n in range(5)]
    assert [len(each) for each in days] == [1, 1, 1, 0, 0]
    ends = ["This was the last one" in html for (html,) in days[:3]]
    assert ends == [False, False, True]
    await db.write(subscriptions.resume, number, DUE + 5 * DAY)
    ((html,),) = [await sent(db, digests, DUE + 6 * DAY)]
    assert "last one" not in html


async def test_an_outage_over_the_last_day_still_brings_the_last_one(
    db: Database, digests: Digests
) -> None:
    number = await subscribed(db, 1, "jokes")
    found = await db.read(subscriptions.find, number)
    assert found is not None
    last = (DUE + DAY).date()
    await db.write(subscriptions.change, number, replace(found.plan, until=last), NOW)
    (html,) = await sent(db, digests, DUE + 3 * DAY)
    assert "This is late" in html
    assert "This was the last one" in html
    assert await sent(db, digests, DUE + 4 * DAY) == []
