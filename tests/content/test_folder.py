"""A content folder as a whole."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.content import folder, read_folder
from tests.content.samples import headline, joke, put, report, told

if TYPE_CHECKING:
    import pytest

HOUSE = Path(__file__).parents[2]


def test_what_the_house_ships_is_sound() -> None:
    content = read_folder(HOUSE / "content")
    assert told(content) == []
    languages = [each.language for each in content.jokes]
    assert languages.count("en") >= 100
    assert languages.count("zh") >= 50
    assert len(content.reports) >= 3
    assert len(content.headlines) >= 10
    assert content.feeds
    assert {each.sample for each in content.headlines} == {True}


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, "jokes/en.jsonl", "x", joke(), "y")
    put(tmp_path, "headlines/en.jsonl", headline(topic="x"))
    put(tmp_path, "reports/a.md", "x")
    put(tmp_path, "feeds.opml", "x")
    places = [line.split(" ")[0] for line in told(read_folder(tmp_path))]
    assert places == [
        "jokes/en.jsonl:1:",
        "jokes/en.jsonl:3:",
        "headlines/en.jsonl:1:",
        "reports/a.md:1:",
        "feeds.opml:1:",
    ]


def test_files_that_nobody_reads_are_told_and_hidden_ones_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "jokes/english.jsonl", joke())
    put(tmp_path, "jokes/xx.jsonl", joke())
    put(tmp_path, "jokes/en.txt", "x")
    put(tmp_path, "reports/a.txt", "x")
    put(tmp_path, "jokes/.en.jsonl.swp", b"\0")
    put(tmp_path, "README.md", "x")
    assert told(read_folder(tmp_path)) == [
        "jokes/en.txt:1: Files in jokes/ end in .jsonl; please rename it or take it away.",
        "jokes/english.jsonl:1: The file should be named after its language, like en.jsonl or "
        "zh.jsonl.",
        "jokes/xx.jsonl:1: The file should be named after its language, like en.jsonl or zh.jsonl.",
        "reports/a.txt:1: Files in reports/ end in .md; please rename it or take it away.",
    ]


def test_a_file_beyond_the_limit_is_one_problem_and_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_CONTENT_FILE_BYTES", 2**20)
    put(tmp_path, "jokes/en.jsonl", b" " * 3 * 2**20)
    (problem,) = told(read_folder(tmp_path))
    assert problem == (
        "jokes/en.jsonl:1: The file is too large: it has 3 MB and may have 1; please split it."
    )


def test_a_file_that_can_t_be_opened_is_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "jokes/en.jsonl", joke())
    put(tmp_path, "reports/a.md", report())

    def refuse(path: Path, mode: str) -> BinaryIO:
        if path.suffix == ".md":
            raise PermissionError(13, "Permission denied", str(path))
        return io.FileIO(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    content = read_folder(tmp_path)
    assert told(content) == ["reports/a.md:1: The file can't be read: Permission denied."]
    assert len(content.jokes) == 1


def test_an_empty_folder_has_nothing_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    content = read_folder(tmp_path)
    assert not any(content.entries())
    assert not content.problems


def test_the_digest_knows_the_content_and_the_state_also_place_and_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for each in (one, two):
        put(each, "jokes/en.jsonl", joke())
    assert folder.digest(one) == folder.digest(two)
    assert folder.state(one) != folder.state(two)
    before = folder.digest(one), folder.state(one)
    put(one, "jokes/en.jsonl", joke(text="Joke jX."))
    assert folder.digest(one) != before[0]
    assert folder.state(one) != before[1]
    put(one, "jokes/zh.jsonl", b"")
    assert folder.digest(one) != folder.digest(two)


def test_how_much_was_read_is_told_meanwhile(tmp_path: Path) -> None:
    path = put(tmp_path, "jokes/en.jsonl", *(joke(f"j{number}") for number in range(10_000)))
    heard: list[int] = []
    assert len(read_folder(tmp_path, heard.append).jokes) == 10_000
    assert len(heard) > 1
    assert sum(heard) == path.stat().st_size
