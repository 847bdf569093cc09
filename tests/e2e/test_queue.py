"""People send jokes in and flag them; moderators decide, and people hear of it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground.client import Person, Received

JOKE = "/submit My lighthouse keeper quit. | He found the work too repetitive, over and over."
THANKS = "Thank you! Somebody will look at it, and then you hear from me."


class Clock:
    """The bot's, which a test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@asynccontextmanager
async def house(
    folder: Path, queue_votes: int = 1
) -> AsyncIterator[tuple[dict[str, Person], Clock]]:
    """An owner, a moderator, and people; the clock ticks often."""
    clock = Clock()
    async with Playground() as telegram:
        people = {name: telegram.person(name) for name in ("Olga", "Mo", "Ann", "Bob", "Cem")}
        settings = settings_for(telegram, folder, admins=(people["Olga"].id,), tick_seconds=0.05,
                                queue_votes=queue_votes)  # fmt: skip
        async with serving(settings, clock):
            for person in people.values():
                await ask(person, "/about")
            await ask(people["Olga"], f"/grant {people['Mo'].id} moderator")
            yield people, clock


async def ask(person: Person, text: str) -> str:
    return (await asked(person, text)).text


async def asked(person: Person, text: str) -> Received:
    await person.send(text)
    return await person.reply()


