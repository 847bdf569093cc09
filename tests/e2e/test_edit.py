"""Editors change and remove what stands on the shelves, by buttons under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.test_addjoke import GOOSE, sent, told
from tests.e2e.test_roles import ask, team

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.client import Person, Received


async def published(editor: Person) -> None:
    preview = await sent(editor, f"/addjoke {GOOSE}")
    await editor.press(preview, "Publish")
    await preview.edited()


async def opened(person: Person) -> Received:
    """The joke with what stands behind its dots."""
    joke = await sent(person, "/joke goose")
    await person.press(joke, "⋯")
    return await joke.edited()


async def test_a_joke_is_edited_and_the_edit_taken_back(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        await published(editor)
        joke = await opened(editor)
        await editor.press(joke, "Edit")
        draft = await editor.reply()
        assert draft.text.startswith("Why did the goose")
        await editor.press(draft, "Text")
        assert (await editor.reply()).text == "Send me the new text."
        await editor.send("The goose left the band. | It was out of tune.")
        draft = await editor.reply()
        await editor.press(draft, "Save")
        assert "Changed on the shelf: 😄 The goose left" in (await draft.edited()).text
        assert "out of tune" in await told(stranger, "goose")
        await editor.press(draft, "Undo")
        assert "It says again: 😄 Why did the goose" in (await draft.edited()).text


async def test_nobody_is_told_to_have_flagged_a_joke_that_is_gone(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        await published(editor)
        theirs, mine = await opened(stranger), await opened(editor)
        await editor.press(mine, "Remove")
        await editor.reply()
        assert await stranger.press(theirs, "Flag") == "That joke is no longer on the shelf."


async def test_of_two_who_edit_at_once_the_second_is_told_what_it_says_now(
    tmp_path: Path,
) -> None:
    async with team(tmp_path) as (_, people):
        editor, admin = people["editor"], people["admin"]
        await published(editor)
        drafts = {}
        for person in (editor, admin):
            await person.press(await opened(person), "Edit")
            drafts[person.name] = await person.reply()
        for person, text in ((editor, "Goose one."), (admin, "Goose two.")):
            await person.press(drafts[person.name], "Text")
            await person.reply()
            await person.send(text)
            drafts[person.name] = await person.reply()
        await editor.press(drafts["editor"], "Save")
        await drafts["editor"].edited()
        toast = await admin.press(drafts["admin"], "Save")
        assert "Somebody changed it" in toast
        assert "Goose one." in toast


async def test_of_a_long_text_the_second_is_told_where_it_was_changed(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, admin = people["editor"], people["admin"]
        await published(editor)
        drafts = {}
        for person in (editor, admin):
            await person.press(await opened(person), "Edit")
            drafts[person.name] = await person.reply()
        long = "A goose went to the pond, and the pond was shut that day. " * 8
        for person, end in ((editor, "It sang."), (admin, "It slept.")):
            await person.press(drafts[person.name], "Text")
            await person.reply()
            await person.send(long + end + " All of the other geese had gone to the sea." * 7)
            drafts[person.name] = await person.reply()
        await editor.press(drafts["editor"], "Save")
        await drafts["editor"].edited()
        assert await admin.press(drafts["admin"], "Save") == ""
        said = (await admin.reply()).text
        assert said.startswith("Somebody changed it")
        assert "It says now: …" in said
        assert "It sang." in said


async def test_what_is_removed_comes_back_by_undo(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        await published(editor)
        await editor.press(await opened(editor), "Remove")
        gone = await editor.reply()
        assert gone.text.startswith("Off the shelf: 😄 Why did the goose")
        assert "no joke with" in await told(stranger, "goose")
        await editor.press(gone, "Undo")
        assert "on the shelf again" in (await gone.edited()).text
        assert "horn" in await told(stranger, "goose")


async def test_reports_and_stories_have_the_buttons_for_editors_only(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor, stranger = people["editor"], people["stranger"]
        care = ["✏️ Edit", "🗑 Remove"]
        for person in (editor, stranger):
            report = await sent(person, "/report 1")
            assert (report.buttons[-1] == care) == (person is editor)
            news = await sent(person, "/headlines")
            await person.press(news, "1")
            assert ((await person.reply()).buttons[-1] == care) == (person is editor)
        group = telegram.group("Team", members=[editor])
        await editor.reply(in_=group)
        await editor.send("/longread 1", in_=group)
        assert (await editor.reply(in_=group)).buttons[-1] != care


async def test_a_report_gets_another_title_and_keeps_its_text(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await editor.press(await sent(editor, "/report 1"), "Edit")
        draft = await editor.reply()
        await editor.press(draft, "Title")
        await editor.reply()
        await editor.send("A title of our own")
        draft = await editor.reply()
        await editor.press(draft, "Save")
        await draft.edited()
        assert (await sent(editor, "/report 1")).text.startswith("📖 A title of our own")


async def test_what_is_no_item_is_said(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        for text in ("", "12", "joke-", "cat-12", "joke-99999999999999999999", "joke-x"):
            assert "Which one?" in await ask(people["editor"], f"/remove {text}")
        assert "no such item" in await ask(people["editor"], "/edit joke-999999")
        assert "no such item" in await ask(people["editor"], "/remove joke-999999")


async def test_a_list_of_what_stands_there_is_turned_filtered_and_opened(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await published(editor)
        listed = await sent(editor, "/edit")
        assert "1. 😄 Why did the goose join the band?" in listed.text
        await editor.press(listed, "▸")
        assert "6. 😄" in (await listed.edited()).text
        await editor.press(listed, "Headlines")
        assert "1. 📰" in (await listed.edited()).text
        await editor.press(listed, "By admins")
        assert (await listed.edited()).text == "0 items"
        found = await sent(editor, "/edit goose")
        head, first, *_ = found.text.splitlines()
        assert head == "1 item · “goose”"
        assert first.startswith("1. 😄 Why did the goose")
        await editor.press(found, "1")
        card = await editor.reply()
        assert "It had its own horn section." in card.text
        await editor.press(card, "Remove")
        await editor.reply()
        assert "no joke with" in await told(people["stranger"], "goose")


async def test_what_anybody_removed_is_found_and_put_back(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, admin = people["editor"], people["admin"]
        await published(editor)
        await editor.press(await opened(editor), "Remove")
        await editor.reply()
        listed = await sent(admin, "/edit goose")
        assert listed.text == "0 items · “goose”"
        await admin.press(listed, "Removed")
        await admin.press(await listed.edited(), "1")
        card = await admin.reply()
        assert " · Removed" in card.text
        await admin.press(card, "Put it back")
        assert "Removed" not in (await card.edited()).text
        assert "horn section" in await told(people["stranger"], "goose")
