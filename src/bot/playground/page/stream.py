"""Server-sent events: first everything there is, then every change, so that a page that
reconnects is right again by itself."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.client import Person
from bot.playground.methods.profile import commands_for
from bot.playground.page.calls import call_line, recent_calls
from bot.playground.personas import ROLES
from bot.playground.world import Event, World

WAITING_EVENTS = 1000
SHOWN_MESSAGES = 300
HEARTBEAT_SECONDS = 15.0
_OF_CHATS = frozenset({"message", "edit", "delete", "action"})
Seats = Callable[[], list[Person]]


class Streams:
    def __init__(self, world: World, seats: Seats, *, can_jump: bool) -> None:
        self._world, self._seats, self._can_jump = world, seats, can_jump
        self._queues: set[asyncio.Queue[Json | None]] = set()

    def close(self) -> None:
        for queue in self._queues:
            _end(queue)

    async def events(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[Json | None] = asyncio.Queue(WAITING_EVENTS)

        def hear(event: Event) -> None:
            told = self._told(event)
            if told is None:
                return
            if queue.full():
                _end(queue)
            else:
                queue.put_nowait(told)

        self._seats()  # who sits down only now is part of the first state
        stop = self._world.listen(hear)
        self._queues.add(queue)
        try:
            yield _line(self._state())
            async for told in _drain(queue):
                yield _line(told) if told else b": still here\n\n"
        finally:
            stop()
            self._queues.discard(queue)

    def _state(self) -> Json:
        people = self._people()
        numbers = {header["id"] for one in people for header in one["chats"]}
        return {
            "type": "state",
            "bot": self._world.bot,
            "awake": self._world.bot_listens,
            "can_jump": self._can_jump,
            "people": people,
            "messages": {str(number): self._messages(number) for number in numbers},
            "calls": recent_calls(self._world),
        }

    def _people(self) -> list[Json]:
        return [
            {
                "user": person.user,
                "role": ROLES.get(person.id, ""),
                "chats": headers(self._world, person),
            }
            for person in self._seats()
        ]

    def _messages(self, chat_id: int) -> list[Json]:
        chat = self._world.chats.get(chat_id)
        return list(chat.messages.values())[-SHOWN_MESSAGES:] if chat else []

    def _told(self, event: Event) -> Json | None:
        if event.kind in {"chat", "commands", "read"}:
            return {"type": "people", "people": self._people()}
        if event.kind == "presence":
            return {"type": "presence", "awake": self._world.bot_listens}
        if event.kind == "call":
            return {"type": "call", "data": call_line(event.data["call"])}
        if event.kind not in _OF_CHATS or not self._shown(self._world.chats[event.chat_id]):
            return None
        return {"type": event.kind, "chat": event.chat_id, "data": event.data}

    def _shown(self, chat: Chat) -> bool:
        return any(self._world.sees(person.id, chat) for person in self._seats())


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


def headers(world: World, person: Person) -> list[Json]:
    """The person's chats without their messages; the one with the bot is always there."""
    mine = [chat for chat in world.chats_of(person.id) if not chat.is_private]
    private = _header(world, person, person.id, world.bot["first_name"], "private")
    return [private, *(_header(world, person, one.id, one.title, one.kind) for one in mine)]


def _header(world: World, person: Person, chat_id: int, title: str, kind: str) -> dict[str, Any]:
    chat = world.chats.get(chat_id)
    return {
        "id": chat_id,
        "title": title,
        "kind": kind,
        "members": len(chat.members) + 1 if chat and not chat.is_private else 0,
        "blocked": bool(chat and chat.bot_status == "kicked"),
        "read": chat.read.get(person.id, 0) if chat else 0,
        "commands": commands_for(world, person.user, chat_id),
    }