async def test_a_joke_that_is_sent_in_is_approved_told_and_its_sender_hears(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo = people["Ann"], people["Mo"]
        assert await ask(ann, JOKE) == THANKS
        case = await asked(mo, "/queue")
        assert case.text.startswith("📥 Sent in by Ann, ")
        assert "over and over" in case.html
        assert "<tg-spoiler>" in case.html
        assert case.buttons == [["✓ Approve", "✗ Reject"], ["✎ Edit", "🚫 Ban", "▸"]]
        assert await mo.press(case, "Approve") == "On the shelf. Whoever sent it is told."
        assert (await case.edited()).text == "Nothing is waiting. Well done."
        assert "stands on the shelf now" in (await ann.reply()).text
        assert "lighthouse keeper quit" in await ask(ann, "/joke lighthouse keeper quit")
        assert "(approved" not in await ask(people["Olga"], "/audit")
        assert "approved 😄 My lighthouse keeper quit." in await ask(people["Olga"], "/audit")


async def test_where_two_votes_are_wanted_a_second_moderator_has_to_agree(tmp_path: Path) -> None:
    async with house(tmp_path, queue_votes=2) as (people, _):
        ann, mo, olga = people["Ann"], people["Mo"], people["Olga"]
        await ask(ann, JOKE)
        case = await asked(mo, "/queue")
        assert await mo.press(case, "Approve") == "Noted. 1 more has to agree."
        assert "Approve 1/2" in (await case.edited()).text
        assert await mo.press(case, "Approve") == "Noted. 1 more has to agree."
        other = await asked(olga, "/queue")
        await olga.press(other, "Reject")
        toast = await olga.press(await other.edited(), "It may hurt somebody")
        assert toast == "Noted. 1 more has to agree."
        assert "Approve 1/2, Reject 1/2" in (await other.edited()).text
        assert await olga.press(other, "Approve") == "On the shelf. Whoever sent it is told."
        assert "stands on the shelf now" in (await ann.reply()).text


async def test_a_joke_is_refused_with_a_reason_of_the_buttons_or_of_one_s_own(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo = people["Ann"], people["Mo"]
        await ask(ann, JOKE)
        await ask(ann, "/submit 老师问小明为什么迟到？\n小明说：因为您教过我，学习不要赶时间。")
        case = await asked(mo, "/queue")
        await mo.press(case, "Reject")
        why = await case.edited()
        assert "Why? Whoever sent it will read this." in why.text
        await mo.press(why, "It is well known here")
        second = await case.edited()
        assert "not taken this time: It is well known here" in (await ann.reply()).text
        assert "老师问小明" in second.text
        await mo.press(second, "Reject")
        await mo.press(await case.edited(), "Other words")
        assert "Send me the reason" in (await case.edited()).text
        assert "Not taken" in await ask(mo, "Shorter, @ann, and we take it <b>")
        assert (await mo.reply()).text == "Nothing is waiting. Well done."
        assert "Shorter, @\u2060ann, and we take it <b>" in (await ann.reply()).text


async def test_a_moderator_sends_the_corrected_text(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo, olga = people["Ann"], people["Mo"], people["Olga"]
        await ask(ann, JOKE)
        case, other = await asked(mo, "/queue"), await asked(olga, "/queue")
        await mo.press(case, "Edit")
        wanted = await case.edited()
        assert "My lighthouse keeper quit. | He found" in wanted.text
        assert "short for a joke" in await ask(mo, "ha")
        corrected = await asked(mo, "Our lighthouse keeper has quit. | Too repetitive, he said.")
        assert "Our lighthouse keeper has quit." in corrected.text
        toast = await olga.press(other, "Approve")
        assert toast == "Somebody has changed it meanwhile: please look again."
        await mo.press(corrected, "Approve")
        await corrected.edited()
        assert "Too repetitive, he said." in (await ann.reply()).text
        toast = await olga.press(other, "Approve")
        assert toast == "Somebody has decided about this one already."
        assert "Too repetitive" not in await ask(mo, "anything else that is typed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/submit ha ha", "short for a joke"),
        ("/submit 😀😀😀😀😀😀😀😀😀😀😀😀", "short for a joke"),
        ("/submit " + "long " * 300, "long for a joke: 1"),
        (JOKE.replace("quit", "QUIT!!"), "That one is waiting already: “My lighthouse keeper"),
    ],
)
async def test_what_cannot_be_taken_is_said(tmp_path: Path, text: str, said: str) -> None:
    async with house(tmp_path) as (people, _):
        await ask(people["Ann"], JOKE)
        assert said in await ask(people["Bob"], text)


async def test_what_is_on_the_shelf_is_not_taken_twice_nor_more_than_five_a_day(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as (people, clock):
        ann, bob = people["Ann"], people["Bob"]
        told = await asked(bob, "/joke")
        assert "on the shelf already" in await ask(bob, f"/submit {told.text}")
        for word in ("pigeons", "umbrellas", "trombones", "mathematics", "volcanoes"):
            sent = await ann.send(f"{word * 3} walk into {word[::-1] * 2}")
            await ann.reply()
            await ann.send("/submit", reply_to=sent)
            assert (await ann.reply()).text == THANKS
        assert "That makes 5 in one day" in await ask(ann, JOKE)
        assert "wrote yourself" in await _in_answer(ann, told)
        clock.ahead = timedelta(days=1, minutes=1)
        assert await ask(ann, JOKE) == THANKS


async def _in_answer(ann: Person, told: Received) -> str:
    mine = await ann.forward(told)
    await ann.reply()
    await ann.send("/submit", reply_to=mine)
    return (await ann.reply()).text


async def test_three_flags_hide_a_joke_until_a_moderator_has_looked(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo = people["Ann"], people["Mo"]
        assert await ask(ann, JOKE) == THANKS
        await mo.press(await asked(mo, "/queue"), "Approve")
        await ann.reply()
        for name in ("Ann", "Bob", "Cem"):
            told = await asked(people[name], "/joke lighthouse keeper quit")
            await people[name].press(told, "⋯")
            await people[name].press(await told.edited(), "Flag")
        assert "I have no joke" in await ask(mo, "/joke lighthouse keeper quit")
        case = await asked(mo, "/queue")
        assert case.text.startswith("🚩 flagged by 3, ")
        assert "hidden" in case.text
        assert await mo.press(case, "Keep it") == "It stays."
        assert (await case.edited()).text == "Nothing is waiting. Well done."
        assert "lighthouse keeper quit" in await ask(mo, "/joke lighthouse keeper quit")
        assert "I have no joke" in await ask(ann, "/joke lighthouse keeper quit")


async def test_what_waits_for_thirty_days_expires_and_its_sender_is_told(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as (people, clock):
        await ask(people["Ann"], JOKE)
        clock.ahead = timedelta(days=30, minutes=1)
        assert "Nobody got round to your joke" in (await people["Ann"].reply()).text
        assert await ask(people["Mo"], "/queue") == "Nothing is waiting. Well done."


async def test_who_blocked_the_bot_hears_of_it_when_they_are_back(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo, olga = people["Ann"], people["Mo"], people["Olga"]
        await ask(ann, JOKE)
        ann.block()
        case = await asked(mo, "/queue")
        await mo.press(case, "Approve")
        while "No message waits." not in await ask(olga, "/health"):
            pass
        assert not ann.unread()
        ann.unblock()
        assert "stands on the shelf now" in (await ann.reply()).text


async def test_nobody_else_sees_or_presses_the_queue(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo, olga = people["Ann"], people["Mo"], people["Olga"]
        await ask(ann, JOKE)
        case = await asked(mo, "/queue")
        assert "for those who look after this bot" in await ask(ann, "/queue")
        assert "/queue" not in await ask(ann, "/help")
        hello = await asked(ann, "/start")
        stamped = case.keyboard[0][0]["callback_data"]
        for data in (stamped, "queue:s1.000000:approve", "queue"):
            hello.keyboard[0][0]["callback_data"] = data
            assert await ann.press(hello, "Joke") == "This button is for the bot's admins."
        theirs = await asked(olga, "/start")
        theirs.keyboard[0][0]["callback_data"] = stamped
        assert await olga.press(theirs, "Joke") == "This button is for whoever asked for it."
        await mo.press(case, "Edit")
        await case.edited()
        assert "I" in await ask(ann, "A forged correction | of somebody else's joke")
        await mo.forward(await ann.send("Another forged correction | of this joke"))
        await mo.reply()
        assert "My lighthouse keeper quit." in await ask(mo, "/queue")


async def test_who_is_banned_has_nothing_in_the_queue_and_gets_no_answer(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo, olga = people["Ann"], people["Mo"], people["Olga"]
        await ask(ann, JOKE)
        await ask(ann, "/submit Two trombones and a parrot | share a taxi to the opera.")
        await ask(olga, "/submit Nobody waters the plastic plants | any more these days.")
        case = await asked(mo, "/queue")
        await mo.press(case, "Ban")
        asks = await case.edited()
        assert asks.text.startswith("Ban Ann? I answer them no more")
        await mo.press(asks, "Back")
        assert "lighthouse" in (await case.edited()).text
        await mo.press(case, "Ban")
        toast = await mo.press(await case.edited(), "Ban")
        assert toast == "Banned. /users takes it back."
        other = await case.edited()
        assert other.text.startswith("📥 Sent in by Olga")
        await mo.press(other, "Ban")
        toast = await mo.press(await other.edited(), "Ban")
        assert toast == "Only somebody of a higher role can ban them."
        await ann.send("/joke")
        assert "Olga" in await ask(mo, "/queue")
        assert not ann.unread()
