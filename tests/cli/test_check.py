"""`quipwire check`, as a host sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.check import BIG_BYTES
from tests.cli.program import program
from tests.content.samples import headline, joke, put, report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program

__all__ = ["program"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "mine"
    put(place, "jokes/en.jsonl", joke("a"), joke("b"))
    put(place, "jokes/zh.jsonl", joke("c"))
    put(place, "headlines/en.jsonl", headline())
    put(place, "reports/r.md", report())
    return place


def test_sound_content_is_counted(program: Program, folder: Path) -> None:
    code, out, err = program("check", str(folder))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "jokes: 3 (2 en, 1 zh)",
        "headlines: 1 (1 en)",
        "reports: 1 (1 en)",
        "feeds: 0",
        "problems: 0",
    ]


def test_every_problem_has_its_file_and_line(program: Program, folder: Path) -> None:
    put(folder, "jokes/en.jsonl", joke("a"), "broken", joke("a"))
    put(folder, "reports/r.md", "no front matter")
    code, out, _ = program("check", str(folder))
    assert code == 1
    lines = out.splitlines()
    assert [line.split(" ")[0] for line in lines[:3]] == [
        "jokes/en.jsonl:2:",
        "jokes/en.jsonl:3:",
        "reports/r.md:1:",
    ]
    assert lines[-1] == "problems: 3"


def test_a_file_s_name_can_t_write_on_the_terminal(program: Program, folder: Path) -> None:
    put(folder, "jokes/\x1b[2J\nen.jsonl", joke())
    code, out, _ = program("check", str(folder))
    assert code == 1
    assert "jokes/\\u001b[2J\\u000aen.jsonl:1: " in out


def test_without_a_folder_the_setting_s_is_checked(
    program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_CONTENT_DIR", str(folder))
    assert program("check")[1].startswith("jokes: 3 ")
    monkeypatch.delenv("BOT_CONTENT_DIR")
    code, out, _ = program("check")
    assert code == 0
    assert "problems: 0" in out


def test_a_wrong_folder_is_one_sentence(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program("check", "nowhere") == (1, "", "quipwire: There is no folder nowhere.\n")
    (tmp_path / "empty").mkdir()
    code, out, err = program("check", "empty")
    assert (code, out) == (1, "")
    assert err.startswith("quipwire: The folder empty holds no content: ")
    monkeypatch.setenv("BOT_CONTENT_DIR", "nowhere")
    code, _, err = program("check")
    assert code == 2
    assert "BOT_CONTENT_DIR names nowhere" in err


def test_a_terminal_gets_a_table_and_a_bar_where_there_is_much_to_read(
    program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    code, out, err = program("check", str(folder))
    assert code == 0
    assert "┏━" in out
    assert "jokes" in out
    assert "Reading" not in err
    text = "x" * 4000
    many = BIG_BYTES // len(text) + 1
    put(folder, "jokes/en.jsonl", *(joke(f"j{number}", text=text) for number in range(many)))
    code, out, err = program("check", str(folder))
    assert code == 0
    assert f"{many:,}" in out
    assert "Reading" in err
