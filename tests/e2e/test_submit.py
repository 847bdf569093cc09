"""/submit alone asks for the joke and waits for it, as somebody on a phone expects."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_queue import JOKE, THANKS, ask, asked, house

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Playground

WORDS = JOKE.removeprefix("/submit ")


async def test_the_next_text_is_the_joke_as_soon_as_it_is_one(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann, mo = people["Ann"], people["Mo"]
        first = await asked(ann, "/submit")
        assert first.text.startswith("Send me the joke in one message.")
        assert first.buttons == [["Cancel"]]
        assert "short for a joke" in await ask(ann, "ha ha")
        assert await ask(ann, WORDS) == THANKS
        assert "lighthouse keeper quit" in await ask(mo, "/queue")
        assert "Nothing here has “zeppelin”" in await ask(ann, "zeppelin")


async def test_a_command_meanwhile_is_a_command_and_stop_means_stop(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann = people["Ann"]
        await ask(ann, "/submit")
        assert "Quipwire" in await ask(ann, "/about")
        assert "short for a joke" not in await ask(ann, "stop")
        assert await ask(ann, WORDS) == THANKS


async def test_who_cancels_is_asked_for_nothing_any_more(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann = people["Ann"]
        first = await asked(ann, "/submit")
        await ann.press(first, "Cancel")
        assert (await first.edited()).text == "Cancelled. Nothing was sent in."
        assert THANKS not in await ask(ann, WORDS)
        await ask(ann, "/submit")
        assert await ask(ann, "Cancel!") == "Cancelled. Nothing was sent in."
        again = await asked(ann, "/submit")
        assert await ask(ann, WORDS) == THANKS
        assert await ann.press(again, "Cancel") == "There is nothing to cancel any more."


async def test_what_is_said_much_later_or_passed_on_is_no_joke_for_the_queue(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as (people, clock):
        ann, bob = people["Ann"], people["Bob"]
        await ask(ann, "/submit")
        await ann.forward(await bob.send(WORDS))
        assert THANKS not in (await ann.reply()).text
        clock.ahead = timedelta(minutes=16)
        assert THANKS not in await ask(ann, WORDS)


async def test_who_has_sent_enough_for_one_day_is_not_asked(tmp_path: Path) -> None:
    async with house(tmp_path) as (people, _):
        ann = people["Ann"]
        for word in ("pigeons", "umbrellas", "trombones", "mathematics", "volcanoes"):
            await ask(ann, f"/submit {word * 3} walk into {word[::-1] * 2}")
        assert "That makes 5 in one day" in await ask(ann, "/submit")


@pytest.mark.usefixtures("bot")
async def test_in_a_group_it_says_how_to_write_it(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Club", members=[ann])
    await ann.reply(in_=group)
    await ann.send("/submit", in_=group)
    assert (await ann.reply(in_=group)).text.startswith("Write the joke after it: /submit")
