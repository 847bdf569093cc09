"""People: looked up, banned and let back in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.roles import outranks
from bot.services.roles import rank_of
from bot.store import bans, chats, outbox, roles
from bot.store import people as rows
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.models.people import Kind, Known
    from bot.store.database import Connection, Database

_NOBODY = mark("I know nobody with the number {id}.")
_PROTECTED = mark("Only somebody of a higher role can ban them.")
_MYSELF = mark("You can't ban yourself.")


async def page(
    db: Database, owners: Iterable[int], kind: Kind, word: str, offset: int, limit: int
) -> tuple[list[Known], int]:
    """Some of those whom a word names, and how many there are."""
    found, total = await db.read(rows.page, kind, word, tuple(owners), offset, limit)
    return [_ranked(one, owners) for one in found], total


async def find(db: Database, owners: Iterable[int], person_id: int) -> Known:
    """One of them; a UserError if nobody knows them."""
    found = await db.read(rows.find, person_id)
    if found is None:
        raise UserError(_NOBODY, id=person_id)
    return _ranked(found, owners)


async def ban(
    db: Database, owners: Iterable[int], by: int, person_id: int, update_id: int, now: datetime
) -> None:
    """Answer a person no more, wherever they write; they lose their role, and nothing comes.

    Their number is enough, so that a stranger's can be banned too. Done twice it is the same.
    """

    def work(conn: Connection) -> None:
        if by == person_id:
            raise UserError(_MYSELF)
        if not outranks(rank_of(conn, owners, by), rank_of(conn, owners, person_id)):
            raise UserError(_PROTECTED)
        bans.add(conn, person_id, by, now)
        roles.revoke(conn, person_id)
        chats.pause(conn, person_id, now)
        outbox.drop_chat(conn, person_id, "the person is banned", now)
        roles.note(conn, by, "ban", str(person_id), update_id, now)

    await db.write(work)


async def unban(db: Database, by: int, person_id: int, update_id: int, now: datetime) -> None:
    """Answer them again; what they subscribed to comes again."""

    def work(conn: Connection) -> None:
        if bans.is_banned(conn, person_id):
            bans.drop(conn, person_id)
            chats.resume(conn, person_id)
            roles.note(conn, by, "unban", str(person_id), update_id, now)

    await db.write(work)


async def banned(db: Database) -> frozenset[int]:
    """All whom nobody answers."""
    return await db.read(bans.everybody)


def _ranked(one: Known, owners: Iterable[int]) -> Known:
    """Owners stand in the settings."""
    return replace(one, role="owner") if one.id in owners else one
