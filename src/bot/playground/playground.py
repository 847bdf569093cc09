"""The playground as one object: start it, point the bot at it, talk to the bot."""

import itertools
import secrets
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.playground.chats import Chat
from bot.playground.client import Group, Person
from bot.playground.counters import Counters
from bot.playground.faults import Faults
from bot.playground.page import ChatPage
from bot.playground.server import Door
from bot.playground.serving import Serving
from bot.playground.waiting import PATIENCE, until
from bot.playground.world import Call, World

FIRST_PERSON = 1001


class Playground:
    """An embedded Bot API server with a chat page; an async context manager.

    With `state_dir` the token and the numbering of messages and updates survive a restart.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        state_dir: Path | None = None,
        token: str | None = None,
        username: str = "quipwire_bot",
        bot_name: str = "Quipwire",
    ) -> None:
        self._port, self._host = port, host
        self._counters = Counters(state_dir)
        self.token = token or self._own_token()
        bot_id = int(self.token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": bot_name, "username": username}
        self.world = World(self._counters, bot)
        self.faults = Faults()
        self._page = ChatPage(self.world, self.visitor)
        self._serving = Serving()
        self._persons: dict[int, Person] = {}

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        door = Door(self.world, self.token, self.faults, self._page.app, self._serving.cut)
        await self._serving.start(door, self._host, self._port)
        self._page.port = self._serving.port

    async def stop(self) -> None:
        self.faults.clear()
        self.world.webhook.stop()
        self.world.updates.close()
        self._page.close()
        await self._serving.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The root of the Bot API, for BOT_API_URL."""
        return f"http://{self._host}:{self._serving.port}"

    @property
    def page_url(self) -> str:
        return self.url + "/"

    @property
    def calls(self) -> list[Call]:
        """The last calls of the Bot API, as they were answered."""
        return list(self.world.calls)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.world.calls if call.method == method]

    def person(
        self,
        first_name: str,
        *,
        id: int | None = None,  # noqa: A002 (Telegram's own name)
        language_code: str = "en",
        username: str | None = None,
    ) -> Person:
        number = id or next(n for n in itertools.count(FIRST_PERSON) if n not in self._persons)
        user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": first_name}
        if username:
            user["username"] = username
        user["language_code"] = language_code
        self.world.users[number] = user
        person = self._persons[number] = Person(self.world, user)
        return person

    def visitor(self) -> Person:
        """The person who sits at the page when nobody else was introduced."""
        first = next(iter(self._persons.values()), None)
        return first or self.person("You")

    def group(
        self,
        title: str,
        *,
        members: list[Person],
        supergroup: bool = True,
        admin: bool = False,
        username: str | None = None,
    ) -> Group:
        """A group whose first member owns it and has just added the bot (`admin`: as one)."""
        kind = "supergroup" if supergroup else "group"
        number = -1_000_000_000_000 if supergroup else -5_000_000
        return self._gather(title, kind, number, members, admin, username)

    def channel(
        self, title: str, *, owner: Person, admin: bool = True, username: str | None = None
    ) -> Group:
        return self._gather(title, "channel", -1_000_000_000_000, [owner], admin, username)

    async def quiet(self, *, within: float = PATIENCE) -> None:
        """Waits until every update is confirmed and no call of the bot is under way. (A bot may
        confirm what it has still to work on: wait for its messages with `reply`.)"""
        updates, world = self.world.updates, self.world
        await until(
            world,
            lambda: not updates.pending and not world.in_flight,
            "the bot to become quiet",
            within,
        )

    def _gather(
        self,
        title: str,
        kind: str,
        base: int,
        members: list[Person],
        admin: bool,
        username: str | None,
    ) -> Group:
        number = base - self._counters.next("chat_number")
        info: dict[str, Any] = {"id": number, "title": title, "type": kind}
        if username:
            info["username"] = username
        chat = self.world.chats[number] = Chat(info, bot_status="left")
        group = Group(self.world, chat, members[0])
        group.join(*members)
        chat.members[members[0].id] = "creator"
        group.add_bot(admin=admin)
        return group

    def _own_token(self) -> str:
        kept = self._counters.recall("token")
        if isinstance(kept, str):
            return kept
        number = 7_000_000_000 + secrets.randbelow(900_000_000)
        token = f"{number}:AA{secrets.token_urlsafe(33)[:33]}"
        self._counters.remember("token", token)
        return token
