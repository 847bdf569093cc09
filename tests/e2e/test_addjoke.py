"""An editor adds jokes with a phone: looked at first, changed by buttons, taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_roles import ask, team

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.client import Person, Received

GOOSE = "Why did the goose join the band? | It had its own horn section."


async def sent(person: Person, text: str) -> Received:
    await person.send(text)
    return await person.reply()


async def told(person: Person, word: str) -> str:
    return await ask(person, f"/joke {word}")


async def test_a_joke_after_the_command_is_published_and_taken_back(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        preview = await sent(editor, f"/addjoke {GOOSE}")
        assert preview.text.startswith("Why did the goose join the band?\nIt had its own horn")
        assert "<tg-spoiler>It had its own horn section.</tg-spoiler>" in preview.html
        assert "English" in preview.text
        assert "no joke with" in await told(stranger, "goose")
        await editor.press(preview, "Publish")
        assert (await preview.edited()).text.startswith("On the shelf now: 😄 Why did the goose")
        assert "horn section" in await told(stranger, "goose")
        await editor.press(preview, "Undo")
        assert "Taken back" in (await preview.edited()).text
        assert "no joke with" in await told(stranger, "goose")
        assert await ask(editor, "/undo") == "There is nothing to take back."
        audit = await ask(people["owner"], "/audit")
        assert "editor" in audit
        assert "took back the new 😄 Why did the goose join the band? (joke-" in audit


async def test_a_text_that_telegram_cut_is_no_joke_and_neither_is_its_rest(tmp_path: Path) -> None:
    """The rest is no search either, and no joke for the open draft."""
    async with team(tmp_path) as (world, people):
        editor = people["editor"]
        long = "One goose honks at a tuba. " * 320
        assert "long for a joke" in (await sent(editor, f"/addjoke {long}")).text
        assert "Send me the joke" in (await sent(editor, "/addjoke")).text
        assert "long for a joke" in (await sent(editor, long)).text
        await world.quiet()
        assert not editor.unread()
        assert (await sent(editor, GOOSE)).text.startswith("Why did the goose join the band?")


async def test_a_guided_joke_in_chinese_with_its_category_changed(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        asked = await sent(editor, "/addjoke")
        assert asked.text.startswith("Send me the joke.")
        await editor.send("鹅为什么加入乐队？\n因为它自带喇叭。")
        preview = await editor.reply()
        assert "<tg-spoiler>因为它自带喇叭。</tg-spoiler>" in preview.html
        assert "Chinese" in preview.text
        await editor.press(preview, "Category")
        await editor.press(await preview.edited(), "music")
        assert "music · Chinese" in (await preview.edited()).text
        await editor.press(preview, "In one part")
        assert "spoiler" not in (await preview.edited()).html
        await editor.press(preview, "Language")
        await editor.press(await preview.edited(), "English")
        assert "music · English" in (await preview.edited()).text
        await editor.press(preview, "Cancel")
        assert "Nothing was changed" in (await preview.edited()).text
        assert await editor.press(asked, "Cancel") != ""
        assert await ask(editor, "/undo") == "There is nothing to take back."


async def test_nearly_the_same_joke_is_shown_beside_the_new_one(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        first = await sent(editor, f"/addjoke {GOOSE}")
        assert "already" not in first.text
        await editor.press(first, "Publish")
        await first.edited()
        again = await sent(editor, f"/addjoke {GOOSE.replace('band', 'orchestra')}")
        assert "on the shelf already:\n😄 Why did the goose join the band?" in again.text


async def test_a_message_is_answered_with_the_command_also_in_a_group(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor, stranger = people["editor"], people["stranger"]
        group = telegram.group("Fun", members=[editor, stranger])
        await editor.reply(in_=group)
        fun = await stranger.send("My goose plays the tuba badly. <b>Honk</b> @all", in_=group)
        await editor.send("/addjoke", in_=group, reply_to=fun)
        preview = await editor.reply(in_=group)
        assert "<b>" not in preview.html.replace("&lt;b&gt;", "")
        await stranger.reply(in_=group)
        assert "admins" in await stranger.press(preview, "Publish")
        await editor.press(preview, "Publish")
        assert "On the shelf" in (await preview.edited()).text


async def test_what_is_no_joke_is_said_in_a_sentence(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        assert "Please cut it to 3000" in await ask(editor, "/addjoke " + "ha " * 1_200)
        assert "is empty" in await ask(editor, "/addjoke \u200b")
        await ask(editor, "/addjoke")
        await editor.upload(b"cat", "cat.txt")
        assert (await editor.reply()).text == "I need text here."
        assert "Why did the" in await ask(editor, "Why did the cat? | Because.")
        group = telegram.group("Fun", members=[editor])
        await editor.reply(in_=group)
        await editor.send("/addjoke", in_=group)
        assert "private chat" in (await editor.reply(in_=group)).text


async def test_a_command_passed_on_into_a_draft_is_only_its_text(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        word = await stranger.send(f"/grant {stranger.id} admin")
        await stranger.reply()
        await ask(editor, "/addjoke")
        await editor.forward(word)
        assert (await editor.reply()).text.startswith("/grant")
        assert "admin" not in await ask(people["owner"], f"/revoke {stranger.id}")


@pytest.mark.parametrize("button", ["Publish", "Cancel", "Category"])
async def test_nobody_else_presses_an_editors_buttons(tmp_path: Path, button: str) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        group = telegram.group("Fun", members=list(people.values()))
        await editor.reply(in_=group)
        await editor.send(f"/addjoke {GOOSE}", in_=group)
        preview = await editor.reply(in_=group)
        for name in ("owner", "admin", "moderator", "stranger"):
            assert "button is for" in await people[name].press(preview, button), name


async def test_who_lost_the_role_has_no_draft_any_more(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        preview = await sent(editor, "/addjoke")
        assert "no role" in await ask(people["owner"], f"/revoke {editor.id}")
        assert "I can tell a joke" in await ask(editor, "xyzzy plugh")
        assert "admins" in await editor.press(preview, "Cancel")


async def test_the_button_of_an_old_preview_does_nothing_to_the_next_draft(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        old = await sent(editor, f"/addjoke {GOOSE}")
        fresh = await sent(editor, "/addjoke Why did the moose stay at home? | It was antlered.")
        publish = old.keyboard[-1][1]["callback_data"]
        await editor.press(old, "Cancel")
        assert (await old.edited()).text == "Cancelled. Nothing was changed."
        await editor.press(fresh, "Publish")
        done = await fresh.edited()
        assert "On the shelf now: 😄 Why did the moose" in done.text
        done.keyboard[0][0]["callback_data"] = publish
        assert "That draft is closed" in await editor.press(done, "Undo")
        assert "no joke with" in await told(stranger, "goose")


async def test_a_category_too_long_for_a_button_hides_no_other(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        long = {"id": "long-1", "language": "en", "category": "a" * 30, "text": "A long shelf."}
        await people["owner"].upload(json.dumps(long).encode(), "jokes.jsonl", "/import")
        checked = await people["owner"].reply()
        while not checked.buttons:
            checked = await people["owner"].reply()
        await people["owner"].press(checked, "Import")
        await checked.edited()
        preview = await sent(editor, f"/addjoke {GOOSE}")
        await editor.press(preview, "Category")
        assert ["animals", "family", "food"] in (await preview.edited()).buttons
