"""A backup is a copy that was tried out; a restore brings it back and loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from alembic import command
from pyrage import DecryptError
from pyrage import passphrase as age
from sqlalchemy import text

from bot.errors import UserError
from bot.services import backups
from bot.store import backups as copies
from bot.store import migrate
from bot.store.database import Database
from bot.store.sqlite import copy_file
from tests.cli.program import program
from tests.content.samples import joke, put
from tests.databases import postgres_only

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.cli.program import Program

__all__ = ["program"]

ELSEWHERE = Path("/dev/shm")  # noqa: S108


def jokes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "data" / "quipwire.db")) as raw:
        return [text for (text,) in raw.execute("SELECT text FROM jokes ORDER BY id")]


def shelve(program: Program, folder: Path, *names: str) -> None:
    put(folder, "more.jsonl", *(joke(name) for name in names))
    assert program("import", "more.jsonl")[0] == 0


@pytest.mark.parametrize("passphrase", ["", "correct horse, 电池"])
def test_what_was_backed_up_comes_back_and_the_old_database_is_kept(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    monkeypatch.setenv("BOT_BACKUP_PASSPHRASE", passphrase)
    shelve(program, tmp_path, "a", "b")
    code, out, _ = program("backup", "copy")
    assert code == 0
    assert (tmp_path / "data" / "backups" / "last.txt").exists()
    assert ("not encrypted" in out) == (not passphrase)
    assert "it gives back" in out
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    packed = (tmp_path / "copy").read_bytes()
    assert (b"Joke a." in packed) == (not passphrase)
    assert packed.startswith(b"age-encryption.org/" if passphrase else b"SQLite format 3")
    shelve(program, tmp_path, "c")
    code, out, _ = program("restore", "copy")
    assert code == 0
    assert jokes(tmp_path) == ["Joke a.", "Joke b."]
    assert "The old database is kept as before-restore-" in out
    (old,) = tmp_path.glob("before-restore-*.db")
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("SELECT count(*) FROM jokes").fetchone() == (3,)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["copy", "data", "more.jsonl", old.name]
    )


def test_what_is_half_written_is_for_this_user_alone_too(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes, check = list[int](), copies.check

    def looking(url: str, copy: Path) -> int:
        modes.extend(each.stat().st_mode & 0o077 for each in copy.parent.glob("copy*"))
        return check(url, copy)

    shelve(program, tmp_path, "a")
    monkeypatch.setattr(copies, "check", looking)
    assert program("backup", "copy")[0] == program("restore", "copy")[0] == 0
    (kept,) = tmp_path.glob("before-restore-*")
    assert {*modes, kept.stat().st_mode & 0o077} == {0}
    assert len(modes) > 2
    (tmp_path / "usual").touch()
    assert (tmp_path / "usual").stat().st_mode & 0o044


def test_a_wrong_passphrase_changes_nothing(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_BACKUP_PASSPHRASE", "right")
    shelve(program, tmp_path, "a")
    assert program("backup", "copy")[0] == 0
    shelve(program, tmp_path, "b")
    for passphrase, said in (("wrong", "is another one"), ("", "is encrypted")):
        monkeypatch.setenv("BOT_BACKUP_PASSPHRASE", passphrase)
        code, _, err = program("restore", "copy")
        assert (code, said in err, err.count("\n")) == (1, True, 1)
    assert jokes(tmp_path) == ["Joke a.", "Joke b."]


@pytest.mark.parametrize(("busy", "code"), [(2, 0), (99, 1)])
def test_a_machine_that_is_busy_for_a_moment_opens_its_backup_all_the_same(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: int, code: int
) -> None:
    monkeypatch.setenv("BOT_BACKUP_PASSPHRASE", "right")
    shelve(program, tmp_path, "a")
    left = [None] * busy

    def decrypt(data: bytes, _: str) -> bytes:
        if left:
            left.pop()
            raise DecryptError("Excessive work parameter for passphrase.")
        return data.removeprefix(b"age-encryption.org/")

    monkeypatch.setattr(age, "decrypt", decrypt)
    monkeypatch.setattr(age, "encrypt", lambda data, _: b"age-encryption.org/" + data)
    found, _, err = program("backup", "copy")
    assert (found, "too busy" in err) == (code, code == 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no backup of this kind"),
        (b"hello", "no backup of this kind"),
        (b"SQLite format 3\0" + b"\xff" * 5_000, "damaged"),
        (b"age-encryption.org/v1\n junk", "encrypted"),
        (b"PGDMP\1\2", "no backup of this kind"),
    ],
)
def test_what_is_no_backup_is_one_sentence_and_changes_nothing(
    program: Program, tmp_path: Path, content: bytes, said: str
) -> None:
    shelve(program, tmp_path, "a")
    put(tmp_path, "copy", content)
    (tmp_path / "copy").write_bytes(content)
    code, _, err = program("restore", "copy")
    assert code == 1
    assert said in err
    assert err.count("\n") == 1
    assert jokes(tmp_path) == ["Joke a."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "A newer Quipwire made this backup"),
        ("DROP TABLE alembic_version", "no backup of this kind"),
        ("DROP TABLE inbox", "no backup of this kind"),
        ("ALTER TABLE feeds RENAME COLUMN title TO name", "no backup of this kind"),
        ("UPDATE alembic_version SET version_num = '0012'", "no backup of this kind"),
        ("INSERT INTO alembic_version VALUES ('9999')", "no backup of this kind"),
    ],
)
def test_what_this_program_can_t_use_does_not_come_near_the_database(
    program: Program, tmp_path: Path, change: str, said: str
) -> None:
    shelve(program, tmp_path, "a")
    program("backup", "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as raw:
        raw.execute(change)
        raw.commit()
    shelve(program, tmp_path, "b")
    code, _, err = program("restore", "copy")
    assert (code, err.count("\n"), said in err) == (1, 1, True)
    assert jokes(tmp_path) == ["Joke a.", "Joke b."]
    assert not [*tmp_path.glob("before-restore-*")]


def test_each_restore_keeps_what_was_there_also_within_a_second(
    program: Program, tmp_path: Path
) -> None:
    shelve(program, tmp_path, "a")
    program("backup", "copy")
    url, now = f"sqlite+aiosqlite:///{tmp_path}/data/quipwire.db", datetime(2024, 5, 1, tzinfo=UTC)
    for name in "bcd":
        shelve(program, tmp_path, name)
        _, aside = backups.restore(url, tmp_path / "copy", None, now)
        with closing(sqlite3.connect(aside)) as raw:
            assert raw.execute("SELECT max(text) FROM jokes").fetchone() == (f"Joke {name}.",)
    assert len([*tmp_path.glob("before-restore-*")]) == 3


def test_a_trial_that_is_killed_leaves_nothing_that_the_next_would_take_for_its_own(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = list[str]()

    def killed(conn: Connection) -> None:
        conn.execute(text("UPDATE jokes SET text = 'half'"))
        beside.extend(path.name for path in (tmp_path / "data").glob("copy*"))
        raise KeyboardInterrupt

    shelve(program, tmp_path, "a")
    program("backup", "copy")
    monkeypatch.setattr(migrate, "_upgrade", killed)
    assert program("restore", "copy")[0]
    assert beside == ["copy.trial"]
    assert jokes(tmp_path) == ["Joke a."]


def test_a_disk_without_room_for_a_trial_is_not_told_to_be_a_foreign_file(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(conn: Connection) -> None:
        conn.execute(text("PRAGMA max_page_count = 1"))
        conn.execute(text("CREATE TABLE more (id)"))

    shelve(program, tmp_path, "a")
    program("backup", "copy")
    monkeypatch.setattr(migrate, "_upgrade", full)
    code, _, err = program("restore", "copy")
    assert (code, err.count("\n"), "The disk is full" in err) == (1, 1, True)
    assert jokes(tmp_path) == ["Joke a."]


def test_a_copy_whose_own_words_are_damaged_is_told_in_one_sentence(
    program: Program, tmp_path: Path
) -> None:
    shelve(program, tmp_path, "a")
    program("backup", "copy")
    data = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(data.replace(b"CREATE TABLE jokes", b"CREAT\x99 TABLE jokes"))
    code, _, err = program("restore", "copy")
    assert (code, err.count("\n"), "The backup is damaged" in err) == (1, 1, True)
    assert jokes(tmp_path) == ["Joke a."]


@pytest.mark.skipif(not ELSEWHERE.is_dir(), reason="there is no other file system")
def test_a_backup_on_another_disk_is_restored(program: Program, tmp_path: Path) -> None:
    shelve(program, tmp_path, "a")
    with TemporaryDirectory(dir=ELSEWHERE) as disk:
        copy = str(ELSEWHERE / disk / "copy")
        assert program("backup", copy)[0] == 0
        shelve(program, tmp_path, "b")
        assert program("restore", copy)[::2] == (0, "")
    assert jokes(tmp_path) == ["Joke a."]


def test_a_copy_that_finds_no_room_is_one_sentence(program: Program, tmp_path: Path) -> None:
    shelve(program, tmp_path, "a")
    with pytest.raises(UserError, match="copy can't be written: unable to open"):
        copy_file(tmp_path / "data" / "quipwire.db", tmp_path / "nowhere" / "copy")
    code, _, err = program("restore", "/proc/version")
    assert (code, err.count("\n")) == (1, 1)


def test_nothing_is_overwritten_and_no_file_is_told(program: Program, tmp_path: Path) -> None:
    assert "There is no database yet" in program("backup", "copy")[2]
    shelve(program, tmp_path, "a")
    put(tmp_path, "copy", "mine")
    assert "is there already" in program("backup", "copy")[2]
    assert "can't be written" in program("backup", "copy/inside")[2]
    assert "can't be read" in program("restore", "nowhere")[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "data", "more.jsonl"]


def test_nothing_is_sent_or_answered_a_second_time_after_a_restore(
    program: Program, tmp_path: Path
) -> None:
    shelve(program, tmp_path, "a")
    at = "2024-05-01 12:00:00"
    with closing(sqlite3.connect(tmp_path / "data" / "quipwire.db")) as raw:
        raw.execute(
            "INSERT INTO inbox (bot_id, update_id, chat_id, payload, received_at) "
            "VALUES (1, 1, 1, '{}', ?)",
            (at,),
        )
        raw.execute(
            "INSERT INTO outbox (key, kind, chat_id, day, state, due_at, not_before, attempts, "
            "unknowns) VALUES ('a', 'digest', 1, '2024-05-01', 'waiting', ?, ?, 0, 0)",
            (at, at),
        )
        raw.commit()
    assert program("backup", "copy")[0] == 0
    assert "Messages that were on their way then: 1." in program("restore", "copy")[1]
    with closing(sqlite3.connect(tmp_path / "data" / "quipwire.db")) as raw:
        assert raw.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
        assert raw.execute("SELECT state FROM outbox").fetchone() == ("parked",)


@postgres_only
def test_a_server_is_backed_up_and_put_back(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema_url: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", schema_url)
    assert program("migrate")[0] == 0
    shelve(program, tmp_path, "a", "b")
    assert program("backup", "kept")[0] == 0
    shelve(program, tmp_path, "c")
    code, _, err = program("restore", "kept")
    assert (code, err) == (0, "")
    assert program("export", "out")[0] == 0
    assert len((tmp_path / "out" / "jokes" / "en.jsonl").read_text().splitlines()) == 2


def sql(url: str, *statements: str) -> list[tuple[object, ...]]:
    """What a server answers to the last of these."""

    async def ask() -> list[tuple[object, ...]]:
        db = await Database.open(url)

        def work(conn: Connection) -> list[tuple[object, ...]]:
            found = [conn.execute(text(statement)) for statement in statements][-1]
            return [tuple(row) for row in found] if found.returns_rows else []

        try:
            return await db.write(work)
        finally:
            await db.close()

    return asyncio.run(ask())


@pytest.fixture
def server(program: Program, monkeypatch: pytest.MonkeyPatch, schema_url: str) -> str:
    """A server's database with the present schema."""
    monkeypatch.setenv("BOT_DATABASE_URL", schema_url)
    assert program("migrate")[0] == 0
    return schema_url


