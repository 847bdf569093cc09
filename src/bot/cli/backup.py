"""quipwire backup and quipwire restore"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings
from bot.errors import UserError
from bot.services import backups
from bot.store import inbox, migrate, outbox
from bot.store.database import Database, place_of
from bot.store.lock import lock_data

if TYPE_CHECKING:
    from pydantic import SecretStr

MEGABYTE = 10**6


def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
) -> None:
    """Write a copy of the database, also beside a running bot, and try out that it restores."""
    settings = Settings.load()
    if file.exists():
        raise UserError("{path} is there already: please name a new file.", path=file)
    done = backups.back_up(settings.database, file, _secret(settings.backup_passphrase))
    backups.note(settings.data_dir, datetime.now(UTC))
    how = "encrypted" if done.encrypted else "not encrypted: BOT_BACKUP_PASSPHRASE is not set"
    typer.echo(
        f"Written to {file}: {done.size / MEGABYTE:,.1f} MB, {how}. "
        f"Tried out: it gives back {done.rows:,} rows."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="What quipwire backup wrote.")],
) -> None:
    """Put a backup in the database's place; what was there is kept beside the backup."""
    settings = Settings.load()
    with lock_data(settings.data_dir):
        asyncio.run(_check_alone(settings))
        now = datetime.now(UTC)
        secret = _secret(settings.backup_passphrase)
        rows, aside = backups.restore(settings.database, file, secret, now)
        parked = asyncio.run(_settle(settings, now))
    kept = f" The old database is kept as {aside}." if aside.exists() else ""
    typer.echo(f"Restored: {rows:,} rows.{kept}")
    if parked:
        typer.echo(
            f"Messages that were on their way then: {parked:,}. /health can send them again, "
            "announcements the buttons below each."
        )


async def _check_alone(settings: Settings) -> None:
    """A server's database may also be used by a bot with another data folder."""
    if place_of(settings.database):
        return
    from bot.store.postgres import is_shared  # noqa: PLC0415  its driver is slow to import

    db = await Database.open(settings.database)
    try:
        if await db.read(is_shared):
            raise UserError("Another Quipwire is using this database. Stop it first.")
    finally:
        await db.close()


async def _settle(settings: Settings, now: datetime) -> int:
    """Nothing is sent or answered a second time; how many messages wait for a word."""
    db = await Database.open(settings.database)
    try:
        await migrate.upgrade(db)
        await db.write(inbox.drop_all)
        return await db.write(outbox.park_open, now)
    finally:
        await db.close()


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None
