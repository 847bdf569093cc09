"""What people save for themselves, from anywhere, to look through in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import HEADLINE_KEEP_DAYS, SAVED_PER_PERSON
from bot.errors import UserError
from bot.models.saved import Saved, SavedPage, Target
from bot.render import saved as render
from bot.render.pages import PAGE
from bot.render.split import clip
from bot.store import jokes, reports, stories
from bot.store import saved as rows
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.messages import Keyboard
    from bot.models.saved import Kind
    from bot.store.database import Connection, Database

# A joke has no title: so much of its beginning stands for it.
FIRST_WORDS = 80
OFF_THE_LIST = mark("That is no longer on your list.")


async def press(
    db: Database,
    person_id: int,
    kind: Kind,
    item_id: int,
    update_id: int,
    now: datetime,
    *,
    wish: bool | None = None,
) -> bool:
    """Whether the person has it saved from now on: as they wish, or else what was not so before.

    A UserError for what is gone and what would be too many. An update may come again.
    """

    def work(conn: Connection) -> bool:
        target = _target(conn, kind, item_id)
        known = rows.find(conn, person_id, kind, target.id if target else item_id)
        keep = wish if wish is not None else known is None or known.id == update_id
        if known and not keep:
            rows.drop(conn, person_id, known.id)
        elif target and keep and known is None:
            _add(conn, person_id, target, update_id, now)
        elif target is None and known is None:
            raise UserError(render.GONE[kind], n=HEADLINE_KEEP_DAYS)
        return keep

    return await db.write(work)


async def page(db: Database, person_id: int, offset: int) -> SavedPage:
    """A page of the person's list, or the last one if it ends before that."""

    def work(conn: Connection) -> SavedPage:
        total = rows.count(conn, person_id)
        start = min(offset, max(total - 1, 0) // PAGE * PAGE)
        return SavedPage(tuple(rows.page(conn, person_id, start, PAGE)), start, total)

    return await db.read(work)


async def find(db: Database, person_id: int, saved_id: int) -> tuple[Saved, bool]:
    """One thing of the person's list, and whether its shelf has it still."""

    def work(conn: Connection) -> tuple[Saved, bool]:
        known = rows.get(conn, person_id, saved_id)
        if known is None:
            raise UserError(OFF_THE_LIST)
        there = known.item_id is not None and _target(conn, known.kind, known.item_id) is not None
        return known, there

    return await db.read(work)


async def drop(db: Database, person_id: int, saved_id: int) -> None:
    """Take it off the list, whether its shelf has it or not."""
    await db.write(rows.drop, person_id, saved_id)


async def starred(db: Database, chat_id: int, keyboard: Keyboard) -> Keyboard:
    """`star`, in a transaction of its own."""
    return await db.read(star, chat_id, keyboard)


def star(conn: Connection, chat_id: int, keyboard: Keyboard) -> Keyboard:
    """The buttons of what is saved already, filled.

    A private chat has the number of its person; a group, where each has a list, that of nobody.
    """
    known = [named for named in render.targets(keyboard) if rows.find(conn, chat_id, *named)]
    return render.starred(keyboard, known)


def _add(conn: Connection, person_id: int, target: Target, update_id: int, now: datetime) -> None:
    if rows.count(conn, person_id) >= SAVED_PER_PERSON:
        raise UserError(
            "Your list is full with {n}: please take something off first. /saved shows it.",
            n=SAVED_PER_PERSON,
        )
    rows.add(conn, person_id, target, update_id, now)


def _target(conn: Connection, kind: Kind, item_id: int) -> Target | None:
    """It as its shelf has it now; None once it is gone."""
    if kind == "joke" and (joke := jokes.find(conn, item_id)):
        return Target(kind, joke.id, clip(" ".join(joke.text.split()), FIRST_WORDS))
    if kind == "report" and (report := reports.find(conn, item_id)):
        return Target(kind, report.id, report.title, report.url)
    if kind == "story" and (story := stories.find(conn, item_id)):
        return Target(kind, story.id, story.lead.title, story.lead.url or None)
    return None
