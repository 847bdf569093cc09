"""An editor puts headlines on the shelf: written, linked, passed on from a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.test_roles import ask, team

if TYPE_CHECKING:
    from pathlib import Path

NEWS = (
    "Zeppelin lands in the town park\nA silver zeppelin landed in the park at noon today."
    " Nobody was hurt, and the children of the town want it to stay for a week."
)


async def test_a_written_headline_is_looked_at_and_published(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        await editor.send(f"/addheadline {NEWS}")
        preview = await editor.reply()
        assert preview.text.startswith("1. Zeppelin lands in the town park")
        assert "Nobody was hurt" in preview.text
        await editor.press(preview, "Topic")
        await editor.press(await preview.edited(), "culture")
        assert "culture · English" in (await preview.edited()).text
        await editor.press(preview, "Publish")
        assert "On the shelf now: 📰 Zeppelin lands" in (await preview.edited()).text
        await editor.send("/undo")
        listed = await editor.reply()
        assert listed.buttons[0][0].startswith("↩ Added: 📰 Zeppelin")
        await editor.press(listed, "Zeppelin")
        assert "Taken back" in (await listed.edited()).text


async def test_a_post_of_a_channel_is_material_with_its_source(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        channel = telegram.channel("Town News", owner=people["owner"])
        post = await channel.post(NEWS)
        await editor.send("/addheadline")
        assert "Send me the headline" in (await editor.reply()).text
        await editor.forward(post)
        preview = await editor.reply()
        assert "Town News" in preview.text
        await editor.press(preview, "Title")
        await editor.reply()
        await editor.send("飞艇降落在公园")
        assert "飞艇降落在公园" in (await editor.reply()).text


async def test_of_a_post_in_one_line_the_first_sentence_is_the_title(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        channel = telegram.channel("Town News", owner=people["owner"])
        for line in (
            "Zeppelin lands in the park! It landed at noon today, and nobody of the town was hurt."
            " The children want it to stay for a week or two. https://town.example/zeppelin",
            "飞艇降落在公园！今天中午飞艇降落在公园里，没有人受伤。"
            + "孩子们希望它多留一个星期。" * 8,
        ):
            post = await channel.post(line)
            await editor.send("/addheadline")
            await editor.reply()
            await editor.forward(post)
            preview = await editor.reply()
            title = line[: max(line.find("!"), line.find("！")) + 1]
            assert preview.text.startswith(f"1. {title}\nTown News · ")


async def test_what_is_no_headline_is_said(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        editor = people["editor"]
        long = await ask(editor, "/addheadline " + "long " * 100)
        assert long == "That is long for a title: 499 characters. Please cut it to 300."
        assert (await ask(editor, "/addheadline http://127.0.0.1/x")).endswith(".")
        await ask(editor, "/addheadline")
        await editor.upload(b"cat", "cat.txt")
        assert (await editor.reply()).text == "I need text here."
