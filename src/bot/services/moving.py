"""Moving house: what people set goes along in a file that a bot with another token takes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.child import houses, tasks
from bot.errors import UserError
from bot.models.messages import File
from bot.store import moving as rows
from bot.store import roles

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.child.houses import House
    from bot.store.database import Connection, Database

NAME = "quipwire-people.json"
# A file of these says so here.
HEAD_BYTES = 64


async def pack(db: Database) -> File:
    """Subscriptions, zones, quiet hours, what is followed and muted, votes and bans."""
    found = await db.read(rows.dump)
    return File(NAME, await asyncio.to_thread(houses.write, found))


def is_house(data: bytes) -> bool:
    """Whether a file is one of these."""
    head = data[:HEAD_BYTES]
    return head.lstrip().startswith(b"{") and f'"{houses.SIGN}"'.encode() in head


async def read(children: Children, data: bytes) -> House:
    """What it holds; a UserError if that can't be."""
    return await children.run(tasks.read_house, data)


def counts(house: House) -> dict[str, int]:
    """How many of each there are."""
    return {name: len(some) for name, some in house.items()}


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
        raise UserError(houses.BROKEN) from None
