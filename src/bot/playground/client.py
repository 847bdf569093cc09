"""People for tests: they write, press, upload and wait for the bot, and say what they waited
for when it does not come."""

from dataclasses import dataclass
from typing import Any

from bot.playground import people
from bot.playground.chats import Chat, Json
from bot.playground.files import StoredFile
from bot.playground.markup import to_html
from bot.playground.waiting import PATIENCE, until
from bot.playground.world import World


class Toast(str):
    """What a press showed: the text, whether as an alert, and where it leads."""

    alert: bool = False
    url: str = ""
    query: str | None = None

    @classmethod
    def of(cls, text: str, **more: Any) -> "Toast":
        toast = cls(text)
        vars(toast).update(more)
        return toast


@dataclass(slots=True)
class Received:
    """A message as a person sees it; `edited` moves it on to its next version."""

    _world: World
    _chat: Chat
    raw: Json
    _revision: int = 0

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def chat_id(self) -> int:
        return self._chat.id

    @property
    def text(self) -> str:
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or ())

    @property
    def html(self) -> str:
        return to_html(self.text, self.entities)

    @property
    def keyboard(self) -> list[list[Json]]:
        """The buttons as the Bot API describes them."""
        rows: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def document(self) -> StoredFile | None:
        """The attached file, with `name` and `data`."""
        if "document" in self.raw:
            return self._world.files.find(self.raw["document"]["file_id"])
        return None

    @property
    def photo(self) -> StoredFile | None:
        if "photo" in self.raw:
            return self._world.files.find(self.raw["photo"][-1]["file_id"])
        return None

    @property
    def reply_to(self) -> int:
        return int(self.raw.get("reply_to_message", {}).get("message_id", 0))

    @property
    def silent(self) -> bool:
        return self.id in self._chat.silent

    @property
    def deleted(self) -> bool:
        return self.id not in self._chat.messages

    async def edited(self, *, within: float = PATIENCE) -> "Received":
        """Waits for an edit later than this version and takes it over."""
        await until(self._world, self._moved_on, f"an edit of {self.text[:80]!r}", within)
        return self

    async def gone(self, *, within: float = PATIENCE) -> None:
        what = f"the deletion of {self.text[:80]!r}"
        await until(self._world, lambda: self.deleted, what, within)

    def _moved_on(self) -> bool:
        revision = self._chat.revisions.get(self.id, 0)
        if revision <= self._revision:
            return False
        self.raw, self._revision = self._chat.messages[self.id], revision
        return True


@dataclass(frozen=True, slots=True)
class InlineResult:
    query: str
    raw: Json

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def title(self) -> str:
        return str(self.raw.get("title", ""))

    @property
    def description(self) -> str:
        return str(self.raw.get("description", ""))

    @property
    def text(self) -> str:
        content = self.raw["content"]
        return str(content.get("text", content.get("caption", "")))


