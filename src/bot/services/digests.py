"""Digests: news, a part of a report and a joke, drawn from what all readers share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cachetools import LRUCache

from bot.models.digests import Brief, Instalment
from bot.models.reading import Part
from bot.render import digest as render
from bot.services import news, quotes, reports, stories
from bot.services.outbox import unpacked
from bot.store import interests, subscriptions, tellings
from bot.store import reports as shelf
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.deliveries import Delivery, Digest
    from bot.models.messages import Message, Outgoing
    from bot.models.reading import Reading
    from bot.models.stories import Story
    from bot.services.outbox import Compose
    from bot.store.database import Connection, Database

STORIES = 4
# Of so many stories all choose that follow and mute nothing: enough for who has seen most of them.
SHARED_STORIES = 20
SENTENCES = 2
# Candidates and readings of so many kinds of digest are kept at hand, the former for a minute.
SHARED, FRESH_SECONDS = 64, 60
NEWS = {"headlines", "follows"}
# The playground's samples are news of any year.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Window:
    """What digests have in common that draw on the same stories."""

    language: str
    topics: tuple[str, ...]
    since: datetime
    minute: int


@dataclass(slots=True)
class _Stock:
    """The stories of a window, and those of them that are quoted already."""

    stories: tuple[Story, ...]
    quoted: dict[int, Story] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Material:
    """What a digest is made of, looked up before the transaction that writes it: stories with
    their quotes, and a part of a report.
    """

    candidates: tuple[Story, ...] = ()
    part: Instalment | None = None


class Digests:
    """Composes digests. Their stories are looked up and quoted once for all that are alike; what a
    chat has seen, follows and mutes, and its joke are its own.
    """

    def __init__(self, db: Database, children: Children, web: Web, *, samples: bool) -> None:
        self._db, self._children, self._web, self._samples = db, children, web, samples
        self._stories: LRUCache[_Window, _Stock] = LRUCache(SHARED)
        self._parts: LRUCache[int, tuple[str, tuple[Part, ...]]] = LRUCache(SHARED)

    async def composer(self, taken: Sequence[Delivery], now: datetime) -> Compose:
        """What writes these messages inside a transaction; all that takes long is done before."""
        wishes = [(each.id, each.chat_id, each.digest) for each in taken
                  if each.digest and each.payload is None]  # fmt: skip
        tastes = await self._db.read(interests.having, {chat for _, chat, _ in wishes})
        found = {key: await self._material(wish, now, chat if chat in tastes else None)
                 for key, chat, wish in wishes}  # fmt: skip

        def compose(conn: Connection, delivery: Delivery, now: datetime) -> Outgoing | None:
            if delivery.digest is None:
                return None
            wish = delivery.digest
            due = delivery.due_at.astimezone(ZoneInfo(wish.zone)) if wish.late else None
            if delivery.payload is not None:
                written = unpacked(delivery.payload)
                return render.marked_late(written, due, Texts(wish.language))
            material = found[delivery.id]
            if _too_little(conn, delivery.chat_id, wish, material, now):
                subscriptions.keep_news(conn, wish.subscription_id, wish.since)
                if not wish.else_joke:
                    return None
                wish, material = replace(wish, shelves=("jokes",)), _Material()
            return _compose(
                conn, delivery.chat_id, wish, material, key=-delivery.id, due=due, now=now
            )

        return compose

    async def at_once(self, chat_id: int, wish: Digest, update_id: int, now: datetime) -> Message:
        """A digest for somebody who asks for it; the schedule goes on as it was."""
        material = await self._material(wish, now, chat_id)
        return await self._db.write(
            _compose, chat_id, wish, material, key=update_id, due=None, now=now
        )

    async def _material(self, wish: Digest, now: datetime, chat_id: int | None) -> _Material:
        """What all share, or what is chosen for a chat with a taste of its own."""
        found = await self._candidates(wish, now)
        if chat_id is None:
            chosen = found.stories[:SHARED_STORIES] if "headlines" in wish.shelves else ()
        else:
            only = _only_followed(wish)
            own = await self._db.read(
                news.choose, chat_id, found.stories, now, most=2 * STORIES, followed=only
            )
            chosen = tuple(story for story, _ in own)
        return _Material(await self._quoted(found, chosen), await self._instalment(wish))

    async def _candidates(self, wish: Digest, now: datetime) -> _Stock:
        if not NEWS & {*wish.shelves}:
            return _Stock(())
        minute = int(now.timestamp() // FRESH_SECONDS)
        window = _Window(wish.language, wish.topics, wish.since, minute)
        found = self._stories.get(window)
        if found is None:
            found = self._stories[window] = _Stock(await news.since_then(
                self._db, wish.language, LONG_AGO if self._samples else wish.since,
                topics=wish.topics, samples=self._samples,
            ))  # fmt: skip
        return found

    async def _quoted(self, stock: _Stock, chosen: Sequence[Story]) -> tuple[Story, ...]:
        unquoted = [story for story in chosen if story.id not in stock.quoted]
        read = await quotes.of_stories(self._db, self._children, unquoted, self._web)
        stock.quoted |= {story.id: story for story in read}
        return tuple(stock.quoted[story.id] for story in chosen)

    async def _instalment(self, wish: Digest) -> Instalment | None:
        """The part of a report that comes next in this subscription; None after the last."""
        if "reports" not in wish.shelves:
            return None
        report_id, done = await self._db.read(subscriptions.part_told, wish.subscription_id)
        while True:
            if report_id is not None:
                title, parts = await self._report(report_id)
                if done < len(parts):
                    return _told(report_id, title, parts, done)
            report_id = await self._db.read(shelf.next_id, wish.language, report_id)
            if report_id is None:
                return None
            done = 0

    async def _report(self, report_id: int) -> tuple[str, tuple[Part, ...]]:
        if report_id not in self._parts:
            report = await self._db.read(shelf.find, report_id)
            if report is None:
                return "", ()
            reading = await reports.read(self._db, self._children, report)
            self._parts[report_id] = report.title, _parts(reading)
        return self._parts[report_id]


def _only_followed(wish: Digest) -> bool:
    return "headlines" not in wish.shelves


def _too_little(
    conn: Connection, chat_id: int, wish: Digest, material: _Material, now: datetime
) -> bool:
    """Fewer stories are new to the chat than it wants to be bothered for."""
    if not wish.at_least or not NEWS & {*wish.shelves}:
        return False
    new = news.choose(
        conn, chat_id, material.candidates, now, most=wish.at_least, followed=_only_followed(wish)
    )
    return len(new) < wish.at_least


def _compose(
    conn: Connection,
    chat_id: int,
    wish: Digest,
    material: _Material,
    *,
    key: int,
    due: datetime | None,
    now: datetime,
) -> Message:
    """The message; the chat counts as told of its stories, its joke and the report's part."""
    told = news.choose(
        conn, chat_id, material.candidates, now, most=STORIES, followed=_only_followed(wish)
    )
    stories.note(conn, chat_id, [story for story, _ in told], now)
    telling, part = None, material.part
    if "jokes" in wish.shelves:
        telling = tellings.tell(
            conn, chat_id, wish.language, word=None, update_id=key, now=now, in_digest=True
        )
    if part is not None:
        subscriptions.mark_part(conn, wish.subscription_id, part.report_id, part.number)
    if wish.asks_weekly:
        subscriptions.mark_weekly_asked(conn, wish.subscription_id, now)
    brief = Brief(
        wish.subscription_id, wish.shelves, tuple(told), part, telling, due,
        wish.asks_weekly and not wish.in_channel, wish.is_last, wish.in_channel,
    )  # fmt: skip
    return render.message(brief, Texts(wish.language), now)


def _parts(reading: Reading) -> tuple[Part, ...]:
    """Those that say something; a report without headings is one part."""
    return tuple(part for part in reading.parts if part.ranked) or (Part(None, reading.ranked),)


def _told(report_id: int, title: str, parts: Sequence[Part], done: int) -> Instalment:
    part = parts[done]
    heading = part.section.title if part.section else None
    return Instalment(
        report_id, title, heading, part.best(SENTENCES), number=done + 1, total=len(parts)
    )
