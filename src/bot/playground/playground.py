"""The playground as one object: start it, point the bot at it, talk to the bot."""

import itertools
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.playground.chats import Chat
from bot.playground.client import Group, Person
from bot.playground.counters import Counters
from bot.playground.faults import Faults
from bot.playground.history import History
from bot.playground.page import ChatPage
from bot.playground.people import private_chat
from bot.playground.personas import ADMIN, GROUP_TITLE, PERSONAS
from bot.playground.server import Door
from bot.playground.serving import Serving
from bot.playground.waiting import PATIENCE, until
from bot.playground.world import Call, World

FIRST_PERSON = 1001
SEATS = 6


class Playground:
    """An embedded Bot API server with a chat page; an async context manager.

    With `state_dir` the token and the numbering of messages and updates survive a restart; with
    `personas` two readers, an admin and their group are there from the start, and what was said
    survives a restart too.
    """

    admin_id = ADMIN.id

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        state_dir: Path | None = None,
        token: str | None = None,
        username: str = "quipwire_bot",
        bot_name: str = "Quipwire",
        personas: bool = False,
        jump: Callable[[int], Awaitable[None]] | None = None,
    ) -> None:
        """`jump` moves the bot's clock to this person's tomorrow 08:00; the page offers it."""
        self._port, self._host = port, host
        self._counters = Counters(state_dir)
        self.token = token or self._own_token()
        bot_id = int(self.token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": bot_name, "username": username}
        self.world = World(self._counters, bot)
        self.faults = Faults()
        self._page = ChatPage(self.world, self.seats, jump)
        self._serving = Serving()
        self._persons: dict[int, Person] = {}
        self._history = History(state_dir) if personas and state_dir else None
        if self._history:
            self._history.restore(self.world)
        if personas:
            self.cast()

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        door = Door(self.world, self.token, self.faults, self._page.app, self._serving.cut)
        await self._serving.start(door, self._host, self._port)
        self._page.port = self._serving.port

    async def stop(self) -> None:
        self.faults.clear()
        self.world.webhook.stop()
        self.world.updates.close()
        self.world.presence.close()
        self._page.close()
        await self._serving.stop()
        if self._history:
            self._history.save(self.world)

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

    def cast(self) -> list[Person]:
        """The personas, each with a private chat, and their group; made once."""
        if ADMIN.id not in self._persons:
            cast = [
                self.person(one.first_name, id=one.id, language_code=one.language_code)
                for one in PERSONAS
            ]
            for person in cast:
                private_chat(self.world, person.user)
            self._gather_personas(cast)
        return [self._persons[one.id] for one in PERSONAS]

    def _gather_personas(self, cast: list[Person]) -> None:
        """The bot was added to the group once, in the first process on this folder."""
        *readers, admin = cast
        known = self._counters.recall("personas_group")
        if not isinstance(known, int):
            group = self.group(GROUP_TITLE, members=[admin, *readers])
            self._counters.remember("personas_group", group.id)
        elif known not in self.world.chats:
            info = {"id": known, "title": GROUP_TITLE, "type": "supergroup"}
            members = {admin.id: "creator", **{reader.id: "member" for reader in readers}}
            self.world.chats[known] = Chat(info, members=members)

    def seats(self) -> list[Person]:
        """Who sits at the page: those introduced first, or the personas."""
        persons = list(self._persons.values()) or self.cast()
        return persons[:SEATS]

    def visitor(self) -> Person:
        """The person whose tab comes first at the page."""
        return self.seats()[0]

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
