"""Drafts of admins and the messages that they are made of; they survive a restart."""

from __future__ import annotations

import json
from secrets import randbits, token_hex
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    delete,
    select,
    update,
)

from bot.models.drafts import Draft, Part
from bot.models.feeds import Sample
from bot.models.headlines import HeadlineEntry
from bot.store import items
from bot.store import readings as written
from bot.store.schema import BigId, CleanText, Utc, count_rows, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.drafts import Asks
    from bot.models.reading import Reading

# A button has room for a number as short as this.
ID_BITS = 24
# Retention: until published or cancelled, DRAFT_KEEP_DAYS without a change at most.
drafts = Table(
    "drafts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),
    Column("shelf", Text, nullable=False),
    Column("entry", CleanText),
    Column("asks", Text),
    Column("item_id", BigInteger),
    Column("seen_at", Utc),
    Column("hint", CleanText),
    Column("status_id", BigInteger),
    Column("reading", CleanText),
    Column("publish_at", Utc),
    Column("expires_at", Utc),
    Column("sample", CleanText),
    Column("changed_at", Utc, nullable=False),
)
Index("ix_drafts_chat_id_person_id", drafts.c.chat_id, drafts.c.person_id)
Index("ix_drafts_changed_at", drafts.c.changed_at)
# Retention: goes with its draft.
draft_parts = Table(
    "draft_parts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("draft_id", BigId, ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("name", CleanText),
    Column("text", CleanText),
    Column("title", CleanText),
    UniqueConstraint("draft_id", "message_id"),
)


def start(
    conn: Connection,
    chat_id: int,
    person_id: int,
    shelf: Shelf,
    now: datetime,
    *,
    entry: ItemEntry | None = None,
    asks: Asks | None = None,
    item_id: int | None = None,
    seen_at: datetime | None = None,
    sample: Sample | None = None,
) -> Draft:
    """Begin one beside this person's others here, instead of another that changes the same."""
    if item_id is not None:
        same = (drafts.c.shelf == shelf, drafts.c.item_id == item_id)
        conn.execute(delete(drafts).where(*_theirs(chat_id, person_id), *same))
    if asks:
        _hush(conn, chat_id, person_id)
    kept = {"entry": items.dump(entry) if entry else None, "asks": asks, "changed_at": now}
    place = {"chat_id": chat_id, "person_id": person_id, "shelf": shelf,
             "sample": _dump(sample) if sample else None}  # fmt: skip
    key = f"chat-{token_hex(8)}"
    # SQLite gives a dropped row's number again, and the buttons of an old draft would act on this.
    number = randbits(ID_BITS)
    values = {**place, **kept, "id": number, "key": key}
    conn.execute(insert(conn, drafts).values(**values, item_id=item_id, seen_at=seen_at))
    found = find(conn, chat_id, person_id, number)
    if found is None:
        raise LookupError(key)
    return found


def find(conn: Connection, chat_id: int, person_id: int, draft_id: int) -> Draft | None:
    """One of this person's here."""
    theirs = (*_theirs(chat_id, person_id), drafts.c.id == draft_id)
    row = conn.execute(select(drafts).where(*theirs)).first()
    return _draft(row) if row else None


def asking(conn: Connection, chat_id: int, person_id: int) -> Draft | None:
    """The one that this person's next message here is for."""
    theirs = (*_theirs(chat_id, person_id), drafts.c.asks.is_not(None))
    row = conn.execute(select(drafts).where(*theirs)).first()
    return _draft(row) if row else None


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    entry = items.load(row.shelf, row.entry) if row.entry else None
    reading = written.load(row.reading) if row.reading else None
    begun = (row.id, row.key, row.shelf, entry, row.asks, row.item_id, row.seen_at)
    when = (row.publish_at, row.expires_at)
    sample = _load(row.sample) if row.sample else None
    return Draft(*begun, row.hint, row.status_id, reading, *when, sample)


