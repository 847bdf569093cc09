"""Counts over time. Days and hours are UTC's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Float, Text, case, cast, extract, func, literal_column, select

from bot.models.stats import Feeds, Hour, Voted
from bot.store.chats import chats, people
from bot.store.feeds import FOLLOWED, feeds
from bot.store.headlines import headlines
from bot.store.jokes import SHELVED, jokes
from bot.store.outbox import outbox
from bot.store.schema import count_rows
from bot.store.subscriptions import subscriptions
from bot.store.votes import joke_votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, ColumnElement

DAY, HOUR = 10, 13
SECONDS_A_DAY = 86_400
TOP = 200


def people_by(conn: Connection, days: Sequence[date]) -> tuple[int, ...]:
    """How many people had been met by the end of each day."""
    return _grown(days, _new(conn, people.c.first_seen_at))


def subscriptions_by(conn: Connection, days: Sequence[date]) -> tuple[int, ...]:
    """How many subscriptions there were at the end of each day; ended ones are soon forgotten."""
    there = _grown(days, _new(conn, subscriptions.c.created_at))
    gone = _grown(days, _new(conn, subscriptions.c.removed_at))
    return tuple(made - ended for made, ended in zip(there, gone, strict=True))


def groups(conn: Connection) -> int:
    """How many groups and channels it serves."""
    many = chats.c.kind != "private"
    return count_rows(conn, chats, many, chats.c.paused_at.is_(None))


def hours(conn: Connection, since: datetime) -> tuple[Hour, ...]:
    """What was sent since then, hour by hour."""
    late = _seconds(conn, outbox.c.settled_at) - _seconds(conn, outbox.c.due_at)
    hour = _start(conn, outbox.c.settled_at, HOUR).label("hour")
    sent = (outbox.c.state == "done", outbox.c.message_id.is_not(None))
    found = select(hour, func.count(), func.avg(late), func.max(late))
    rows = conn.execute(found.where(*sent, outbox.c.settled_at >= since).group_by(hour))
    return tuple(
        Hour(datetime.fromisoformat(f"{at}:00").replace(tzinfo=UTC), sent, float(mean), float(top))
        for at, sent, mean, top in sorted(map(tuple, rows))
    )


def voted(conn: Connection, most: int) -> tuple[Voted, ...]:
    """The jokes that people surely like best."""
    laughs = func.sum(case((joke_votes.c.vote == "laugh", 1), else_=0)).label("laughs")
    found = (
        select(jokes.c.id, jokes.c.text, laughs, func.count())
        .join(joke_votes, joke_votes.c.joke_id == jokes.c.id)
        .where(SHELVED)
        .group_by(jokes.c.id, jokes.c.text)
        .order_by(laughs.desc())
        .limit(TOP)
    )
    best = [Voted(*row) for row in conn.execute(found)]
    return tuple(sorted(best, key=lambda each: each.liked, reverse=True)[:most])


def topics(conn: Connection, since: datetime, *, samples: bool) -> tuple[tuple[str, int], ...]:
    """Headlines since then by topic, the most first."""
    many = func.count().label("many")
    kept = [headlines.c.removed_at.is_(None), headlines.c.sample == samples]
    kept += [] if samples else [headlines.c.published >= since]
    found = select(headlines.c.topic, many).where(*kept).group_by(headlines.c.topic)
    return tuple((topic, count) for topic, count in conn.execute(found.order_by(many.desc())))


def feeds_now(conn: Connection) -> Feeds:
    """The feeds by how they are doing."""
    paused, retired = feeds.c.paused, feeds.c.retired_at.is_not(None)
    state = case((paused, "paused"), (retired, "retired"), (feeds.c.failures > 0, "troubled"),
                 else_="well").label("state")  # fmt: skip
    counted = select(state, func.count()).where(feeds.c.removed_at.is_(None), FOLLOWED | retired)
    found: dict[str, int] = dict(conn.execute(counted.group_by(state)).all())
    return Feeds(*(found.get(name, 0) for name in ("well", "troubled", "paused", "retired")))


def _new(conn: Connection, column: Column[Any]) -> dict[str, int]:
    day = _start(conn, column, DAY).label("day")
    found = select(day, func.count()).where(column.is_not(None)).group_by(day)
    return dict(conn.execute(found).all())


def _grown(days: Sequence[date], new: dict[str, int]) -> tuple[int, ...]:
    return tuple(sum(many for at, many in new.items() if at <= day.isoformat()) for day in days)


def _start(conn: Connection, column: Column[Any], length: int) -> ColumnElement[str]:
    """`2024-05-01` or `2024-05-01 12`."""
    if conn.dialect.name == "postgresql":
        shape: ColumnElement[str] = literal_column(
            "'YYYY-MM-DD HH24'" if length == HOUR else "'YYYY-MM-DD'"
        )
        return func.to_char(func.timezone(literal_column("'UTC'"), column), shape, type_=Text)
    return func.substr(column, literal_column("1"), literal_column(str(length)), type_=Text)


def _seconds(conn: Connection, column: Column[Any]) -> ColumnElement[float]:
    if conn.dialect.name == "postgresql":
        return cast(extract("epoch", column), Float)
    return func.julianday(column) * SECONDS_A_DAY
