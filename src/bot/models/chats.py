"""Who talks with the bot, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat, group, supergroup or channel; `id` is Telegram's. In groups a bare /report
    may be meant for the moderators: `bare_report` says that it is for us here.
    """

    id: int
    kind: str
    title: str
    language: str
    bare_report: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote or pressed; `id` is Telegram's, `language_code` the IETF tag it gave."""

    id: int
    name: str
    language_code: str | None
