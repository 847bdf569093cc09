"""The settings as a host lives them: environment, `.env`, and one line when something is off."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = Path(__file__).parents[1] / ".env.example"

# One row of the contract: name, default, a good value, what it becomes, a bad value (None: all go).
ROWS: list[tuple[str, object, str, object, str | None]] = [
    ("TOKEN", None, "123:abc", SecretStr("123:abc"), "hunter2-is-no-token"),
    ("ADMINS", (), "123, 456,", (123, 456), "@ann"),
    ("ACCESS", "open", "invite", "invite", "closed"),
    ("API_URL", "https://api.telegram.org", "http://[::1]:8081/tg/", "http://[::1]:8081/tg",
     "api.telegram.org"),
    ("DATA_DIR", Path("data"), "/srv/quipwire", Path("/srv/quipwire"), None),
    ("DATABASE_URL", None, "postgresql+asyncpg://me:pw@db/q",
     SecretStr("postgresql+asyncpg://me:pw@db/q"), None),
    ("CONTENT_DIR", Path("content"), "shelves", Path("shelves"), None),
    ("TIMEZONE", "UTC", "Asia/Shanghai", "Asia/Shanghai", "Mars/Olympus"),
    ("LANGUAGE", "en", "zh", "zh", "tlh"),
    ("TICK_SECONDS", 5, "0.5", 0.5, "0"),
    ("MESSAGES_PER_SECOND", 30, "1000", 1000, "none"),
    ("PAID_BROADCAST", False, "true", True, "perhaps"),
    ("CHAT_MESSAGES_PER_SECOND", 1, "0.5", 0.5, "inf"),
    ("GROUP_MESSAGES_PER_MINUTE", 20, "60", 60, "-1"),
    ("ALLOW_PRIVATE_ADDRESSES", False, "1", True, "2"),
    ("CONTACT", None, "li@example.org", "li@example.org", None),
    ("PROXY", None, "http://me:pw@proxy:3128", SecretStr("http://me:pw@proxy:3128"),
     "socks5://me:hunter2@proxy:1080"),
    ("WEB_PROXY", None, "http://proxy:3128", SecretStr("http://proxy:3128"), "proxy:3128"),
    ("QUEUE_VOTES", 1, "3", 3, "0"),
    ("BACKUP_EVERY", None, "1d", timedelta(days=1), "daily"),
    ("BACKUP_PASSPHRASE", None, "correct horse", SecretStr("correct horse"), None),
    ("LISTEN", None, "[::]:8080", "[::]:8080", "8080"),
    ("WEBHOOK_URL", None, "https://q.example/hook", "https://q.example/hook", None),
    ("WEBHOOK_SECRET", None, "hunter2", SecretStr("hunter2"), None),
    ("LOG_LEVEL", "info", "debug", "debug", "loud"),
    ("LOG_FORMAT", "text", "json", "json", "xml"),
]  # fmt: skip
BAD = [(name, bad) for name, *_, bad in ROWS if bad is not None]
MORE_BAD = [
    ("TOKEN", "abc:123"),
    ("TOKEN", "123"),
    ("ADMINS", "１２３"),
    ("ADMINS", "-5"),
    ("API_URL", "https://api.telegram.org?x=1"),
    ("API_URL", "ftp://api.telegram.org"),
    ("TICK_SECONDS", "nan"),
    ("TICK_SECONDS", "4000"),
    ("MESSAGES_PER_SECOND", "0"),
    ("CHAT_MESSAGES_PER_SECOND", "nan"),
    ("BACKUP_EVERY", "0"),
    ("BACKUP_EVERY", "30m"),
    ("BACKUP_EVERY", "99999d"),
    ("API_URL", "http://127.0.0.1:99999"),
    ("PROXY", "http://me:hunter2@proxy:99999"),
    ("WEB_PROXY", "http://proxy:port"),
    ("CONTACT", "ann@example.org\nX-Other: 1"),
    ("DATA_DIR", "~nobody-of-that-name/quipwire"),
    ("LISTEN", "localhost:99999"),
    ("LISTEN", "localhost:0"),
    ("WEBHOOK_URL", "bot.example/hook"),
    ("WEBHOOK_URL", "https://bot.example/hook?token=1"),
    ("WEBHOOK_URL", "https://bot.example/{name}"),
    ("WEBHOOK_URL", "https://bot.example/healthz"),
    ("WEBHOOK_URL", "https://bot.example:99999/hook"),
    ("WEBHOOK_SECRET", "with a blank"),
    ("WEBHOOK_SECRET", "x" * 257),
]


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("BOT_"):
            monkeypatch.delenv(name)


def dotenv(text: str | bytes) -> None:
    Path(".env").write_bytes(text if isinstance(text, bytes) else text.encode())


def refusal() -> str:
    with pytest.raises(UsageError) as refused:
        Settings.load()
    return str(refused.value)


def test_every_setting_of_the_contract_is_tried_here_and_no_other_exists() -> None:
    assert [name.lower() for name, *_ in ROWS] == list(Settings.model_fields)


@pytest.mark.parametrize(("name", "default"), [row[:2] for row in ROWS])
def test_a_setting_that_nobody_set_has_its_default(name: str, default: object) -> None:
    assert getattr(Settings.load(), name.lower()) == default


@pytest.mark.parametrize(("name", "good", "value"), [(row[0], row[2], row[3]) for row in ROWS])
def test_a_good_value_is_taken(
    name: str, good: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"BOT_{name}", good)
    assert getattr(Settings.load(), name.lower()) == value


@pytest.mark.parametrize(("written", "hours"), [("24", 24), ("12h", 12), ("7d", 168)])
def test_a_backup_comes_every_so_many_hours_or_days(
    written: str, hours: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_BACKUP_EVERY", written)
    assert Settings.load().backup_every == timedelta(hours=hours)


@pytest.mark.parametrize(("name", "bad"), BAD + MORE_BAD)
def test_a_bad_value_is_one_line_that_names_the_setting_and_hides_the_value(
    name: str, bad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"BOT_{name}", bad)
    line = refusal()
    assert line.startswith(f"BOT_{name} can't be used: ")
    assert line.endswith(".")
    assert "\n" not in line
    assert "hunter2" not in line


@pytest.mark.parametrize(
    ("name", "bad", "reason"),
    [
        ("PAID_BROADCAST", "ja", "it should be true or false"),
        ("TICK_SECONDS", "1,5", "it should be a number"),
        ("MESSAGES_PER_SECOND", "30.5", "it should be a whole number"),
        ("QUEUE_VOTES", "0", "it should be greater than or equal to 1"),
        ("LOG_LEVEL", "loud", "it should be 'debug', 'info', 'warning' or 'error'"),
    ],
)
def test_what_a_setting_should_be_is_said_in_plain_words(
    name: str, bad: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"BOT_{name}", bad)
    assert refusal() == f"BOT_{name} can't be used: {reason}."


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("# mine\n\nBOT_ADMINS: 5\n", 3, "BOT_ADMINS"),
        ('BOT_LANGUAGE=zh\nexport BOT_TOKEN="123:hunter2\nBOT_ADMINS=5\n', 2, "BOT_TOKEN"),
        ("\ufeffBOT_TOKEN 123:hunter2\r\n", 1, "BOT_TOKEN"),
    ],
)
def test_a_line_of_the_file_that_can_t_be_read_is_named_and_not_passed_over(
    text: str, line: int, name: str
) -> None:
    dotenv(text)
    said = refusal()
    assert said.startswith(f"Line {line} of .env can't be read: it should be {name}=...")
    assert "hunter2" not in said


def test_a_line_that_others_can_t_read_either_is_none_of_our_business() -> None:
    dotenv("OTHER: 5\nBOT_LANGUAGE=zh\n")
    assert Settings.load().language == "zh"


def test_the_home_folder_is_known_without_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    dotenv("BOT_DATA_DIR=~/quipwire\n")
    assert Settings.load().data_dir == Path("/home/ann/quipwire")


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_empty_means_unset(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"BOT_{name}", "")
    dotenv(f"BOT_{name}=\n")
    assert Settings.load() == Settings()
    assert getattr(Settings.load(), name.lower()) == Settings.model_fields[name.lower()].default


def test_one_admin_alone_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_ADMINS", "123")
    assert Settings.load().admins == (123,)


def test_an_unknown_setting_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKN", "123:hunter2")
    line = refusal()
    assert "BOT_TOKN" in line
    assert "hunter2" not in line


def test_an_unknown_setting_in_the_file_is_refused_too() -> None:
    dotenv("BOT_TOKN=123:hunter2\n")
    assert "BOT_TOKN" in refusal()


def test_names_of_others_and_of_the_tests_are_none_of_our_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TEST_POSTGRES_URL", "postgresql://x")
    monkeypatch.setenv("ROBOT_TOKEN", "x")
    dotenv("TOKEN=x\nROBOT=x\nBOT_TEST_FOO=x\n")
    assert Settings.load() == Settings()


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv('# mine\nexport BOT_TOKEN="123:from-file"  # a remark\nBOT_LANGUAGE=zh\n')
    monkeypatch.setenv("BOT_LANGUAGE", "en")
    settings = Settings.load()
    assert settings.token == SecretStr("123:from-file")
    assert settings.language == "en"


def test_an_empty_variable_of_the_environment_does_not_hide_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dotenv("BOT_LANGUAGE=zh\n")
    monkeypatch.setenv("BOT_LANGUAGE", "")
    assert Settings.load().language == "zh"


def test_a_file_from_a_windows_editor_is_read_like_any_other() -> None:
    dotenv("\ufeffBOT_TOKEN=123:abc\r\nBOT_CONTACT=李@example.org\r\n")
    settings = Settings.load()
    assert settings.token == SecretStr("123:abc")
    assert settings.contact == "李@example.org"


def test_a_file_that_is_no_utf8_is_one_clear_line() -> None:
    dotenv("BOT_CONTACT=李\n".encode("gb18030"))
    assert refusal() == "The file .env is not UTF-8 text; please save it as UTF-8."


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_one_clear_line() -> None:
    dotenv("BOT_LANGUAGE=zh\n")
    Path(".env").chmod(0)
    assert ".env" in refusal()


def test_secrets_are_not_shown_by_the_settings_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets: Mapping[str, str] = {
        "TOKEN": "123:hunter2", "DATABASE_URL": "postgresql+asyncpg://me:hunter2@db/q",
        "PROXY": "http://me:hunter2@proxy:1", "WEB_PROXY": "http://me:hunter2@proxy:2",
        "BACKUP_PASSPHRASE": "hunter2", "WEBHOOK_SECRET": "hunter2",
    }  # fmt: skip
    for name, value in secrets.items():
        monkeypatch.setenv(f"BOT_{name}", value)
    settings = Settings.load()
    assert "hunter2" not in f"{settings!r} {settings}"


def test_the_database_lies_in_the_data_folder_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.load().database == f"sqlite+aiosqlite:///{tmp_path}/data/quipwire.db"
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql+asyncpg://me:pw@db/q")
    assert Settings.load().database == "postgresql+asyncpg://me:pw@db/q"


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().language = "zh"  # type: ignore[misc]


def test_the_example_file_is_all_settings_with_their_defaults() -> None:
    lines = [line for line in EXAMPLE.read_text().splitlines() if line.startswith("BOT_")]
    assert [line.partition("=")[0] for line in lines] == [
        f"BOT_{name.upper()}" for name in Settings.model_fields
    ]
    dotenv(EXAMPLE.read_text())
    assert Settings.load() == Settings(_env_file=None)
    shown = {name for name, _, value in (line.partition("=") for line in lines) if value}
    unset = {f"BOT_{name}" for name, default, *_ in ROWS if default in (None, ())}
    assert not shown & unset
    assert shown | unset | {"BOT_API_URL"} == {line.partition("=")[0] for line in lines}
