"""An editor puts a long report on the shelf: pasted, forwarded, as a file or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_roles import ask, team

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.client import Person, Received

PARAGRAPH = (
    "The harbour office counted the boats of the season in March. It found that forty boats had"
    " left the old pier for the new one. Boatkeepers say the new pier saves them an hour a day. "
)
PAGE = (
    "Joke Collection Website - News headlines - Report on the work of the harbour office\n\n"
    "Report on the work of the harbour office\n\n"
    "1. Boats and piers\n\n" + PARAGRAPH * 15 + "\n\n"
    "2. People of the harbour\n\nMr. *** and XX of the office wrote this. " + PARAGRAPH * 30
)


async def collected(editor: Person, text: str = PAGE) -> Received:
    """The status line once all of the pieces came."""
    await editor.send("/addreport")
    status = await editor.reply()
    assert status.text.startswith("Send a file, a link or text")
    await editor.send(text)
    while "3 parts" not in (await status.edited()).text:
        pass
    return status


async def preview_of(editor: Person, status: Received) -> Received:
    await editor.press(status, "Done")
    return await editor.reply()


async def test_a_pasted_page_becomes_a_report_and_is_taken_back(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        status = await collected(editor)
        assert status.text.startswith("3 parts · 8,")
        preview = await preview_of(editor, status)
        assert preview.text.startswith("📖 Report on the work of the harbour office")
        assert "Its page says “News headlines”" in preview.text
        assert "2 masked spots: ***, XX" in preview.text
        assert "• 1. Boats and piers" in preview.text
        await editor.press(preview, "Title")
        assert (await editor.reply()).text == "Send me the title."
        await editor.send("What the harbour did")
        preview = await editor.reply()
        assert preview.text.startswith("📖 What the harbour did")
        await editor.press(preview, "Publish")
        assert "On the shelf now: 📖 What the harbour did" in (await preview.edited()).text
        assert "What the harbour did" in await ask(stranger, "/report boatkeepers")
        await editor.press(preview, "Undo")
        await preview.edited()
        assert "No report with" in await ask(stranger, "/report boatkeepers")


async def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,))
        async with serving(settings):
            status = await collected(owner)
        async with serving(settings):
            await owner.send("The end of the harbour story.")
            assert "4 parts" in (await status.edited()).text
            preview = await preview_of(owner, status)
            assert preview.text.startswith("📖 Report on the work of the harbour office")


async def test_a_file_with_the_command_as_caption_and_a_forwarded_post(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        post = await stranger.send("/grant me everything, said the harbour master.")
        await stranger.reply()
        await editor.upload(PAGE.encode(), "harbour.txt", "/addreport")
        status = await editor.reply()
        while "1 part · 8," not in status.text:
            await status.edited()
        await editor.forward(post)
        assert "2 parts" in (await status.edited()).text
        preview = await preview_of(editor, status)
        assert preview.text.startswith("📖 Report on the work of the harbour office")


async def test_what_cannot_be_read_is_said_and_is_no_part(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await editor.send("/addreport")
        status = await editor.reply()
        await editor.send(
            "The pier of the harbour is new. The town built it in March, and boats like it."
        )
        assert "1 part" in (await status.edited()).text
        await editor.upload(bytes(range(256)) * 20, "x.bin")
        assert (await editor.reply()).text.endswith(".")
        await editor.send("https://127.0.0.1/secret")
        assert (await editor.reply()).text.endswith(".")
        await editor.press(status, "Done")
        assert "The pier of the harbour is new. The…" in (await editor.reply()).text


async def test_a_report_needs_a_private_chat_and_the_role(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor, stranger = people["editor"], people["stranger"]
        group = telegram.group("Team", members=[editor])
        await editor.reply(in_=group)
        await editor.send("/addreport", in_=group)
        assert "private chat" in (await editor.reply(in_=group)).text
        await stranger.upload(PAGE.encode(), "harbour.txt", "/addreport")
        assert (await stranger.reply()).buttons[-1] == ["Outline", "Figures"]
        assert "No report with" in await ask(stranger, "/report boatkeepers")


async def test_a_file_that_was_summarised_goes_to_the_shelf(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor, stranger = people["editor"], people["stranger"]
        await editor.upload(PAGE.encode(), "harbour.txt")
        summary = await editor.reply()
        await editor.press(summary, "➕ Shelf")
        preview = await editor.reply()
        while not preview.text.startswith("📖"):
            preview = await editor.reply()
        await editor.press(preview, "Publish")
        assert "On the shelf now" in (await preview.edited()).text
        await stranger.upload(PAGE.encode(), "harbour.txt")
        assert "➕ Shelf" not in str((await stranger.reply()).buttons)


async def test_what_stands_behind_the_command_is_its_first_part(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await editor.send(f"/addreport {PAGE}")
        status = await editor.reply()
        while "3 parts" not in status.text:
            await status.edited()
        preview = await preview_of(editor, status)
        assert preview.text.startswith("📖 Report on the work of the harbour office")
        assert "addreport" not in preview.text
        await editor.press(preview, "Publish")
        assert "On the shelf now" in (await preview.edited()).text


async def test_a_file_of_bytes_that_are_no_letters_is_no_part(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await editor.upload(b"\0\1\2" * 200, "x.bin", "/addreport")
        said = await editor.reply()
        while "binary" not in said.text:
            said = await editor.reply()
        assert said.text == "That is not a text: it looks like a binary file."


async def test_what_is_being_collected_comes_again_when_another_draft_asks_for_messages(
    tmp_path: Path,
) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await collected(editor)
        for command in ("/addjoke", "/addfeed", "/addheadline"):
            await editor.send(command)
            assert (await editor.reply()).text.startswith("One draft is open here already")
            status = await editor.reply()
            assert "3 parts" in status.text
        preview = await preview_of(editor, status)
        assert preview.text.startswith("📖 Report on the work")
        await editor.press(preview, "Publish")
        assert "On the shelf now: 📖 Report on the work" in (await preview.edited()).text


async def test_several_drafts_are_open_beside_each_other_and_each_keeps_its_buttons(
    tmp_path: Path,
) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        status = await collected(editor)
        jokes = []
        for text in ("Why did the goose sing? | It had a bill to pay.", "The swan left. | Early."):
            await editor.send(f"/addjoke {text}")
            jokes.append(await editor.reply())
        assert (await editor.press(jokes[0], "Text")).startswith("One draft is open here already")
        preview = await preview_of(editor, status)
        assert preview.text.startswith("📖 Report on the work")
        await editor.press(jokes[0], "Text")
        assert (await editor.reply()).text.startswith("Send me the joke.")
        await editor.send("Why did the goose hum? | It had a bill to pay.")
        reworded = await editor.reply()
        for draft, told in (
            (reworded, "😄 Why did the goose hum?"), (jokes[1], "😄 The swan left."),
            (preview, "📖 Report on the work"),
        ):  # fmt: skip
            await editor.press(draft, "Publish")
            assert f"On the shelf now: {told}" in (await draft.edited()).text


async def test_the_command_is_no_part_of_what_was_collected(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        await people["editor"].send("/addreport All is well.")
        assert "1 part · 12 characters" in (await people["editor"].reply()).text


async def uploaded(editor: Person, data: bytes = PAGE.encode()) -> Received:
    """The status line while a file is on its way."""
    await editor.send("/addreport")
    status = await editor.reply()
    await editor.upload(data, "harbour.txt")
    assert (await status.edited()).text == "1 part · 0 characters\nReading harbour.txt …"
    return status


async def test_done_waits_for_what_is_still_being_read_and_counts_once(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        telegram.faults.hang("getFile")
        status = await uploaded(editor)
        for _ in range(2):
            await editor.press(status, "Done")
        telegram.faults.release()
        preview = await editor.reply()
        assert preview.text.startswith("📖 Report on the work of the harbour office")
        await editor.press(preview, "Publish")
        assert "On the shelf now" in (await preview.edited()).text
        assert not editor.unread()


async def test_who_cancels_after_done_hears_nothing_more_of_it(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        telegram.faults.hang("getFile")
        status = await uploaded(editor, bytes(range(256)) * 20)
        await editor.press(status, "Done")
        await editor.press(status, "Cancel")
        telegram.faults.release()
        assert "binary file" in (await editor.reply()).text
        assert "forty boats" in await ask(editor, f"/summarize {PARAGRAPH}")
        assert not editor.unread()


async def test_done_is_not_forgotten_over_a_restart(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,))
        telegram.faults.hang("getFile")
        async with serving(settings):
            await owner.press(await uploaded(owner), "Done")
        telegram.faults.release()
        async with serving(settings):
            assert (await owner.reply()).text.startswith("📖 Report on the work of the harbour")