@postgres_only
def test_what_a_server_s_copy_replaced_is_kept_beside_it(
    program: Program, tmp_path: Path, server: str
) -> None:
    shelve(program, tmp_path, "a")
    code, out, _ = program("backup", "kept")
    assert code == 0
    assert "it gives back" in out
    shelve(program, tmp_path, "b")
    assert "The old database is kept as before-restore-" in program("restore", "kept")[1]
    (old,) = tmp_path.glob("before-restore-*.pgdump")
    assert sql(server, "SELECT count(*) FROM jokes") == [(1,)]
    assert program("restore", old.name)[0] == 0
    assert sql(server, "SELECT count(*) FROM jokes") == [(2,)]


@postgres_only
def test_a_server_s_database_is_not_replaced_under_a_running_bot(
    program: Program, tmp_path: Path, server: str
) -> None:
    """Whatever its data folder: the lock there does not tell."""
    shelve(program, tmp_path, "a")
    program("backup", "kept")
    shelve(program, tmp_path, "b")

    async def beside() -> tuple[int, str, str]:
        bot = await Database.open(server)
        try:
            return await asyncio.to_thread(program, "restore", "kept")
        finally:
            await bot.close()

    told = "quipwire: Another Quipwire is using this database. Stop it first.\n"
    assert asyncio.run(beside())[::2] == (1, told)
    assert sql(server, "SELECT count(*) FROM jokes") == [(2,)]
    assert program("restore", "kept")[0] == 0


