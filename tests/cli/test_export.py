"""What is exported comes back as it was."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from bot.content import read_folder
from tests.cli.program import program
from tests.content.samples import headline, joke, put, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program

__all__ = ["program"]

FEEDS = (
    '<opml version="2.0"><body><outline text="science"><outline title="Sky &amp; &lt;b&gt;" '
    'xmlUrl="https://sky.example/feed?a=1&amp;b=2" language="en"/></outline></body></opml>'
)
REPORT = """---
id: "r/1:a"
title: 'A "quoted" title: with a colon'
language: zh
published: 2024-05-01
---
一、第一部分

--- 不是前言 ---
句子。“引号”。 `code` 😀
"""


def fill(folder: Path) -> None:
    put(
        folder,
        "jokes/en.jsonl",
        joke("a", punchline="P! 😂\nline"),
        joke("b", text='"<&>" \\ \u2028 é'),
    )
    put(folder, "jokes/zh.jsonl", joke("c", text="老板：“三句话！”"))
    put(folder, "headlines/en.jsonl", headline(), headline("h2", late=True),
        headline("h3", sample=False))  # fmt: skip
    put(folder, "reports/a.md", REPORT)
    put(folder, "reports/b.md", REPORT.replace("r/1:a", "r-1-a"))
    put(folder, "feeds.opml", FEEDS)


def test_a_folder_imported_and_exported_is_the_same_folder(
    program: Program, tmp_path: Path
) -> None:
    fill(tmp_path / "in")
    assert program("import", "in")[0] == 0
    code, out, err = program("export", "out")
    assert (code, err) == (0, "")
    assert out == "Written to out: 3 jokes, 3 headlines, 2 reports, 1 feeds.\n"
    before, after = read_folder(tmp_path / "in"), read_folder(tmp_path / "out")
    assert told(after) == []
    for kind in ("jokes", "reports", "feeds"):
        assert sorted(getattr(after, kind), key=repr) == sorted(getattr(before, kind), key=repr)
    shown = [(each.key, each.sample) for each in after.headlines]
    assert shown == [("h1", True), ("h2", True), ("h3", False)]
    assert program("import", "out")[1].startswith("Imported: 0 new, 1 changed")


def test_a_spreadsheet_gets_tables_without_formulas(program: Program, tmp_path: Path) -> None:
    formulas = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1")
    put(tmp_path, "in/jokes/en.jsonl", joke("z", text='Plain, "quoted"\nlines 笑话'),
        *(joke(f"f{at}", text=text) for at, text in enumerate(formulas)))  # fmt: skip
    assert program("import", "in")[0] == 0
    assert program("export", "out")[0] == 0
    data = (tmp_path / "out" / "tables" / "jokes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfkey,language,category,text,punchline\r\n")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    found = {row["key"]: row["text"] for row in rows}
    assert found["z"] == 'Plain, "quoted"\nlines 笑话'
    assert [found[f"f{at}"] for at in range(5)] == [f"'{text}" for text in formulas]
    assert read_folder(tmp_path / "out").jokes == read_folder(tmp_path / "in").jokes


def test_before_the_first_start_there_is_nothing_to_export_and_no_file_is_made(
    program: Program, tmp_path: Path
) -> None:
    code, _, err = program("export", "out")
    assert code == 1
    assert err.startswith("quipwire: There is no database at ")
    assert not list(tmp_path.rglob("*.db"))


def test_an_empty_database_gives_an_empty_pack(program: Program, tmp_path: Path) -> None:
    assert program("migrate")[0] == 0
    assert program("export", "out")[0] == 0
    assert read_folder(tmp_path / "out").problems == ()


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_nothing_is_overwritten(program: Program, tmp_path: Path, taken: str) -> None:
    program("migrate")
    put(tmp_path, "out" if taken == "file" else "out/mine.txt", "mine")
    code, _, err = program("export", "out")
    assert (code, err) == (1, "quipwire: out is not empty: please name a new folder.\n")
