"""Who comes in: chats and people are remembered, strangers by invitation only, floods told once,
the banned not answered at all."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from cachetools import LRUCache
from telegram import ChatMember
from telegram.ext import ApplicationHandlerStop

from bot.models.chats import Chat, Person
from bot.models.messages import Message
from bot.services import access, chats, people
from bot.texts import Texts, language_for, mark
from bot.tg.flood import Flood, Flow
from bot.tg.sender import reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram import Update

    from bot.config import Settings
    from bot.store.database import Database
    from bot.tg.context import Context

log = logging.getLogger(__name__)

REMEMBERED = 10_000
INVITATION = "/start invite-"
UNINVITED = mark("This bot is by invitation. Ask whoever runs it for a link.")
FLOODING = mark("That was a lot at once. Give me a minute, then I'm all yours again.")

_Key = tuple[int, int]


class Gate:
    """Stands before all handlers; the last `REMEMBERED` chats and people cost no look-up."""

    def __init__(self, db: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._db = db
        self._settings = settings
        self._now = now
        self._known: LRUCache[_Key, tuple[Chat, Person | None, Chat]] = LRUCache(REMEMBERED)
        self._admitted: LRUCache[_Key, None] = LRUCache(REMEMBERED)
        self._hinted: LRUCache[int, None] = LRUCache(REMEMBERED)
        self._told: LRUCache[int, None] = LRUCache(REMEMBERED)
        self._banned: frozenset[int] | None = None
        self._bans = 0
        self._flood = Flood()

    async def __call__(self, update: Update, context: Context) -> None:
        """Set the context's chat and texts, or stop the update here."""
        if update.effective_chat is None and update.effective_user is None:
            raise ApplicationHandlerStop
        person = _person(update)
        if person and await self._is_banned(person.id) and not _housekeeping(update):
            await _tell(update, context, "")
            raise ApplicationHandlerStop
        context.chat = await self.chat(update)
        context.texts = Texts(context.chat.language)
        self._hint(context.chat, person)
        notice = await self._notice(context.chat, person, update)
        if notice is None:
            return
        await _tell(update, context, notice and context.texts.say(notice))
        raise ApplicationHandlerStop

    async def chat(self, update: Update) -> Chat:
        """The update's chat as stored: its language counts."""
        return await self._remember(_chat(update, self._settings.language), _person(update))

    def forget(self, chat_id: int) -> None:
        """The stored chat has changed; a private one's person as well, wherever else they are."""
        for key in [key for key in self._known if chat_id in key]:
            del self._known[key]

    def forget_bans(self) -> None:
        """Somebody was banned or let back in."""
        self._banned = None
        self._bans += 1

    async def _is_banned(self, person_id: int) -> bool:
        """Owners never are; what was read while it changed is read again."""
        while self._banned is None:
            bans = self._bans
            found = await people.banned(self._db)
            if bans == self._bans:
                self._banned = found
        return person_id in self._banned and person_id not in self._settings.admins

    async def _notice(self, chat: Chat, person: Person | None, update: Update) -> str | None:
        """None lets the update in; a text is said, an empty one is silence."""
        if not await self._invited(chat, person, update):
            can_hear = chat.kind == "private" and not update.inline_query
            return UNINVITED if can_hear and _first(chat.id, self._told) else ""
        if person is None or update.inline_query or person.id in self._settings.admins:
            return None
        at = update.message.date if update.message else self._now()
        flow = self._flood.check(person.id, at)
        return {Flow.FREE: None, Flow.TELL: FLOODING, Flow.SILENT: ""}[flow]

    async def _remember(self, chat: Chat, person: Person | None) -> Chat:
        key = _key(chat, person)
        known = self._known.get(key)
        if known is None or known[:2] != (chat, person):
            stored = await chats.remember(self._db, chat, person, self._now())
            known = self._known[key] = (chat, person, stored)
        return known[2]

    async def _invited(self, chat: Chat, person: Person | None, update: Update) -> bool:
        if self._settings.access == "open" or (person and person.id in self._settings.admins):
            return True
        text = update.message.text if update.message else None
        if update.my_chat_member or (text and text.startswith(INVITATION)):
            return True
        key = _key(chat, person)
        if key in self._admitted:
            return True
        if await access.is_admitted(self._db, chat.id, person.id if person else None):
            self._admitted[key] = None
            return True
        return False

    def _hint(self, chat: Chat, person: Person | None) -> None:
        if self._settings.admins or chat.kind != "private" or person is None:
            return
        if _first(person.id, self._hinted):
            name = "".join(char for char in person.name if char.isprintable())[:64]
            log.info(
                "%s (id %d) wrote; if that is you, set BOT_ADMINS=%d", name, person.id, person.id
            )


def _first(person_id: int, seen: LRUCache[int, None]) -> bool:
    first = person_id not in seen
    seen[person_id] = None
    return first


def _key(chat: Chat, person: Person | None) -> _Key:
    return chat.id, person.id if person else 0


def _chat(update: Update, default: str) -> Chat:
    place, user = update.effective_chat, update.effective_user
    language = language_for(user.language_code if user else None, default)
    if place is not None:
        return Chat(place.id, place.type, place.title or place.full_name or "", language)
    if user is None:
        raise ValueError("an update of nobody, nowhere")
    return Chat(user.id, "private", user.full_name or "", language)


def _person(update: Update) -> Person | None:
    """Whoever wrote or pressed; an anonymous admin and a channel write as bots, and are nobody."""
    user = update.effective_user
    if user is None or user.is_bot:
        return None
    return Person(user.id, user.full_name or "", user.language_code)


def _housekeeping(update: Update) -> bool:
    """What Telegram tells of a chat, whoever caused it: the bot is out, or the group has moved."""
    change, message = update.my_chat_member, update.message
    if change is not None:
        return change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    moved = message and (message.migrate_to_chat_id or message.migrate_from_chat_id)
    return bool(moved)


async def _tell(update: Update, context: Context, text: str) -> None:
    """A notice, or silence; a press is answered in any case."""
    if update.callback_query:
        await context.tools.presses.answer(update.callback_query, text, alert=bool(text))
    elif text:
        await reply(context.bot, update, Message.of(text))
