"""Moving house: what people set goes along in a file that a bot with another token takes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.errors import UserError
from bot.models.messages import File
from bot.store import moving as rows
from bot.store import roles
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.store.database import Connection, Database

    House = Mapping[str, Any]

NAME = "quipwire-people.json"
SIGN, FORMAT = "quipwire-people", 1
_BROKEN = mark("That file of people is damaged or of a newer Quipwire; nothing was changed.")


async def pack(db: Database) -> File:
    """Subscriptions, zones, quiet hours, what is followed and muted, votes and bans."""
    found = await db.read(rows.dump)
    text = json.dumps({SIGN: FORMAT, **found}, ensure_ascii=False, indent=0)
    return File(NAME, text.encode())


def is_house(data: bytes) -> bool:
    """Whether a file is one of these."""
    return data[:64].lstrip().startswith(b"{") and f'"{SIGN}"'.encode() in data[:64]


def read(data: bytes) -> House:
    """What it holds; a UserError if that can't be."""
    try:
        found = json.loads(data)
        sound = found[SIGN] == FORMAT and all(
            isinstance(each, dict) for name, some in found.items() if name != SIGN for each in some
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise UserError(_BROKEN)
    house: House = found
    return house


def counts(house: House) -> dict[str, int]:
    """How many of each there are."""
    return {name: len(some) for name, some in house.items() if name != SIGN}


async def take_in(
    db: Database, house: House, by: int | None, update_id: int, now: datetime
) -> dict[str, int]:
    """All of it or nothing, beside what there is, which stays; how many of each are new."""

    def work(conn: Connection) -> dict[str, int]:
        added = rows.load(conn, house)
        if by is not None:
            roles.note(conn, by, "move", "", update_id, now)
        return added

    try:
        return await db.write(work)
    except (KeyError, TypeError, ValueError):
        raise UserError(_BROKEN) from None
