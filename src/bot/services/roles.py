"""Who looks after the bot: roles granted and revoked, and the audit of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.roles import RANKS, Role, outranks
from bot.store import bans, chats
from bot.store import roles as rows
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.store.database import Connection, Database

# Telegram's ids have 52 bits at most.
_MOST_DIGITS = 15
_BAD_ID = mark("I need a numeric id, as in /{command}. /about tells everybody their own.")
_BAD_ROLE = mark("Which role, please: admin, editor or moderator?")
_OWNER = mark("Owners stand in BOT_ADMINS, in the settings of whoever runs me.")
_NOT_MET = mark("I haven't met {id} yet. Once they have sent me /start, try again.")
_BANNED = mark("They are banned. /unban {id} first.")
_TOO_HIGH = mark("Only somebody of a higher role can do that.")


async def role_of(db: Database, owners: Iterable[int], person_id: int) -> Role | None:
    """What a person may do here, decided by the numeric id alone."""
    return await db.read(rank_of, owners, person_id)


async def everybody(db: Database, owners: Iterable[int]) -> dict[int, Role]:
    """All who look after the bot."""
    granted = await db.read(rows.everybody)
    return granted | dict.fromkeys(owners, "owner")


def person_in(text: str, usage: str) -> int:
    """The id that somebody typed; UserError with `usage` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise UserError(_BAD_ID, command=usage)
    return int(text)


def role_in(text: str) -> Role:
    """The role that somebody typed; nobody becomes an owner in the chat."""
    word = text.lower()
    if word == "owner":
        raise UserError(_OWNER)
    if word not in RANKS:
        raise UserError(_BAD_ROLE)
    return word


async def change(
    db: Database,
    owners: Iterable[int],
    by: int,
    person_id: int,
    role: Role | None,
    update_id: int,
    now: datetime,
) -> str:
    """Give somebody a role, or none; returns their name.

    Nobody gives or takes a role of their own rank or above. Done twice it is the same.
    """

    def work(conn: Connection) -> str:
        name = rows.name_of(conn, person_id)
        if name is None:
            raise UserError(_NOT_MET, id=person_id)
        mine, theirs = (rank_of(conn, owners, each) for each in (by, person_id))
        if theirs == "owner":
            raise UserError(_OWNER)
        if not (outranks(mine, theirs) and outranks(mine, role)):
            raise UserError(_TOO_HIGH)
        if role and bans.is_banned(conn, person_id):
            raise UserError(_BANNED, id=person_id)
        _put(conn, person_id, role, now)
        what, detail = ("grant", f"{person_id} {role}") if role else ("revoke", f"{person_id}")
        rows.note(conn, by, what, detail, update_id, now)
        return name

    return await db.write(work)


async def refuse(db: Database, person_id: int, command: str, update_id: int, now: datetime) -> None:
    """Note that somebody tried what is not theirs to do."""
    await db.write(rows.note, person_id, "refused", f"/{command}", update_id, now)


async def took_backup(db: Database, person_id: int, update_id: int, now: datetime) -> None:
    """Note that somebody was given all there is."""
    await db.write(rows.note, person_id, "backup", "", update_id, now)


def rank_of(conn: Connection, owners: Iterable[int], person_id: int) -> Role | None:
    """The role a person has at this moment of a transaction."""
    return "owner" if person_id in owners else rows.role_of(conn, person_id)


def _put(conn: Connection, person_id: int, role: Role | None, now: datetime) -> None:
    """Whoever looks after the bot may also use it, if it is by invitation."""
    if role is None:
        rows.revoke(conn, person_id)
        return
    rows.grant(conn, person_id, role, now)
    chats.admit_person(conn, person_id, now)
