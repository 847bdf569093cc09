"""What every format is read from, and what it gives: texts as they stand in the feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.news.formats.tree import Element


@dataclass(frozen=True, slots=True)
class Source:
    """A feed's text, its own address, and the tree if there is one."""

    text: str
    address: str
    root: Element | None


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a feed, and whether it may hold HTML."""

    text: str = ""
    markup: bool = True

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry; `base` is what its addresses are relative to."""

    base: str
    guid: str | None
    link: str | None
    title: Words
    summary: Words
    content: Words
    published: str | None
    updated: str | None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """A feed; `every` is in seconds."""

    base: str
    title: Words
    link: str | None
    language: str | None
    every: float | None
    entries: tuple[RawEntry, ...]
