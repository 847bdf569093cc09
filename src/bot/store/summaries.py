"""What the reading room made of texts that people sent, so that buttons under it keep working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    delete,
    select,
    update,
)

from bot.models.summaries import Kept
from bot.store import readings as written
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.models.reading import Reading

# Retention: thirty days, and never longer than the chat's own row. The text itself is not kept.
summaries = Table(
    "summaries",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("title", CleanText),
    Column("reading", CleanText, nullable=False),
    Column("url", Text),
    Column("file_id", Text),
    Column("created_at", Utc, nullable=False),
)
Index("ix_summaries_chat_id_update_id", summaries.c.chat_id, summaries.c.update_id, unique=True)
Index("ix_summaries_created_at", summaries.c.created_at)
SHOWN = (summaries.c.id, summaries.c.title, summaries.c.reading, summaries.c.url,
         summaries.c.file_id)  # fmt: skip


def keep(
    conn: Connection,
    chat_id: int,
    update_id: int,
    title: str | None,
    reading: Reading,
    now: datetime,
    url: str | None = None,
) -> Kept:
    """Keep a reading; the same update has but one."""
    made = {"title": title, "reading": written.dump(reading)}
    values = {**made, "url": url, "created_at": now}
    row = insert(conn, summaries).values(chat_id=chat_id, update_id=update_id, **values)
    key = ["chat_id", "update_id"]
    kept = row.on_conflict_do_update(index_elements=key, set_=values).returning(summaries.c.id)
    return Kept(conn.execute(kept).scalar_one(), title, reading, url)


def set_file(conn: Connection, summary_id: int, file_id: str) -> None:
    """Where Telegram keeps the file that was read."""
    here = update(summaries).where(summaries.c.id == summary_id)
    conn.execute(here.values(file_id=file_id))


def set_reading(conn: Connection, summary_id: int, reading: Reading) -> None:
    """What is left of it."""
    here = update(summaries).where(summaries.c.id == summary_id)
    conn.execute(here.values(reading=written.dump(reading)))


def of_update(conn: Connection, chat_id: int, update_id: int) -> Kept | None:
    """What was made for an update that is handled once more."""
    here = (summaries.c.chat_id == chat_id, summaries.c.update_id == update_id)
    return _kept(conn, *here)


def find(conn: Connection, chat_id: int, summary_id: int) -> Kept | None:
    """A chat's own; callback data can be forged, so another chat's is none."""
    return _kept(conn, summaries.c.chat_id == chat_id, summaries.c.id == summary_id)


def purge(conn: Connection, before: datetime) -> int:
    """Drop what was made before then; how many."""
    return conn.execute(delete(summaries).where(summaries.c.created_at < before)).rowcount


def _kept(conn: Connection, *where: ColumnElement[bool]) -> Kept | None:
    row = conn.execute(select(*SHOWN).where(*where)).first()
    reading = written.load(row.reading) if row else None
    return Kept(row.id, row.title, reading, row.url, row.file_id) if row and reading else None
