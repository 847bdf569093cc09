"""Who follows a word hears of its stories, once, and not at night."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from bot.child import Children
from bot.config import ALERTS_A_DAY
from bot.models.deliveries import Settled
from bot.models.interests import Interest
from bot.models.messages import Message
from bot.models.subscriptions import QuietHours
from bot.services import alerts, chats, interests, outbox, saved, stories
from bot.store import alerts as rows
from tests.services.test_stories import ARREST, FARES, MILL, MILL_TOO, alter, entry, place, told
from tests.store.samples import NOW, chat, person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from typing import Any

    from bot.models.deliveries import Delivery
    from bot.services.outbox import Compose
    from bot.store.database import Database

BEFORE = NOW - timedelta(hours=1)
MUTE_TIMES = Interest("mute", "source", "Times")


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    async with Children(workers=1) as made:
        yield made


async def follow(db: Database, chat_id: int, *words: str, topic: int | None = None) -> None:
    await chats.remember(db, chat(chat_id), None, BEFORE)
    for word in words:
        interest = Interest("follow", "word", word)
        await interests.put(db, chat_id, interest, BEFORE, topic_id=topic)


async def sent(
    db: Database, children: Children, now: datetime = NOW
) -> list[tuple[int, int | None, str]]:
    """What goes out now: the chat, its topic and the text."""
    return [
        (chat_id, topic, str(message.html))
        for chat_id, topic, message in await out(db, children, now)
    ]


async def out(
    db: Database, children: Children, now: datetime = NOW
) -> list[tuple[int, int | None, Message]]:
    """The same with the whole messages."""
    await alerts.post_due(db, now, "UTC")
    taken = await outbox.take(db, now, 100)

    async def composer(some: Sequence[Delivery], _: datetime) -> Compose:
        return await alerts.composer(db, children, cast("Any", None), some)

    found = await outbox.begin(db, taken, composer, now)
    await outbox.settle(db, [Settled(each.id, "done", message_id=1) for each, _ in found], now)
    return [
        (each.chat_id, each.topic_id, message)
        for each, message in found
        if isinstance(message, Message)
    ]


async def test_a_new_story_goes_to_those_who_follow_a_word_of_it(
    db: Database, children: Children
) -> None:
    await follow(db, 1, "mill", "volcano")
    await follow(db, 2, "Volcano")
    await follow(db, 3, "ASHBY", topic=77)
    await place(db, MILL, FARES)
    first, second = sorted(await sent(db, children))
    assert (first[:2], second[:2]) == ((1, None), (3, 77))
    assert "You follow “mill”." in first[2]
    assert "Fire destroys mill in Ashby" in first[2]
    assert "bus fares" not in first[2]
    assert await sent(db, children) == []


async def test_what_is_saved_already_comes_with_a_full_star_in_private(
    db: Database, children: Children
) -> None:
    for number in (1, 2, -3):
        await follow(db, number, "mill")
    for number in (1, 2):
        await chats.remember(db, chat(number), person(number), BEFORE)
    await place(db, MILL)
    (story,) = await told(db)
    await saved.press(db, 1, "story", story.id, 1, NOW)
    stars = {
        number: message.keyboard[1][-1].label for number, _, message in await out(db, children)
    }
    assert stars == {1: "★", 2: "☆", -3: "☆"}


async def test_what_was_news_before_is_not_sent(db: Database, children: Children) -> None:
    await place(db, MILL)
    await sent(db, children)
    await follow(db, 1, "mill")
    assert await sent(db, children) == []
    await chats.remember(db, chat(2), None, NOW)
    late = Interest("follow", "word", "council")
    await interests.put(db, 2, late, NOW + timedelta(hours=9))
    await place(db, FARES)
    assert await sent(db, children, NOW + timedelta(hours=10)) == []


async def test_who_was_told_the_story_hears_only_of_its_news(
    db: Database, children: Children
) -> None:
    await follow(db, 1, "mill")
    await place(db, MILL)
    assert len(await sent(db, children)) == 1
    await place(db, MILL_TOO)
    assert await sent(db, children) == []
    await place(db, entry("arrest", "Baker arrested over fire at Ashby mill", ARREST, "Mail", 8))
    await place(db, entry("trial", "Ashby mill fire: baker, 41, arrested", ARREST, "Sun", 9))
    ((_, _, html),) = await sent(db, children, NOW + timedelta(hours=9))
    assert "update" in html


async def test_what_the_chat_mutes_is_not_sent(db: Database, children: Children) -> None:
    await follow(db, 1, "mill")
    await interests.put(db, 1, MUTE_TIMES, BEFORE)
    await place(db, MILL)
    assert await sent(db, children) == []


async def test_what_is_muted_for_a_day_comes_again_after_it(
    db: Database, children: Children
) -> None:
    await follow(db, 1, "mill")
    mill = Interest("mute", "word", "mill")
    await interests.put(db, 1, mill, NOW - timedelta(hours=20), days=1)
    await place(db, MILL)
    assert await sent(db, children) == []
    await place(db, entry("pier", "The mill by the pier opens", "", "Sun", 9))
    ((_, _, html),) = await sent(db, children, NOW + timedelta(hours=9))
    assert "The mill by the pier opens" in html


async def test_what_a_chat_saw_meanwhile_is_not_sent(db: Database, children: Children) -> None:
    await follow(db, 1, "mill")
    await place(db, MILL)
    await alerts.post_due(db, NOW, "UTC")
    story = await stories.find(db, 1)
    await stories.tell(db, chat(1), [story], NOW)
    assert await sent(db, children) == []
    await interests.end(db, 1, 1)
    await place(db, FARES)
    assert await sent(db, children) == []


async def test_quiet_hours_hold_alerts_and_make_them_one(db: Database, children: Children) -> None:
    await follow(db, 1, "mill", "council")
    await chats.keep_quiet(db, 1, QuietHours(NOW.hour, NOW.hour + 2))
    await place(db, MILL)
    assert await sent(db, children) == []
    await place(db, FARES)
    assert await sent(db, children, NOW + timedelta(hours=1)) == []
    ((_, _, html),) = await sent(db, children, NOW + timedelta(hours=3))
    assert ("Fire destroys mill" in html, "bus fares" in html) == (True, True)
    assert "You follow “mill”, “council”." in html


async def test_a_chat_gets_only_so_many_a_day(db: Database, children: Children) -> None:
    await follow(db, 1, "fire")
    got = []
    for number in range(8):
        place_ = f"Town{number}"
        await place(db, entry(f"f{number}", f"Fire at {place_} hall",
                              f"The hall of {place_} burned for {number + 2} hours."))  # fmt: skip
        got += await sent(db, children)
    assert len(got) == ALERTS_A_DAY
    await place(db, entry("f9", "Fire at the Elm Street bakery", "Bread was lost.", hours=30))
    assert len(await sent(db, children, NOW + timedelta(hours=30))) == 1


async def test_a_paused_chat_and_another_language_get_none(
    db: Database, children: Children
) -> None:
    await follow(db, 1, "mill")
    await follow(db, 2, "mill")
    await chats.pause(db, 1, NOW)
    await chats.speak(db, 2, "zh")
    await place(db, MILL)
    assert await sent(db, children) == []


async def test_chinese_words_are_found_inside_titles(db: Database, children: Children) -> None:
    await follow(db, 1, "黑洞")
    await chats.speak(db, 1, "zh")
    await place(db, entry("hole", "首张黑洞照片公布", "人类拍到了黑洞。", "日报", language="zh"))
    ((_, _, html),) = await sent(db, children)
    assert "首张黑洞照片公布" in html
    assert "你关注了“黑洞”" in html


async def test_a_story_taken_off_the_shelf_is_not_sent(db: Database, children: Children) -> None:
    await follow(db, 1, "mill")
    await place(db, MILL)
    await alerts.post_due(db, NOW, "UTC")
    await db.write(alter("mill", removed_at=NOW))
    await stories.place_due(db, NOW)
    assert await sent(db, children) == []


async def test_old_alerts_are_forgotten(db: Database) -> None:
    await follow(db, 1, "mill")
    await place(db, MILL)
    await alerts.post_due(db, NOW, "UTC")
    await db.write(rows.purge, NOW)
    assert await db.read(rows.stories_for, 1, None) != []
    await db.write(rows.purge, NOW + timedelta(seconds=1))
    assert await db.read(rows.stories_for, 1, None) == []
