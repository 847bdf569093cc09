"""What is kept of somebody: a copy for them, and its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.models.messages import File
from bot.store import traces as rows

if TYPE_CHECKING:
    from bot.store.database import Database


async def copy(db: Database, chat_id: int, person_id: int | None) -> File:
    """Everything kept of a chat and a person, as a JSON file."""
    found = await db.read(rows.export, chat_id, person_id)
    text = json.dumps(found, ensure_ascii=False, indent=1, default=str)
    return File("quipwire-about-me.json", text.encode())


async def forget(db: Database, chat_id: int, person_id: int | None) -> None:
    """Delete it for good."""
    await db.write(rows.forget, chat_id, person_id)