def put(
    conn: Connection,
    draft_id: int,
    entry: ItemEntry,
    now: datetime,
    *,
    hint: str | None = None,
    reading: Reading | None = None,
) -> None:
    """It says this now, and asks for nothing more."""
    kept = {"entry": items.dump(entry), "shelf": items.shelf_of(entry), "asks": None}
    read = written.dump(reading) if reading else None
    here = update(drafts).where(drafts.c.id == draft_id)
    conn.execute(here.values(**kept, hint=hint, reading=read, changed_at=now))


def ask(conn: Connection, draft_id: int, asks: Asks | None, now: datetime) -> None:
    """What the next message gives to this one."""
    here = select(drafts.c.chat_id, drafts.c.person_id).where(drafts.c.id == draft_id)
    if asks and (place := conn.execute(here).first()):
        _hush(conn, *place)
    _set(conn, draft_id, asks=asks, changed_at=now)


def set_times(
    conn: Connection,
    draft_id: int,
    publish_at: datetime | None,
    expires_at: datetime | None,
    now: datetime,
) -> None:
    """When it comes, and when it goes; it asks for nothing more."""
    times = {"publish_at": publish_at, "expires_at": expires_at}
    _set(conn, draft_id, **times, asks=None, changed_at=now)


def set_status(conn: Connection, draft_id: int, message_id: int | None) -> None:
    """The message that says how far it is."""
    _set(conn, draft_id, status_id=message_id)


def close(conn: Connection, draft_id: int) -> None:
    """Published or cancelled."""
    conn.execute(delete(drafts).where(drafts.c.id == draft_id))


def add_part(conn: Connection, draft_id: int, part: Part, now: datetime) -> None:
    """A message of the material; the same message once more changes it."""
    kept = {"name": part.name, "text": part.text, "title": part.title}
    fresh = insert(conn, draft_parts).values(draft_id=draft_id, message_id=part.message_id, **kept)
    key = ["draft_id", "message_id"]
    conn.execute(fresh.on_conflict_do_update(index_elements=key, set_=kept))
    _set(conn, draft_id, changed_at=now)


def drop_part(conn: Connection, draft_id: int, message_id: int) -> None:
    """It could not be read."""
    here = (draft_parts.c.draft_id == draft_id, draft_parts.c.message_id == message_id)
    conn.execute(delete(draft_parts).where(*here))


def parts(conn: Connection, draft_id: int) -> list[Part]:
    """All of the material as it was sent."""
    shown = (draft_parts.c.message_id, draft_parts.c.name, draft_parts.c.text, draft_parts.c.title)
    here = select(*shown).where(draft_parts.c.draft_id == draft_id)
    return [Part(*row) for row in conn.execute(here.order_by(draft_parts.c.message_id))]


def has_parts(conn: Connection, draft_id: int) -> bool:
    """Whether anything was sent for it."""
    return count_rows(conn, draft_parts, draft_parts.c.draft_id == draft_id) > 0


def purge(conn: Connection, before: datetime) -> None:
    """Drop those that nobody went on with."""
    conn.execute(delete(drafts).where(drafts.c.changed_at < before))


def _hush(conn: Connection, chat_id: int, person_id: int) -> None:
    """Nothing here asks for a message any more, and what still had nothing is gone."""
    theirs = (*_theirs(chat_id, person_id), drafts.c.asks.is_not(None))
    conn.execute(delete(drafts).where(*theirs, drafts.c.entry.is_(None)))
    conn.execute(update(drafts).where(*theirs).values(asks=None))


def _theirs(chat_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.chat_id == chat_id, drafts.c.person_id == person_id


def _set(conn: Connection, draft_id: int, **values: Any) -> None:
    conn.execute(update(drafts).where(drafts.c.id == draft_id).values(**values))


def _dump(sample: Sample) -> str:
    newest = [items.dump(each) for each in sample.newest]
    return json.dumps({"newest": newest, "others": sample.others}, ensure_ascii=False)


def _load(text: str) -> Sample:
    kept = json.loads(text)
    newest = (items.load("headlines", each) for each in kept["newest"])
    shown = tuple(each for each in newest if isinstance(each, HeadlineEntry))
    return Sample(shown, tuple(kept["others"]))
