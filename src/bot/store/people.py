"""People as admins look them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Subquery, func, or_, select, union

from bot.models.people import Known
from bot.store.bans import bans
from bot.store.chats import people
from bot.store.roles import roles
from bot.store.schema import count_rows
from bot.store.subscriptions import LIVE, subscriptions
from bot.words.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.models.people import Kind


def page(
    conn: Connection, kind: Kind, word: str, owners: Iterable[int], offset: int, limit: int
) -> tuple[list[Known], int]:
    """Those whom the word names, who was here last first; and how many there are."""
    ids = _ids()
    wanted = [*_of_kind(kind, ids, owners), *_named(word, ids)]
    order = (people.c.seen_at.desc().nulls_last(), ids.c.id)
    found = _select(ids).where(*wanted).order_by(*order).offset(offset).limit(limit)
    return [Known(*row) for row in conn.execute(found)], count_rows(conn, _joined(ids), *wanted)


def find(conn: Connection, person_id: int) -> Known | None:
    """One of them."""
    ids = _ids()
    row = conn.execute(_select(ids).where(ids.c.id == person_id)).first()
    return Known(*row) if row else None


def _ids() -> Subquery:
    """Who was met, and who was banned: of them only the number may be left."""
    met, banned = select(people.c.id), select(bans.c.person_id)
    return union(met, banned).subquery()


def _joined(ids: Subquery) -> Any:
    return (
        ids.outerjoin(people, people.c.id == ids.c.id)
        .outerjoin(roles, roles.c.person_id == ids.c.id)
        .outerjoin(bans, bans.c.person_id == ids.c.id)
    )


def _select(ids: Subquery) -> Any:
    mine = select(func.count()).where(subscriptions.c.chat_id == ids.c.id, LIVE)
    banners = people.alias()
    banner = select(banners.c.name).where(banners.c.id == bans.c.banned_by)
    return select(
        ids.c.id, people.c.name, people.c.first_seen_at, people.c.seen_at, roles.c.role,
        bans.c.banned_at, bans.c.banned_by, banner.scalar_subquery().label("banner"),
        mine.scalar_subquery().label("subscriptions"),
    ).select_from(_joined(ids))  # fmt: skip


def _of_kind(kind: Kind, ids: Subquery, owners: Iterable[int]) -> list[ColumnElement[bool]]:
    if kind == "team":
        return [or_(roles.c.role.is_not(None), ids.c.id.in_(list(owners)))]
    return [bans.c.person_id.is_not(None)] if kind == "banned" else []


def _named(word: str, ids: Subquery) -> list[ColumnElement[bool]]:
    """SQLite knows upper and lower case of ASCII only."""
    if not word:
        return []
    forms = {word, word.lower(), word.upper(), word.title()}
    named = [people.c.name.contains(form, autoescape=True) for form in forms]
    named.append(func.lower(people.c.name).contains(word.lower(), autoescape=True))
    if (number := whole(word)) is not None:
        named.append(ids.c.id == number)
    return [or_(*named)]
