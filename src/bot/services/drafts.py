"""Drafts: what an admin is about to put on a shelf, looked at before anybody else sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.models.acts import keyed, said
from bot.models.feeds import FeedEntry
from bot.services import acts, plans
from bot.store import acts as done
from bot.store import chats, feeds, reports
from bot.store import drafts as rows
from bot.store import plans as planned
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import Change, ItemEntry, Shelf
    from bot.models.drafts import Asks, Draft, Part
    from bot.models.feeds import Sample
    from bot.models.plans import Plan
    from bot.store.database import Connection, Database

Place = tuple[int, int]

_CLOSED = mark("That draft is closed. Start a new one with /addjoke, /addheadline or /addreport.")
_NEVER_SEEN = mark("It would go before it comes: please choose a later end.")
_UNFINISHED = mark("There is nothing in this draft yet.")
OPEN = mark("One draft is open here already: finish it with its buttons, then start the next.")
_CHANGED = mark(
    "Somebody changed it while you were at it, so nothing of yours was saved. It says now: {text}"
)
_FOLLOWED = mark("This one is followed already.")
SHOWN_CHARS, SHOWN_BEFORE = 300, 60


async def current(db: Database, place: Place) -> Draft | None:
    """The draft that a person's next message is for; `place` is the chat and the person."""
    return await db.read(rows.asking, *place)


async def find(db: Database, place: Place, draft_id: int) -> Draft:
    """One of theirs; a UserError if it is closed."""
    return await db.read(_find, place, draft_id)


async def begin(
    db: Database,
    place: Place,
    shelf: Shelf,
    now: datetime,
    *,
    entry: ItemEntry | None = None,
    asks: Asks | None = None,
    sample: Sample | None = None,
) -> Draft | None:
    """Open a draft; None if it asks for a message while another one collects them already."""

    def work(conn: Connection) -> Draft | None:
        if asks and _collects(conn, place):
            return None
        return rows.start(conn, *place, shelf, now, entry=entry, asks=asks, sample=sample)

    return await db.write(work)


async def begin_edit(
    db: Database, place: Place, shelf: Shelf, item_id: int, now: datetime
) -> Draft:
    """Open a draft of what stands on the shelf."""

    def work(conn: Connection) -> Draft:
        item = acts.on_shelf(conn, shelf, item_id)
        seen = item.edited_at
        draft = rows.start(
            conn, *place, shelf, now, entry=item.entry, item_id=item_id, seen_at=seen
        )
        reading = reports.reading(conn, item_id) if shelf == "reports" else None
        rows.put(conn, draft.id, item.entry, now, reading=reading)
        goes = planned.goes_at(conn, shelf, item_id)
        rows.set_times(conn, draft.id, None, goes, now)
        return replace(draft, reading=reading, expires_at=goes)

    return await db.write(work)


async def put(db: Database, draft: Draft, entry: ItemEntry, now: datetime) -> None:
    """The draft says this now; what was read of its text still holds."""
    await db.write(rows.put, draft.id, entry, now, hint=draft.hint, reading=draft.reading)


async def ask(db: Database, place: Place, draft: Draft, asks: Asks | None, now: datetime) -> None:
    """What the next message gives; a UserError while another draft collects them."""

    def work(conn: Connection) -> None:
        if asks and _collects(conn, place, draft.id):
            raise UserError(OPEN)
        rows.ask(conn, draft.id, asks, now)

    await db.write(work)


async def set_times(
    db: Database, draft: Draft, publish_at: datetime | None, expires_at: datetime | None,
    now: datetime,
) -> None:  # fmt: skip
    """When it comes and goes; a UserError if it would go before it comes."""
    if expires_at is not None and expires_at <= (publish_at or now):
        raise UserError(_NEVER_SEEN)
    await db.write(rows.set_times, draft.id, publish_at, expires_at, now)


