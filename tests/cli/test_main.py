"""How the program ends before it has begun."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from bot import cli
from bot.cli import program

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    monkeypatch.setattr(program, "program", import_)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0


def test_work_that_is_cut_off_is_no_good_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["quipwire", "import", "x"])
    monkeypatch.setattr(program, "program", lambda _: lambda: None)
    cli.main()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
