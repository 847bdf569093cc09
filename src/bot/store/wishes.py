"""What a digest is to hold, as its row in the outbox keeps it; and deliveries read from rows."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.models.deliveries import Delivery, Digest
from bot.schedule.quiet import held_until
from bot.schedule.zones import known
from bot.store.chats import quiet_of

if TYPE_CHECKING:
    from sqlalchemy import Row

# What goes out so much later than it was wanted was held up by an outage, and says so.
LATE = timedelta(minutes=15)
# Known only when the message goes out: what the chat is, and whether it comes late.
LOOKED_UP = ("language", "in_channel", "late")
NEVER_HELD = ("removal", "notice")


def packed(digest: Digest) -> str:
    """A wish as its row keeps it."""
    values = {**asdict(digest), "since": digest.since.isoformat()}
    return json.dumps({name: values[name] for name in values if name not in LOOKED_UP})


def changed(kept: str, **values: object) -> str:
    """The same wish, with some things wanted otherwise."""
    return json.dumps(json.loads(kept) | values)


def since(kept: str) -> datetime:
    """From when on its news are."""
    return datetime.fromisoformat(json.loads(kept)["since"])


def delivery(row: Row[*tuple[Any, ...]], now: datetime) -> Delivery:
    """A row of the outbox beside its chat's language, kind (`place`), zone and quiet hours."""
    return Delivery(
        row.id, row.kind, row.chat_id, row.topic_id, row.due_at, row.day, row.payload,
        _digest(row, now) if row.wish else None, row.attempts, row.unknowns, row.message_id,
    )  # fmt: skip


def held(row: Row[*tuple[Any, ...]], moment: datetime) -> datetime:
    """Until when the chat's quiet hours hold what would go out at this moment.

    A chat whose zone nobody knows was asked for by the defaults when this was posted.
    """
    zone = json.loads(row.wish)["zone"] if row.wish else row.timezone
    if zone is None or row.kind in NEVER_HELD:
        return moment
    return held_until(moment, quiet_of(row), known(zone))


def _digest(row: Row[*tuple[Any, ...]], now: datetime) -> Digest:
    values = json.loads(row.wish)
    values |= {name: tuple(values[name]) for name in ("shelves", "topics")}
    values |= {
        "since": since(row.wish), "zone": known(values["zone"]), "language": row.language,
        "in_channel": row.place == "channel", "late": now - held(row, row.due_at) > LATE,
    }  # fmt: skip
    return Digest(**values)