async def zone(db: Database, place: Place, default: str) -> ZoneInfo:
    """The zone in which its admin reads times."""
    chosen: str | None = await db.read(chats.zone, place[0])
    return ZoneInfo(chosen or default)


async def cancel(db: Database, place: Place, draft_id: int) -> None:
    """Nothing of it is kept."""

    def work(conn: Connection) -> None:
        rows.close(conn, _find(conn, place, draft_id).id)

    await db.write(work)


async def publish(
    db: Database, place: Place, draft_id: int, update_id: int, now: datetime
) -> Change | Plan:
    """Put it on the shelf, or let it come later, or change what stands there if nobody else did
    meanwhile.
    """

    def work(conn: Connection) -> Change | Plan:
        before = done.of_update(conn, update_id) or planned.of_update(conn, update_id)
        if before is not None:
            return before
        draft = _find(conn, place, draft_id)
        if draft.item_id is None and draft.entry and draft.publish_at and draft.publish_at > now:
            change: Change | Plan = plans.plan(conn, place[1], draft, update_id, now)
        else:
            change = _publish(conn, place[1], draft, update_id, now)
        rows.close(conn, draft.id)
        return change

    return await db.write(work)


async def set_status(db: Database, draft: Draft, message_id: int | None) -> None:
    """The message that says how far it is."""
    await db.write(rows.set_status, draft.id, message_id)


async def without_status(db: Database, draft: Draft) -> Draft:
    """The next thing to say about it is said in a new message."""
    await set_status(db, draft, None)
    return replace(draft, status_id=None)


async def parts(db: Database, draft: Draft) -> list[Part]:
    """What was sent for it so far."""
    return await db.read(rows.parts, draft.id)


def _collects(conn: Connection, place: Place, but: int | None = None) -> bool:
    """Whether messages are being collected here that would be lost."""
    draft = rows.asking(conn, *place)
    if draft is None or draft.id == but or draft.entry is not None:
        return False
    return rows.has_parts(conn, draft.id)


def _publish(
    conn: Connection, person_id: int, draft: Draft, update_id: int, now: datetime
) -> Change:
    change = _shelve(conn, person_id, draft, update_id, now)
    place = (change.shelf, change.item_id)
    if draft.expires_at is not None:
        planned.expire(conn, person_id, update_id, *place, draft.expires_at)
    else:
        planned.stay(conn, *place)
    return change


def _shelve(
    conn: Connection, person_id: int, draft: Draft, update_id: int, now: datetime
) -> Change:
    if draft.entry is None:
        raise UserError(_UNFINISHED)
    if draft.item_id is None:
        entry = keyed(draft.entry, draft.key)
        if isinstance(entry, FeedEntry) and feeds.at(conn, entry.url):
            raise UserError(_FOLLOWED)
        return acts.add(conn, person_id, entry, update_id, now, reading=draft.reading)
    item = acts.on_shelf(conn, draft.shelf, draft.item_id)
    if item.edited_at != draft.seen_at:
        raise UserError(_CHANGED, text=_says(item.entry, draft.entry))
    return acts.edit(conn, person_id, draft.item_id, draft.entry, update_id, now)


def _find(conn: Connection, place: Place, draft_id: int) -> Draft:
    draft = rows.find(conn, *place, draft_id)
    if draft is None:
        raise UserError(_CLOSED)
    return draft


def _says(entry: ItemEntry, other: ItemEntry) -> str:
    """What it says, from a little before the place where the other says something else."""
    text, other_text = " | ".join(said(entry)), " | ".join(said(other))
    both = zip(f"{text}\0", f"{other_text}\0", strict=False)
    parting = next((place for place, (now, then) in enumerate(both) if now != then), 0)
    begin = max(0, parting - SHOWN_BEFORE)
    shown = text[begin : begin + SHOWN_CHARS]
    return "…" * bool(begin) + shown + "…" * (begin + SHOWN_CHARS < len(text))
