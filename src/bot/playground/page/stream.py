"""Server-sent events: first everything there is, then every change, so that a page that
reconnects is right again by itself."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.client import Person
from bot.playground.methods.profile import commands_for
from bot.playground.world import Event, World

WAITING_EVENTS = 1000
SHOWN_MESSAGES = 300
HEARTBEAT_SECONDS = 15.0
_OF_CHATS = frozenset({"message", "edit", "delete", "action", "reaction", "pin", "unpin"})


class Streams:
    def __init__(self, world: World) -> None:
        self._world = world
        self._queues: set[asyncio.Queue[Json | None]] = set()

    def close(self) -> None:
        for queue in self._queues:
            _end(queue)

    async def events(self, person: Person) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[Json | None] = asyncio.Queue(WAITING_EVENTS)

        def hear(event: Event) -> None:
            told = self._told(person, event)
            if told is None:
                return
            if queue.full():
                _end(queue)
            else:
                queue.put_nowait(told)

        stop = self._world.listen(hear)
        self._queues.add(queue)
        try:
            yield _line(state(self._world, person))
            async for told in _drain(queue):
                yield _line(told) if told else b": still here\n\n"
        finally:
            stop()
            self._queues.discard(queue)

    def _told(self, person: Person, event: Event) -> Json | None:
        if event.kind in {"chat", "commands"}:
            return {"type": "chats", "chats": headers(self._world, person)}
        if event.kind not in _OF_CHATS:
            return None
        chat = self._world.chats[event.chat_id]
        if not self._world.sees(person.id, chat):
            return None
        return {"type": event.kind, "chat": event.chat_id, "data": event.data}


def _end(queue: asyncio.Queue[Json | None]) -> None:
    """The stream ends here; the page comes back and starts from the whole state."""
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)


async def _drain(queue: asyncio.Queue[Json | None]) -> AsyncIterator[Json]:
    """Yields what comes, and an empty dict when nothing came for a while."""
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                told = await queue.get()
        except TimeoutError:
            yield {}
            continue
        if told is None:
            return
        yield told


def _line(told: Json) -> bytes:
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def state(world: World, person: Person) -> Json:
    chats: list[Any] = headers(world, person)
    for header in chats:
        chat = world.chats.get(header["id"])
        messages = list(chat.messages.values())[-SHOWN_MESSAGES:] if chat else []
        header["messages"] = messages
    return {"type": "state", "me": person.user, "bot": world.bot, "chats": chats}


def headers(world: World, person: Person) -> list[Json]:
    """The person's chats without their messages; the one with the bot is always there."""
    mine = [chat for chat in world.chats_of(person.id) if not chat.is_private]
    private = _header(world, person, person.id, world.bot["first_name"], "private")
    return [private, *(_group_header(world, person, chat) for chat in mine)]


def _group_header(world: World, person: Person, chat: Chat) -> Json:
    return _header(world, person, chat.id, chat.title, chat.kind)


def _header(world: World, person: Person, chat_id: int, title: str, kind: str) -> Json:
    chat = world.chats.get(chat_id)
    return {
        "id": chat_id,
        "title": title,
        "kind": kind,
        "blocked": bool(chat and chat.bot_status == "kicked"),
        "commands": commands_for(world, person.user, chat_id),
    }