@postgres_only
def test_a_server_s_copy_is_encrypted_with_a_passphrase(tmp_path: Path, server: str) -> None:
    assert backups.back_up(server, tmp_path / "copy", "secret").encrypted
    assert (tmp_path / "copy").read_bytes().startswith(b"age-encryption.org/")


@postgres_only
def test_a_damaged_or_newer_copy_does_not_come_near_a_server(
    program: Program, tmp_path: Path, server: str
) -> None:
    shelve(program, tmp_path, "a")
    program("backup", "kept")
    whole = (tmp_path / "kept").read_bytes()
    (tmp_path / "half").write_bytes(whole[:-1_000])
    now = sql(server, "SELECT version_num FROM alembic_version")[0][0]
    sql(server, "UPDATE alembic_version SET version_num = '9999'")
    assert "A newer Quipwire made this backup" in program("backup", "newer")[2]
    sql(server, f"UPDATE alembic_version SET version_num = '{now}'")  # noqa: S608
    shelve(program, tmp_path, "b")
    code, _, err = program("restore", "half")
    assert (code, err.count("\n"), "The backup is damaged" in err) == (1, 1, True)
    assert sql(server, "SELECT count(*) FROM jokes") == [(2,)]


@postgres_only
def test_a_copy_of_before_an_update_comes_back_and_is_updated(
    program: Program, monkeypatch: pytest.MonkeyPatch, schema_url: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", schema_url)
    upgrade_to = partial(command.upgrade, revision="0027")
    with monkeypatch.context() as older:
        older.setattr(command, "upgrade", lambda config, _: upgrade_to(config))
        assert program("migrate")[0] == 0
    assert program("backup", "old")[0] == 0
    assert program("migrate")[0] == 0
    assert program("restore", "old")[::2] == (0, "")
    assert sql(schema_url, "SELECT count(*) FROM saved") == [(0,)]
