"""Who may use a bot that is by invitation: links that expire, and groups that an admin added."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import INVITE_HOURS
from bot.store import chats as rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database


async def invite(db: Database, admin_id: int, now: datetime) -> str:
    """A code that lets one person in, within `INVITE_HOURS`; only its hash is kept."""
    code = secrets.token_urlsafe(16)
    await db.write(rows.add_invite, _hash(code), admin_id, now + timedelta(hours=INVITE_HOURS))
    return code


async def redeem(db: Database, code: str, person_id: int, now: datetime) -> bool:
    """Let a person in by a code; False if it is unknown, used by another or expired."""
    return await db.write(rows.use_invite, _hash(code), person_id, now)


async def is_admitted(db: Database, chat_id: int, person_id: int | None) -> bool:
    """Whether the chat or the person was let in."""
    return await db.read(rows.is_admitted, chat_id, person_id)


async def admit_chat(db: Database, chat_id: int, now: datetime) -> None:
    """Let a group in because an admin added the bot to it."""
    await db.write(rows.admit_chat, chat_id, now)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
