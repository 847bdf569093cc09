"""Everything Telegram's server would know: users, chats, messages, queries; and who listens."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.chats import Chat, Json
from bot.playground.counters import Counters
from bot.playground.errors import ApiError, bad_request
from bot.playground.files import Files
from bot.playground.presence import Presence
from bot.playground.pulse import Pulse
from bot.playground.updates import Updates
from bot.playground.webhook import Webhook

KEPT_CALLS = 10_000
KEPT_QUERIES = 1_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, as it was answered."""

    method: str
    params: Json
    status: int
    description: str
    at: float
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something a chat page shows: message, edit, delete, action, chat, commands, presence or
    call."""

    kind: str
    chat_id: int
    data: Json


@dataclass(slots=True)
class Query:
    """A callback or inline query waiting for the bot's answer."""

    id: str
    user_id: int
    chat_id: int
    answer: Json | None = None


@dataclass(slots=True)
class Profile:
    """What a bot says about itself, by language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class World:
    def __init__(self, counters: Counters, bot: Json) -> None:
        self._listeners: list[Callable[[Event], None]] = []
        self._pulse = Pulse()
        self.counters = counters
        self.bot = bot
        self.updates = Updates(counters, self.stir)
        self.webhook = Webhook(self.updates)
        self.presence = Presence(lambda: self.tell("presence", 0, {}))
        self.files = Files()
        self.profile = Profile()
        self.users: dict[int, Json] = {bot["id"]: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.in_flight = 0

    @property
    def bot_listens(self) -> bool:
        return self.presence.polling or self.updates.webhook_active

    # --- what calls ask for

    def chat(self, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def chat_named(self, name: str) -> Chat:
        for chat in self.chats.values():
            if not chat.is_private and chat.info.get("username", "").lower() == name.lower():
                return chat
        raise bad_request("chat not found")

    def chats_of(self, user_id: int) -> list[Chat]:
        return [chat for chat in self.chats.values() if self.sees(user_id, chat)]

    def sees(self, user_id: int, chat: Chat) -> bool:
        if chat.migrated_to:
            return False
        return chat.id == user_id if chat.is_private else user_id in chat.members

    def query(self, query_id: str) -> Query:
        query = self.queries.get(query_id)
        if query is None or query.answer is not None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    # --- what happens

    def next_message_id(self) -> int:
        return self.counters.next("message_id")

    def post(self, chat: Chat, message: Json) -> Json:
        chat.keep(message)
        self.tell("message", chat.id, message)
        return message

    def revise(self, chat: Chat, message: Json) -> Json:
        chat.revise(message)
        self.tell("edit", chat.id, message)
        return message

    def delete(self, chat: Chat, message_id: int) -> None:
        chat.forget(message_id)
        self.tell("delete", chat.id, {"message_id": message_id})

    def ask(self, user_id: int, chat_id: int) -> Query:
        number = str((self.bot["id"] << 20) + self.counters.next("query_id"))
        query = self.queries[number] = Query(number, user_id, chat_id)
        while len(self.queries) > KEPT_QUERIES:
            self.queries.pop(next(iter(self.queries)))
        return query

    def name_inline_message(self, name: str, chat_id: int, message_id: int) -> None:
        self.inline_messages[name] = (chat_id, message_id)
        if len(self.inline_messages) > KEPT_QUERIES:
            self.inline_messages.pop(next(iter(self.inline_messages)))

    def log(self, method: str, params: Json, error: ApiError | None, ms: float = 0.0) -> None:
        status, text = (error.code, error.description) if error else (200, "")
        call = Call(method, params, status, text, time.time(), ms)
        self.calls.append(call)
        if self._listeners and method != "getUpdates":
            self.tell("call", 0, {"call": call})
        else:
            self.stir()

    # --- who listens

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `listener` with every event until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: str, chat_id: int, data: Json) -> None:
        for listener in tuple(self._listeners):
            listener(Event(kind, chat_id, data))
        self.stir()

    def stir(self) -> None:
        """Wakes everybody who waits for a change."""
        self._pulse.beat()

    async def changed(self) -> None:
        await self._pulse.wait()
