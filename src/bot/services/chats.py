"""What is kept of a chat: its language, and whether it still listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import chats as rows
from bot.store import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.chats import Chat, Person
    from bot.models.subscriptions import QuietHours
    from bot.store.database import Connection, Database


async def remember(db: Database, chat: Chat, person: Person | None, now: datetime) -> Chat:
    """Note that somebody was here; returns the chat as stored, whose language counts."""
    return await db.write(rows.remember, chat, person, now)


async def speak(db: Database, chat_id: int, language: str) -> None:
    """Change a chat's language."""
    await db.write(rows.set_language, chat_id, language)


async def answer_bare_report(db: Database, chat_id: int, *, on: bool) -> None:
    """Take a bare /report in a group for ours, or leave it to the moderators."""
    await db.write(rows.set_bare_report, chat_id, on)


async def quiet(db: Database, chat_id: int) -> QuietHours | None:
    """When a chat is to be left in peace."""
    return await db.read(rows.quiet, chat_id)


async def keep_quiet(db: Database, chat_id: int, hours: QuietHours | None) -> None:
    """Hold in these hours what would come by itself."""
    await db.write(rows.set_quiet, chat_id, hours)


async def pause(db: Database, chat_id: int, now: datetime) -> None:
    """The chat can't be written to: all of it is kept, only what was on its way is dropped."""

    def work(conn: Connection) -> None:
        rows.pause(conn, chat_id, now)
        outbox.drop_chat(conn, chat_id, "the chat can't be written to", now)

    await db.write(work)


async def resume(db: Database, chat_id: int) -> None:
    """The chat is back, and hears what became of what was sent in there."""

    def work(conn: Connection) -> None:
        rows.resume(conn, chat_id)
        outbox.revive_notices(conn, chat_id)

    await db.write(work)


async def move(db: Database, old_id: int, new_id: int) -> None:
    """A group became a supergroup: everything moves with it."""
    await db.write(rows.migrate_chat, old_id, new_id)