class Person:
    def __init__(self, world: World, user: Json) -> None:
        self._world = world
        self.user = user
        self._read: dict[int, int] = {}

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return str(self.user["first_name"])

    async def send(
        self, text: str, *, in_: "Group | None" = None, reply_to: Received | None = None,
        topic: int = 0, anonymous: bool = False,
    ) -> Received:  # fmt: skip
        """Sends a text (in pieces where it is over 4,096); returns the last message."""
        chat = self._chat(in_)
        around = {"reply_to": reply_to.id if reply_to else 0, "topic": topic}
        message = people.say(self._world, self.user, chat, text, **around, anonymous=anonymous)
        return self._received(chat, message)

    async def upload(
        self, data: bytes, name: str, caption: str = "", *, in_: "Group | None" = None,
        photo: bool = False,
    ) -> Received:  # fmt: skip
        chat = self._chat(in_)
        message = people.attach(self._world, self.user, chat, data, name, caption, photo=photo)
        return self._received(chat, message)

    async def edit(self, message: Received, text: str) -> Received:
        chat = self._world.chat(message.chat_id)
        return self._received(chat, people.edit(self._world, self.user, chat, message.id, text))

    async def forward(self, message: Received, *, in_: "Group | None" = None) -> Received:
        chat = self._chat(in_)
        return self._received(chat, people.forward(self._world, self.user, chat, message.raw))

    async def reply(self, *, in_: "Group | None" = None, within: float = PATIENCE) -> Received:
        """The next message of the bot in that chat which this person has not read yet."""
        chat = self._chat(in_)
        where = "" if chat.is_private else f" in {chat.title!r}"
        what = f"a message from the bot to {self.name}{where}"
        message = await until(self._world, lambda: self._unread(chat), what, within)
        self._read[chat.id] = message["message_id"]
        return self._received(chat, message)

    def unread(self, *, in_: "Group | None" = None) -> bool:
        """Whether the bot wrote something this person has not read with `reply`."""
        return self._unread(self._chat(in_)) is not None

    async def press(self, message: Received, label: str, *, within: float = PATIENCE) -> Toast:
        """Presses the button with this label, or the only one that contains it."""
        chat = self._world.chat(message.chat_id)
        current = self._received(chat, chat.messages.get(message.id, message.raw))
        button = _find(current, label)
        if "callback_data" not in button:
            return _without_asking(button)
        query = people.press(self._world, self.user, chat, current.raw, button["callback_data"])
        what = f"the answer to {self.name}'s press of {button['text']!r}"
        answer = await until(self._world, lambda: query.answer, what, within)
        return Toast.of(answer["text"], alert=answer["show_alert"], url=answer["url"])

    async def inline(self, query: str, *, within: float = PATIENCE) -> list[InlineResult]:
        """What the bot offers for `@bot query`."""
        asked = people.ask_inline(self._world, self.user, query)
        what = f"the results of {self.name}'s inline query {query!r}"
        answer = await until(self._world, lambda: asked.answer, what, within)
        return [InlineResult(query, result) for result in answer["results"]]

    async def choose(self, result: InlineResult, *, in_: "Group | None" = None) -> Received:
        chat = self._chat(in_)
        message = people.choose(self._world, self.user, chat, result.query, result.raw)
        return self._received(chat, message)

    def block(self) -> None:
        chat = people.private_chat(self._world, self.user)
        people.change_bot_status(self._world, self.user, chat, "kicked")

    def unblock(self) -> None:
        chat = people.private_chat(self._world, self.user)
        people.change_bot_status(self._world, self.user, chat, "member")

    def _chat(self, group: "Group | None") -> Chat:
        return group.chat if group else people.private_chat(self._world, self.user)

    def _unread(self, chat: Chat) -> Json | None:
        newer = chat.after(self._read.get(chat.id, 0))
        fresh = [message for message in newer if message["message_id"] in chat.by_bot]
        return fresh[-1] if fresh else None

    def _received(self, chat: Chat, message: Json) -> Received:
        revision = chat.revisions.get(message["message_id"], 0)
        return Received(self._world, chat, message, revision)


def _find(message: Received, label: str) -> Json:
    buttons = [button for row in message.keyboard for button in row]
    exact = [button for button in buttons if button["text"] == label]
    partly = [button for button in buttons if label in button["text"]]
    for found in (exact, partly):
        if len(found) == 1:
            return found[0]
    shown = f"under {message.text[:80]!r}: {message.buttons}"
    raise AssertionError(f"There is no single button {label!r} {shown}")


def _without_asking(button: Json) -> Toast:
    query = button.get("switch_inline_query_current_chat", button.get("switch_inline_query"))
    return Toast.of("", url=button.get("url", ""), query=query)


class Group:
    """A group, supergroup or channel, and what its admins do."""

    def __init__(self, world: World, chat: Chat, owner: Person) -> None:
        self._world, self.chat, self.owner = world, chat, owner

    @property
    def id(self) -> int:
        return self.chat.id

    def join(self, *persons: Person, status: str = "member") -> None:
        for person in persons:
            self.chat.members[person.id] = status
        self._world.tell("chat", self.chat.id, self.chat.info)

    def leave(self, person: Person) -> None:
        self.chat.members.pop(person.id, None)
        self._world.tell("chat", self.chat.id, self.chat.info)

    def add_bot(
        self, *, by: Person | None = None, admin: bool = False, may_post: bool = True
    ) -> None:
        """`may_post` is the right of a channel's admin."""
        status = "administrator" if admin else "member"
        self._change_bot(by, status, may_post=may_post)

    def kick_bot(self, *, by: Person | None = None) -> None:
        self._change_bot(by, "kicked")

    def migrate(self) -> int:
        """Becomes a supergroup; returns the old id, which the bot may still use."""
        old_id = self.id
        self.chat = people.upgrade(self._world, self.chat, self.owner.user)
        return old_id

    def topic(self, title: str) -> int:
        """Opens a forum topic; returns its thread id."""
        number = self._world.next_message_id()
        self.chat.topics[number] = title
        self.chat.info["is_forum"] = True
        return number

    def close_topic(self, number: int) -> None:
        """Closes it, or opens it again."""
        people.close_topic(self._world, self.owner.user, self.chat, number)

    async def post(self, text: str) -> Received:
        """A channel's own post."""
        message = people.say(self._world, self.owner.user, self.chat, text)
        return Received(self._world, self.chat, message)

    def _change_bot(self, by: Person | None, status: str, *, may_post: bool = True) -> None:
        user = (by or self.owner).user
        people.change_bot_status(self._world, user, self.chat, status, may_post=may_post)


__all__ = ["Group", "InlineResult", "Person", "Received", "Toast"]
