"""`quipwire import`, as a host sees it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot import config
from bot.cli import importing
from bot.content import folder as folders
from bot.content import single
from bot.store.lock import lock_data
from tests.cli.program import program
from tests.content.samples import headline, joke, put, report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.program import Program

__all__ = ["program"]

PAGE = (
    "Laughing Site - News headlines - On roads\n\nOn roads\n\n1. First things\n\n(1) Roads\n\n"
    "The town mended 40 roads.\n"
)


def shelved(folder: Path, shelf: str = "jokes") -> list[str]:
    """The keys on a shelf, in this test's database."""
    with closing(sqlite3.connect(folder / "data/quipwire.db")) as raw:
        return [key for (key,) in raw.execute(f"SELECT key FROM {shelf} ORDER BY key")]  # noqa: S608


def test_a_file_of_jokes_is_imported_and_a_second_time_changes_nothing(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "en.jsonl", joke("a"), joke("b"))
    assert program("import", "en.jsonl") == (
        0, "Imported: 2 new, 0 changed, 0 as before.\n", "",
    )  # fmt: skip
    assert shelved(tmp_path) == ["a", "b"]
    code, out, _ = program("import", "en.jsonl")
    assert code == 0
    assert out.startswith("Nothing changed: all 2 were there already.")
    put(tmp_path, "en.jsonl", joke("a", text="Better."), joke("b"), joke("c"))
    assert program("import", "en.jsonl")[1] == "Imported: 1 new, 1 changed, 1 as before.\n"


def test_the_data_folder_that_an_import_makes_is_for_its_owner_alone(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "more.jsonl", joke("a"))
    program("import", "more.jsonl")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_saved_page_says_in_one_line_where_it_goes_and_why(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "page.txt", PAGE)
    code, out, _ = program("import", "page.txt")
    assert code == 0
    assert out.splitlines() == [
        "page.txt goes to the reports shelf: it has 10 words under 2 numbered headings "
        "(its page says “News headlines”).",
        "Imported: 1 new, 0 changed, 0 as before.",
    ]
    assert len(shelved(tmp_path, "reports")) == 1
    assert "Nothing changed: it was there already." in program("import", "page.txt")[1]


def test_a_dry_run_counts_and_touches_nothing(program: Program, tmp_path: Path) -> None:
    put(tmp_path, "en.jsonl", joke("a"), headline("b"))
    code, out, _ = program("import", "en.jsonl", "--dry-run")
    assert code == 0
    assert "jokes: 1 (1 en); headlines: 1 (1 en)" in out
    assert not (tmp_path / "data").exists()
    put(tmp_path, "en.jsonl", "broken")
    code, out, err = program("import", "en.jsonl", "--dry-run")
    assert code == 1
    assert err.startswith("en.jsonl:1: ")


def test_one_broken_line_and_nothing_is_imported(program: Program, tmp_path: Path) -> None:
    put(tmp_path, "en.jsonl", joke("a"), "broken", joke("c", category="No"))
    code, out, err = program("import", "en.jsonl")
    assert (code, out) == (1, "")
    first, second, last = err.splitlines()
    assert first.startswith("en.jsonl:2: ")
    assert second.startswith("en.jsonl:3: ")
    assert last.startswith("quipwire: Nothing was imported, because of 2 problems.")
    assert not (tmp_path / "data").exists()


def test_another_program_reads_each_problem_as_a_sentence_and_with_its_values(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "en.jsonl", joke("a"), joke("b", text="x" * 5_000))
    code, out, _ = program("import", "en.jsonl", "--json", "--dry-run")
    told = json.loads(out)
    assert code == 1
    sentence = "“text” has 5,000 characters; please cut it to 4,096, emoji counting two."
    assert told["problems"] == [f"en.jsonl:2: {sentence}"]
    (detail,) = told["details"]["problems"]
    assert (detail["file"], detail["line"]) == ("en.jsonl", 2)
    assert detail["said"]["values"] == {"name": "text", "length": 5_000, "most": 4_096}
    assert detail["said"]["message"].format(**detail["said"]["values"]) == sentence


def test_of_very_many_problems_only_some_are_shown(program: Program, tmp_path: Path) -> None:
    put(tmp_path, "en.jsonl", *["broken"] * 200)
    code, _, err = program("import", "en.jsonl")
    assert code == 1
    assert len(err.splitlines()) == importing.MOST_SHOWN + 2
    assert "... and 150 more." in err


