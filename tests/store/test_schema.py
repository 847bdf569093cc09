"""Times and texts come back from both databases as they went in."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, select
from sqlalchemy.exc import StatementError

from bot.store.schema import CleanText, Utc, storable
from tests.store.samples import NOW, later

if TYPE_CHECKING:
    from bot.store.database import Database

notes = Table(
    "notes",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Utc),
    Column("text", CleanText),
)


def put(conn: Connection, at: datetime | None, text: str | None) -> None:
    notes.create(conn, checkfirst=True)
    conn.execute(notes.insert(), {"at": at, "text": text})


def taken(conn: Connection) -> list[tuple[datetime | None, str | None]]:
    rows = conn.execute(select(notes.c.at, notes.c.text).order_by(notes.c.at))
    return [(row.at, row.text) for row in rows]


async def test_times_come_back_as_aware_utc_in_order(empty: Database) -> None:
    times = [later(seconds) for seconds in (86400 * 300, 0.000001, 0, -3600)]
    for at in times:
        await empty.write(put, at, None)
    assert [at for at, _ in await empty.read(taken)] == sorted(times)


async def test_a_local_time_is_kept_as_its_utc_instant(empty: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    await empty.write(put, NOW.astimezone(shanghai), None)
    ((at, _),) = await empty.read(taken)
    assert at == NOW
    assert at.utcoffset() == timedelta(0)


async def test_a_naive_time_is_refused(empty: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        await empty.write(put, NOW.replace(tzinfo=None), None)


async def test_nothing_stays_nothing(empty: Database) -> None:
    await empty.write(put, None, None)
    assert await empty.read(taken) == [(None, None)]


@pytest.mark.parametrize("text", ["", "笑话 😂👩‍👩‍👧", "x" * 1_000_000, "\u202eevil", "a\r\nb"])
async def test_texts_come_back_as_they_were(empty: Database, text: str) -> None:
    await empty.write(put, NOW, text)
    assert await empty.read(taken) == [(NOW, text)]


async def test_what_no_database_holds_is_left_out(empty: Database) -> None:
    await empty.write(put, NOW, "a\0b \ud83d c \ud83d\ude02")
    assert await empty.read(taken) == [(NOW, "ab \ufffd c 😂")]


@given(st.text())
def test_any_text_becomes_storable_once_and_for_all(text: str) -> None:
    stored = storable(text)
    assert stored.encode().decode() == stored == storable(stored)
    assert "\0" not in stored
