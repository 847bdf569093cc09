"""What one bot exports in the chat another one takes in, and would export just so itself."""

from __future__ import annotations

import io
import zipfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.content.samples import REPORT, joke, put
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_addheadline import NEWS
from tests.e2e.test_import import brought, looked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person

MULTILINE = "Three ways to wake a quokka:\n1. a leaf\n\n2. one more leaf\n3. 👩‍👩‍👧 | 🏳️‍🌈"
JOKES = (
    "/addjoke Why did the quokka | cross the road? | It saw a leaf 🍃.",
    f"/addjoke {MULTILINE}",
    "/addjoke 短尾矮袋鼠为什么笑？ | 因为“它”刚领了薪水😄。",
)
HEADLINES = (
    f"/addheadline {NEWS} 🎈 | 飞艇 https://example.org/zeppelin?a=1&b=2",
    f"/addheadline 飞艇降落在公园\n{'银色的飞艇今天中午降落在公园，没有人受伤。' * 3} https://example.org/飞艇",
    f"/addheadline No address, only words\n{NEWS}",
)
ARABIC = joke(
    "rtl", text="لماذا ضحك؟ a | b\n\n\u202bنص\u202c", punchline="לא יודע 🙃", category="animals"
)
REPORT_ZH = """---
id: "r/1:管道"
title: '短尾矮袋鼠的“年度”工作报告: 管道 | 第一卷'
language: zh
---
一、第一部分

短尾矮袋鼠今年种了四十棵树。--- 不是前言 ---

二、第二部分

`code` 😀 It ends here.
"""
FEEDS = (
    '<opml version="2.0"><body><outline text="science"><outline title="Quokka &amp; &lt;b&gt; 新闻"'
    ' xmlUrl="http://127.0.0.1:9/feed?a=1&amp;b=2" language="zh"/></outline></body></opml>'
)


@asynccontextmanager
async def owned(folder: Path, **changes: object) -> AsyncIterator[Person]:
    """The owner of a bot of its own."""
    async with Playground() as telegram:
        owner = telegram.person("Olga")
        settings = settings_for(telegram, folder, admins=(owner.id,), tick_seconds=3600, **changes)
        async with serving(settings):
            yield owner


async def published(owner: Person, text: str) -> None:
    await owner.send(text)
    preview = await owner.reply()
    await owner.press(preview, "Publish")
    assert (await preview.edited()).text.startswith("On the shelf now")


async def exported(owner: Person) -> bytes:
    await owner.send("/export")
    file = (await owner.reply()).document
    assert file is not None
    assert file.name == "quipwire-content.zip"
    return file.data


def files(data: bytes) -> dict[str, str]:
    """By name; the rows of a table, which has all languages, may stand in another order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {each: archive.read(each).decode() for each in archive.namelist()}
    return {name: "\n".join(sorted(text.splitlines())) if name.startswith("tables/") else text
            for name, text in found.items() if not name.endswith("/")}  # fmt: skip


async def test_a_pack_goes_from_chat_to_chat_and_loses_nothing(tmp_path: Path) -> None:
    async with owned(tmp_path / "first") as owner:
        for text in (*JOKES, *HEADLINES):
            await published(owner, text)
        odd = put(tmp_path, "odd.jsonl", ARABIC).read_bytes()
        for name, data in (("odd.jsonl", odd), ("r.md", REPORT_ZH), ("feeds.opml", FEEDS),
                           ("r2.md", REPORT.format(key="r2"))):  # fmt: skip
            assert (await brought(owner, data, name)).text.startswith("Imported. 1 new"), name
        first = await exported(owner)
    before = files(first)
    assert {"jokes/en.jsonl", "jokes/zh.jsonl", "headlines/en.jsonl", "feeds.opml"} <= before.keys()
    for sign in (
        "a leaf 🍃.",
        r"1. a leaf\n\n2. one",
        "👩‍👩‍👧",
        "🏳️‍🌈",
        "刚领了薪水",
        r"a | b\n\n",
        "\u202bنص\u202c",
    ):
        assert any(sign in text for name, text in before.items() if name.startswith("jokes/")), sign
    for sign in ("🎈 | 飞艇", "zeppelin?a=1&b=2", "飞艇降落在公园", "No address, only words"):
        assert any(sign in text for name, text in before.items() if name.startswith("headlines/"))
    (tmp_path / "empty").mkdir()
    async with owned(tmp_path / "second", content_dir=tmp_path / "empty") as owner:
        preview = await looked(owner, first, "quipwire-content.zip")
        assert " new, 0 changed, 0 as before." in preview.text
        await owner.press(preview, "Import")
        done = await preview.edited()
        assert done.text.startswith("Imported. ")
        second = await exported(owner)
        again = await looked(owner, second, "quipwire-content.zip")
        assert "\n0 new, 0 changed, " in again.text
        assert not again.buttons
    assert files(second) == before


async def test_what_can_t_be_exported_is_said(tmp_path: Path) -> None:
    async with owned(tmp_path / "only") as owner:
        await owner.send("/export moon")
        assert (await owner.reply()).text.startswith("There is /export for all content")
