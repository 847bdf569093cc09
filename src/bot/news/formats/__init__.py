"""The roll of feed formats, told by content; each gives what the feed says in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.news.formats import atom, jsonfeed, lenient, rss

if TYPE_CHECKING:
    from bot.news.formats.raw import Raw, Source


class Format(Protocol):
    """What a file of this folder offers."""

    def fits(self, source: Source, /) -> bool:
        """Whether it looks like this format."""

    def read(self, source: Source, /) -> Raw:
        """What it says, as far as it can be read."""


# The first that fits reads; what it leaves out of a damaged feed, `lenient` tries to find.
ROLL: tuple[Format, ...] = (jsonfeed, rss, atom)

__all__ = ["ROLL", "Format", "lenient"]
