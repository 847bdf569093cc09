"""Chats as Telegram's server holds them: who is in, what was said, what the bot may do there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request, forbidden, migrated

KEPT_MESSAGES = 2000
Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class Chat:
    info: Json
    messages: dict[int, Json] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    by_bot: set[int] = field(default_factory=set)
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    may_post: bool = True
    topics: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    migrated_to: int = 0
    pinned: list[int] = field(default_factory=list)
    description: str = ""
    read: dict[int, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.info["id"])

    @property
    def kind(self) -> str:
        return str(self.info["type"])

    @property
    def title(self) -> str:
        return str(self.info.get("title") or self.info.get("first_name", ""))

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    def keep(self, message: Json) -> None:
        self.messages[message["message_id"]] = message
        while len(self.messages) > KEPT_MESSAGES:
            self.forget(next(iter(self.messages)))

    def revise(self, message: Json) -> None:
        number = message["message_id"]
        self.messages[number] = message
        self.revisions[number] = self.revisions.get(number, 0) + 1

    def forget(self, message_id: int) -> None:
        self.messages.pop(message_id, None)
        self.revisions.pop(message_id, None)
        self.silent.discard(message_id)
        self.by_bot.discard(message_id)

    def after(self, message_id: int) -> Iterator[Json]:
        """The messages with a higher id, newest first."""
        for number in reversed(self.messages):
            if number <= message_id:
                return
            yield self.messages[number]

    def check_bot_may_act(self) -> None:
        """Raises what Telegram answers a bot that is not welcome."""
        if self.migrated_to:
            raise migrated(self.migrated_to)
        if self.is_private and self.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    def check_bot_may_write(self) -> None:
        self.check_bot_may_act()
        posts = self.bot_status == "administrator" and self.may_post
        if self.kind == "channel" and not posts:
            raise bad_request("need administrator rights in the channel chat")
