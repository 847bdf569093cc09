"""The playground's newsroom: feeds on this machine that bring the late ones of the samples."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bot.models.feeds import FeedEntry
from bot.playground.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.models.headlines import HeadlineEntry

# So much of the playground's time passes between two stories of a language.
BETWEEN = timedelta(minutes=10)
_Source = tuple[str, str]


class Newsroom:
    """One feed for each source; stories come out one after the other."""

    def __init__(self, headlines: Iterable[HeadlineEntry], now: Callable[[], datetime]) -> None:
        self._now = now
        self._stories: dict[_Source, list[tuple[datetime, HeadlineEntry]]] = {}
        opened = now()
        out: dict[str, datetime] = {}
        for headline in headlines:
            at = out[headline.language] = out.get(headline.language, opened) + BETWEEN
            source = headline.language, headline.source
            self._stories.setdefault(source, []).append((at, headline))
        pages = [partial(self._feed, source) for source in self._stories]
        self._press = Press(pages, "application/rss+xml")

    async def start(self) -> tuple[FeedEntry, ...]:
        """The feeds and where they are."""
        addresses = await self._press.start()
        return tuple(
            FeedEntry(address, source, language, "world")
            for address, (language, source) in zip(addresses, self._stories, strict=True)
        )

    async def stop(self) -> None:
        """Print no more."""
        await self._press.stop()

    def _feed(self, source: _Source) -> bytes:
        now = self._now()
        return rss(source[1], [story for at, story in self._stories[source] if at <= now])


def rss(title: str, headlines: Iterable[HeadlineEntry]) -> bytes:
    """An RSS 2.0 feed of these headlines."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    ET.SubElement(channel, "title").text = title
    for headline in headlines:
        item = ET.SubElement(channel, "item")
        for name, text in (
            ("title", headline.title), ("link", headline.url), ("guid", headline.key),
            ("category", headline.topic), ("pubDate", format_datetime(headline.published)),
            ("description", headline.text),
        ):  # fmt: skip
            ET.SubElement(item, name).text = text
    return b'<?xml version="1.0"?>' + ET.tostring(root, encoding="unicode").encode()
