"""How the program ends before it has begun."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import create_engine

from bot import cli
from bot.cli import program as roll
from tests.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.cli.program import Program

__all__ = ["program"]


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("arguments", [["run"], ["play"], []])
def test_who_stops_it_while_it_is_still_importing_sees_a_good_end(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_(_: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(sys, "argv", ["quipwire", *arguments])
    monkeypatch.setattr(roll, "program", import_)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0


def test_ctrl_c_while_it_is_still_importing_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow:
        def __getattr__(self, _: str) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["quipwire", "version"])
    monkeypatch.setitem(sys.modules, "bot.cli.program", cast("ModuleType", Slow()))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130


def test_a_full_disk_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill() -> None:
        with create_engine("sqlite://").begin() as conn:
            conn.exec_driver_sql("CREATE TABLE shelf (book)")
            conn.exec_driver_sql("PRAGMA max_page_count=2")
            conn.exec_driver_sql("INSERT INTO shelf VALUES (zeroblob(100000))")

    monkeypatch.setattr(sys, "argv", ["quipwire", "import", "x"])
    monkeypatch.setattr(roll, "program", lambda _: fill)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "quipwire: The disk is full or failing (database or disk is full)."
        " Make room there and try again.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has such a full disk")
@pytest.mark.parametrize(
    "arguments",
    [["version"], ["--help"], ["check"], ["summarize", "-"], ["summarize", "-", "--json"]],
)
def test_what_finds_no_room_on_its_way_out_is_one_sentence(
    arguments: list[str], tmp_path: Path
) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *arguments], cwd=tmp_path, stdout=full, check=False,
            stderr=subprocess.PIPE, text=True, input="The gate is shut. The ferry waits for it.",
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr == (
        "quipwire: The disk is full or failing (No space left on device)."
        " Make room there and try again.\n"
    )


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_says_what_it_does_without_a_command(asked: str, program: Program) -> None:
    code, out, _ = program(asked)
    assert code == 0
    assert "opens the playground when not" in " ".join(out.replace("│", " ").split())


def test_work_that_is_cut_off_is_no_good_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["quipwire", "import", "x"])
    monkeypatch.setattr(roll, "program", lambda _: lambda: None)
    cli.main()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
