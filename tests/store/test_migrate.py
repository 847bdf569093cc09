"""A database comes to the present schema whole, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, inspect, text

from bot.errors import UserError
from bot.store import migrate, tables, tellings
from bot.store.database import Connection, Database
from bot.store.seeds import apply
from tests.databases import welcome
from tests.store.samples import NOW, joke

if TYPE_CHECKING:
    from pathlib import Path

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"

def upgrade():
    op.create_table("novelty", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("jokes") as jokes:
        jokes.add_column(sa.Column("mood", sa.Text()))
        jokes.alter_column("category", nullable=True, existing_type=sa.Text())
    {last}
"""

NEWEST = migrate.revisions()[-1]
NEXT = f"{int(NEWEST) + 1:04}"


@pytest.fixture
async def db(empty: Database) -> Database:
    """A database of the test's own, which it may take further than the present schema."""
    await migrate.upgrade(empty)
    await welcome(empty)
    return empty


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the chain that a test may lengthen."""
    copy = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "MIGRATIONS", copy)
    return copy


def lengthen(migrations: Path, last: str) -> None:
    step = STEP.format(revision=NEXT, before=NEWEST, last=last)
    (migrations / "versions" / f"{NEXT}_next.py").write_text(step)


def table_names(conn: Connection) -> set[str]:
    return set(inspect(conn).get_table_names())


def ours(_: object, name: str | None, *__: object) -> bool:
    """The indexes of full-text search are the databases' own."""
    return "_search" not in (name or "")


def differences(conn: Connection) -> list[object]:
    opts = {"compare_type": True, "include_object": ours}
    context = MigrationContext.configure(conn, opts=opts)
    return list(compare_metadata(context, tables.metadata))


def names_with(folder: Path, part: str) -> list[str]:
    return [path.name for path in folder.iterdir() if part in path.name]


async def with_a_told_joke(db: Database) -> None:
    entries = [joke("j1")]
    await db.write(apply, "jokes", entries, NOW, origin="seed", prune=True)
    await db.write(tellings.tell, 1, "en", word=None, update_id=1, now=NOW)


def told(conn: Connection) -> int:
    return int(conn.execute(text("SELECT count(*) FROM tellings")).scalar_one())


async def test_a_new_database_gets_the_schema_of_the_code(empty: Database) -> None:
    assert await migrate.pending(empty)
    await migrate.upgrade(empty)
    assert not await migrate.pending(empty)
    assert await empty.read(differences) == []


async def test_migrating_again_changes_nothing(db: Database) -> None:
    await with_a_told_joke(db)
    await migrate.upgrade(db)
    assert await db.read(told) == 1


async def test_the_next_step_keeps_every_row_though_it_rebuilds_a_table(
    db: Database, migrations: Path
) -> None:
    await with_a_told_joke(db)
    lengthen(migrations, "pass")
    assert await migrate.pending(db)
    await migrate.upgrade(db)
    assert not await migrate.pending(db)
    assert "novelty" in await db.read(table_names)
    assert await db.read(told) == 1
    again = await db.write(tellings.tell, 1, "en", word=None, update_id=1, now=NOW)
    assert again is not None


async def test_a_failed_step_leaves_nothing(db: Database, migrations: Path) -> None:
    await with_a_told_joke(db)
    before = await db.read(table_names)
    lengthen(migrations, "raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        await migrate.upgrade(db)
    assert await db.read(table_names) == before
    assert await db.read(differences) == []
    assert await migrate.pending(db)
    assert await db.read(told) == 1


async def test_a_step_that_orphans_rows_is_undone(file_url: str, migrations: Path) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    lengthen(migrations, "op.execute(\"INSERT INTO readings VALUES (404, 'x', 'x')\")")
    with pytest.raises(RuntimeError, match="missing reports"):
        await migrate.upgrade(db)
    assert "novelty" not in await db.read(table_names)
    await db.close()


async def test_a_copy_of_the_file_is_kept_before_an_upgrade(
    file_url: str, migrations: Path, tmp_path: Path
) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    copy = tmp_path / f"quipwire.db.before-{NEXT}"
    assert not names_with(tmp_path, ".before-")
    lengthen(migrations, "pass")
    await migrate.upgrade(db)
    await db.close()
    with sqlite3.connect(copy) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
    old.close()
    assert names_with(tmp_path, ".before-") == [copy.name]


async def test_a_database_of_a_newer_version_is_left_alone(db: Database) -> None:
    def from_the_future(conn: Connection) -> None:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await db.write(from_the_future)
    for ask in (migrate.pending, migrate.upgrade):
        with pytest.raises(UserError) as caught:
            await ask(db)
        assert str(caught.value) == (
            "This database was made by a newer Quipwire (9999). Please update the program."
        )


def test_file_names_tell_the_revisions_that_alembic_sees() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    seen = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert seen[::-1] == migrate.revisions()


async def test_a_start_with_nothing_to_do_does_not_load_alembic(file_url: str) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    await db.close()
    program = (
        "import asyncio, sys\n"
        "from bot.store import migrate\n"
        "from bot.store.database import Database\n"
        "async def main():\n"
        "    db = await Database.open(sys.argv[1])\n"
        "    await migrate.upgrade(db)\n"
        "    await db.close()\n"
        "asyncio.run(main())\n"
        "assert not {'alembic', 'asyncpg'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program, file_url], check=True)  # noqa: ASYNC221


def test_the_roll_names_every_file_with_tables() -> None:
    folder = migrate.MIGRATIONS.parent
    having = {path.stem for path in folder.glob("*.py") if " = Table(" in path.read_text()}
    assert having == set(tables.__all__) - {"metadata"}
    for name in having:
        assert any(isinstance(value, Table) for value in vars(getattr(tables, name)).values())
