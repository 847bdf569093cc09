"""The log: for people or for programs, and never a secret in it."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.cli.logs import scrub, start_logging
from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "7123456789:AAkey_of-thirty-five-characters-xxxxx"
ODD_TOKEN = "1:short"

log = logging.getLogger("bot.somewhere")


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Each test logs as a program of its own would."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def begin(style: str, *, token: str = TOKEN, level: str = "info") -> None:
    values = {"token": SecretStr(token), "log_format": style, "log_level": level}
    start_logging(Settings.model_construct(**values))  # type: ignore[arg-type]


def fail(words: str) -> None:
    log.error("It failed.", exc_info=RuntimeError(words))


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("token", [TOKEN, ODD_TOKEN])
@pytest.mark.parametrize("level", ["info", "debug"])
def test_no_line_and_no_traceback_holds_the_token(
    style: str, token: str, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(style, token=token, level=level)
    log.info("POST https://api.telegram.org/bot%s/getMe", token)
    log.warning("in arguments: %r", {"url": f"/bot{token}/sendMessage"})
    fail(f"the token {token} was refused")
    written = capsys.readouterr().err
    assert token not in written
    assert written.count("***") >= 3


@pytest.mark.parametrize("style", ["text", "json"])
def test_somebody_else_s_token_and_passwords_in_addresses_are_hidden_too(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(style)
    log.error("bot99887766:AAother_key_of_somebody and postgresql+asyncpg://me:hunter2@db/q")
    fail("no way through http://me:hunter2@proxy:3128")
    written = capsys.readouterr().err
    assert "AAother_key_of_somebody" not in written
    assert "hunter2" not in written
    assert "postgresql+asyncpg://me:***@db/q" in written


def test_ordinary_numbers_and_addresses_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    begin("text")
    line = "at 12:34:56 from http://127.0.0.1:8080/feed in 1:2 proportion, id 1001"
    log.info(line)
    assert capsys.readouterr().err.endswith(f"INFO    {line}\n")


def test_for_programs_each_line_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    begin("json")
    log.info("two\nlines, 笑话 %s", "😀")
    fail("why")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["message"] == "two\nlines, 笑话 😀"
    assert first["level"] == "info"
    assert first["logger"] == "bot.somewhere"
    assert first["time"].endswith("+00:00")
    assert second["error"] == "(RuntimeError: why)"
    assert "traceback" not in second


def stumble() -> None:
    raise ValueError("two\nlines")


def raised() -> Exception:
    try:
        stumble()
    except ValueError as error:
        return error
    raise AssertionError("it did not stumble")


def test_an_error_is_one_line_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    begin("text")
    log.error("It failed.", exc_info=raised())
    written = capsys.readouterr().err
    assert "It failed. (ValueError: two lines, at test_logs.py:" in written
    assert written.count("\n") == 1
    assert "Traceback" not in written


@pytest.mark.parametrize("style", ["text", "json"])
def test_who_debugs_gets_the_traceback_too(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    begin(style, level="debug")
    log.error("It failed.", exc_info=raised())
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_the_level_is_the_setting_s_and_libraries_are_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin("text", level="warning")
    log.info("not this")
    begin("text", level="debug")
    log.debug("but this")
    logging.getLogger("aiohttp.client").debug("nor this")
    logging.getLogger("telegram.ext.ExtBot").info("nor this either")
    written = capsys.readouterr()
    assert "this" in written.err
    assert "not this" not in written.err
    assert "nor this" not in written.err
    assert written.out == ""


def test_a_run_without_a_token_logs_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(Settings.model_construct(token=None, log_level="info", log_format="text"))
    log.info("Open the playground")
    print("on stdout", file=sys.stdout)  # noqa: T201
    assert "Open the playground" in capsys.readouterr().err


@pytest.mark.parametrize(
    "complaint",
    [
        "invalid input for query argument $2: 'Ann (my doctor) s... (expected str, got int)",
        "duplicate key value violates unique constraint\nDETAIL:  Key (word)=(my doctor) exists.",
    ],
)
def test_what_a_database_complains_about_is_not_told_in_its_words(complaint: str) -> None:
    told = scrub(f"A handler failed. (DBAPIError: {complaint}\n[SQL: INSERT INTO people])")
    assert "doctor" not in told
    assert told.endswith("[SQL: INSERT INTO people])")
    assert "doctor" not in scrub(" ".join(complaint.splitlines()))
