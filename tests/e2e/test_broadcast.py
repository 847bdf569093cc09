"""An admin announces something: seen first, sent once, watched, stopped and taken back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground import Playground
from bot.playground.waiting import until
from tests.e2e.conftest import serving, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person, Received

NEWS = "The library opens on Sundays."


@asynccontextmanager
async def town(
    folder: Path, *, tick: float = 0.05
) -> AsyncIterator[tuple[Playground, Person, list[Person]]]:
    """An owner and three people who have met the bot, one of whom reads Chinese."""
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        people = [telegram.person("Ann"), telegram.person("Ben"),
                  telegram.person("Mei", language_code="zh")]  # fmt: skip
        settings = settings_for(telegram, folder, admins=(owner.id,), tick_seconds=tick)
        async with serving(settings):
            for person in (owner, *people):
                await person.send("/about")
                await person.reply()
            yield telegram, owner, people


async def prepared(owner: Person, text: str = NEWS) -> Received:
    """The copy that everybody would see, then what to decide."""
    await owner.send("/broadcast", reply_to=await owner.send(text))
    copy = await _answered(owner, text)
    assert copy.text == text
    return await owner.reply()


async def _answered(owner: Person, text: str) -> Received:
    """What the bot says to the text itself, a search, comes before the copy."""
    while (message := await owner.reply()).text != text:
        pass
    return message


async def settled(telegram: Playground, panel: Received, text: str) -> Received:
    """The panel, once it says so."""
    chat = telegram.world.chat(panel.chat_id)
    await until(
        telegram.world, lambda: text in str(chat.messages[panel.id].get("text")), text, 20.0
    )
    return await panel.edited()


async def test_it_is_seen_first_then_sent_to_everybody_and_counted(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        draft = await prepared(owner)
        assert draft.text.startswith("📣 This goes to 4 chats, in about 1 minute.")
        assert not any(person.unread() for person in people)
        await owner.press(draft, "Send to 4 chats")
        for person in (owner, *people):
            assert (await person.reply()).text == NEWS
        panel = await settled(telegram, draft, "✓ Sent: 4 of 4 got it.")
        assert panel.buttons[-1] == ["🗑 Delete what was sent"]


async def test_it_may_be_for_readers_of_one_language_only(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        draft = await prepared(owner)
        await owner.press(draft, "Chinese")
        await owner.press(await draft.edited(), "Send to 1 chat")
        assert (await people[2].reply()).text == NEWS
        await settled(telegram, draft, "✓ Sent: 1 of 1 got it.")
        assert not people[0].unread()


async def test_it_says_so_when_nobody_would_get_it(tmp_path: Path) -> None:
    async with town(tmp_path) as (_, owner, _):
        draft = await prepared(owner)
        await owner.press(draft, "Subscribers 0")
        shown = await draft.edited()
        assert shown.text == "📣 Nobody would get this: choose others."
        assert shown.buttons[-1] == ["Don't send"]


async def test_a_second_press_sends_nothing_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        draft = await prepared(owner)
        await owner.press(draft, "Send to 4 chats")
        send = draft.keyboard[-1][0]["callback_data"]
        panel = await settled(telegram, draft, "✓ Sent: 4 of 4")
        panel.keyboard[-1][0]["callback_data"] = send
        assert "no longer at this point" in await owner.press(panel, "🗑 Delete what was sent")
        assert (await people[0].reply()).text == NEWS
        assert not people[0].unread()


async def test_what_was_sent_is_taken_back(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        draft = await prepared(owner)
        await owner.press(draft, "Send to 4 chats")
        panel = await settled(telegram, draft, "✓ Sent: 4 of 4")
        got = await people[0].reply()
        await owner.press(panel, "🗑 Delete what was sent")
        await settled(telegram, draft, "🗑 Deleted in 4 chats.")
        assert got.id not in telegram.world.chat(got.chat_id).messages


async def test_it_can_be_thought_better_of(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        draft = await prepared(owner)
        await owner.press(draft, "Don't send")
        assert (await draft.edited()).text == "It was not sent."
        await people[0].send("/about")
        assert NEWS not in (await people[0].reply()).text
        assert telegram.world


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner, ann = telegram.person("Owner"), telegram.person("Ann")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,), tick_seconds=3600)
        async with serving(settings):
            for person in (owner, ann):
                await person.send("/about")
                await person.reply()
            draft = await prepared(owner)
            await owner.press(draft, "Send to 2 chats")
            assert "On its way: 0 of 2" in (await draft.edited()).text
        async with serving(settings.model_copy(update={"tick_seconds": 0.05})):
            assert (await ann.reply()).text == NEWS
            await settled(telegram, draft, "✓ Sent: 2 of 2 got it.")
            assert not ann.unread()


async def test_without_a_message_it_says_how(tmp_path: Path) -> None:
    async with town(tmp_path) as (telegram, owner, people):
        await owner.send("/broadcast")
        assert "answer that message with /broadcast" in (await owner.reply()).text
        club = telegram.group("Club", members=[owner])
        await owner.reply(in_=club)
        await owner.send("/broadcast", in_=club)
        assert "in private" in (await owner.reply(in_=club)).text
        await people[0].send("/broadcast")
        assert "look after this bot" in (await people[0].reply()).text