def test_a_content_folder_is_imported_whole_or_one_shelf_of_it(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "mine/jokes/en.jsonl", joke("a"))
    put(tmp_path, "mine/headlines/en.jsonl", headline("h"))
    put(tmp_path, "mine/reports/r.md", report("r"))
    assert program("import", "mine", "--shelf", "jokes")[1].startswith("Imported: 1 new,")
    assert shelved(tmp_path, "reports") == []
    code, out, _ = program("import", "mine")
    assert code == 0
    assert out.splitlines() == [
        "Imported: 2 new, 0 changed, 1 as before.",
        "The headlines of a content folder are samples: only the playground shows them.",
    ]
    assert shelved(tmp_path, "headlines") == ["h"]


def test_what_is_piped_in_is_imported_too(program: Program, tmp_path: Path) -> None:
    line = '{"id": "a", "category": "office", "text": "笑话。"}\r\n'
    assert program("import", "-", stdin=line.encode("utf-8-sig"))[1].startswith("Imported: 1 new")
    assert shelved(tmp_path) == ["a"]
    assert program("import", "-", stdin=report("r").encode())[0] == 0
    _, out, _ = program("import", "-", stdin=PAGE.encode())
    assert out.startswith("stdin goes to the reports shelf: ")
    assert program("import", "-")[2] == "quipwire: stdin is empty.\n"
    long = ("The town mended the road. " * 100).encode()
    assert "put one on the first line" in program("import", "-", stdin=long)[2]


def test_an_import_works_beside_a_running_bot(program: Program, tmp_path: Path) -> None:
    put(tmp_path, "en.jsonl", joke("a"))
    with lock_data(tmp_path / "data"):
        code, out, _ = program("import", "en.jsonl")
    assert code == 0
    assert out.startswith("Imported: 1 new")


def test_a_database_that_is_behind_is_not_upgraded_under_a_running_bot(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "en.jsonl", joke("a"))
    (tmp_path / "data").mkdir()
    sqlite3.connect(tmp_path / "data/quipwire.db").close()
    code, _, err = program("import", "en.jsonl")
    assert code == 1
    assert err == "quipwire: The database has to be brought up to date first: quipwire migrate\n"


def test_what_can_t_be_imported_is_one_sentence(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path, "nothing.txt", b"")
    put(tmp_path, "blank.jsonl", b"\n\n  \n")
    put(tmp_path, "picture.png", b"\x89PNG\r\n\x1a\n\0\0\0")
    put(tmp_path, "program.md", bytes(range(256)) * 9)
    put(tmp_path, "big.jsonl", b" " * 2**21)
    os.mkfifo(tmp_path / "pipe")
    for room in (folders, single):
        monkeypatch.setattr(room, "MAX_CONTENT_FILE_BYTES", 2**20)
    sentences = {
        "nowhere": "There is no file or folder nowhere.",
        "empty": "The folder empty holds no content: no jokes/, headlines/, reports/, feeds.opml.",
        "nothing.txt": "nothing.txt is empty.",
        "blank.jsonl": "blank.jsonl is empty.",
        "picture.png": "picture.png is no text but a binary file; please save it as plain text "
        "first.",
        "program.md": "program.md is no text but a binary file; please save it as plain text "
        "first.",
        "big.jsonl": "The file is too large: it has 2 MB and may have 1; please split it.",
        "pipe": "pipe is neither a file nor a folder; pipe it in and give - .",
    }
    for path, sentence in sentences.items():
        assert program("import", path) == (1, "", f"quipwire: {sentence}\n"), path
    assert "may have 1 MB" in program("import", "-", stdin=b"x" * 2**21)[2]
    assert config.MAX_CONTENT_FILE_BYTES < 100 * 2**20


def test_a_shelf_that_does_not_exist_or_fit_is_wrong_usage(
    program: Program, tmp_path: Path
) -> None:
    put(tmp_path, "page.txt", PAGE)
    code, _, err = program("import", "page.txt", "--shelf", "headlines")
    assert code == 2
    assert err.startswith("quipwire: page.txt can't become a headline")
    assert program("import", "page.txt", "--shelf", "poems")[0] == 2
    assert program("import")[0] == 2


def test_a_terminal_shows_how_far_a_big_import_is(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    many = importing.MANY_ENTRIES
    put(tmp_path, "en.jsonl", *(joke(f"j{number}") for number in range(many)))
    code, out, err = program("import", "en.jsonl")
    assert code == 0
    assert f"{many:,} new" in out
    assert "Importing" in err
