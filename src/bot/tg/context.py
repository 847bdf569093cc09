"""What a command has at hand. Commands hand the single tool on; no service sees this."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.ext import CallbackContext, ExtBot

from bot.config import MAX_FILES_AT_ONCE
from bot.services import roles
from bot.tg.bound import bind
from bot.tg.latest import Latest
from bot.tg.pieces import Pieces
from bot.tg.typing import typing

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from telegram import Update

    from bot.child import Children
    from bot.config import Settings
    from bot.fetch import Web
    from bot.models.chats import Chat
    from bot.models.messages import Message
    from bot.models.roles import Role
    from bot.services.digests import Digests
    from bot.store.database import Database
    from bot.texts import Texts
    from bot.tg.command import Command
    from bot.tg.gate import Gate
    from bot.tg.inbox import Inbox
    from bot.tg.latest import Change
    from bot.tg.presses import Presses
    from bot.tg.progress import Halt

Data = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Tools:
    """Made once by `app.py`."""

    settings: Settings
    db: Database
    children: Children
    web: Web
    inbox: Inbox
    gate: Gate
    presses: Presses
    digests: Digests
    roll: tuple[Command, ...]
    samples: bool
    now: Callable[[], datetime]
    # Files and pages on their way to a worker, which all are in memory.
    loads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_FILES_AT_ONCE))
    # What is brought in comes one import after the other.
    imports: asyncio.Lock = field(default_factory=asyncio.Lock)
    # Long work that may be cancelled, by its update.
    halts: dict[int, Halt] = field(default_factory=dict)
    # What is read for which draft, and which drafts are made a preview of: each by its number.
    reading: dict[asyncio.Task[object], int] = field(default_factory=dict)
    finishing: set[int] = field(default_factory=set)
    latest: Latest = field(default_factory=Latest)
    pieces: Pieces = field(default_factory=Pieces)

    async def role_of(self, person_id: int) -> Role | None:
        """What a person may do here now."""
        return await roles.role_of(self.db, self.settings.admins, person_id)

    def bound(self, person_id: int, message: Message) -> Message:
        """The message with its admins' and confirmations' buttons for this person alone."""
        lasts = {noun: command.lasts for command in self.roll if command.lasts
                 for noun in command.buttons}  # fmt: skip
        return bind(message, lasts, person_id, self.now())


class Context(CallbackContext[ExtBot[bool], Data, Data, Data]):
    """PTB's context with our tools, typed; the gate sets `chat` and `texts` before any command."""

    chat: Chat
    texts: Texts

    @property
    def tools(self) -> Tools:
        tools: Tools = self.bot_data[Tools]
        return tools

    async def role(self, update: Update) -> Role | None:
        """What may be done by who wrote or pressed; None, too, where Telegram does not say who."""
        person = update.effective_user
        return await self.tools.role_of(person.id) if person else None

    def bound(self, update: Update, message: Message) -> Message:
        """The message with its admins' and confirmations' buttons for this person alone."""
        if update.effective_user is None:
            return message
        return self.tools.bound(update.effective_user.id, message)

    def later(self, update: Update, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Do long work beside the chat's line, which shows “typing …” meanwhile; the update stays
        undone until it ends.
        """
        inbox, update_id = self.tools.inbox, update.update_id

        def ended(task: asyncio.Task[object]) -> None:
            if task.cancelled():
                inbox.fail(update_id)
            inbox.release(update_id)

        inbox.hold(update_id)
        shown = self._shown(update, work)
        task = self.application.create_task(shown, update)
        task.add_done_callback(ended)
        return task

    def soon(self, update: Update, change: Change) -> None:
        """Change the pressed message beside the chat's line; of several changes that wait for
        Telegram's limits only the newest is made.
        """
        query = update.callback_query
        shown = query and query.message
        key = (shown.chat.id, shown.message_id) if shown else query and query.inline_message_id
        if self.tools.latest.put(key, change):
            self.application.create_task(self.tools.latest.make(key), update)

    async def _shown(self, update: Update, work: Coroutine[Any, Any, object]) -> object:
        async with typing(self.bot, update):
            return await work
