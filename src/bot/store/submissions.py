"""Jokes that people send in, until a moderator has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from bot.models.jokes import JokeEntry
from bot.models.submissions import Case, Wording
from bot.store.chats import people
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Literal

    from sqlalchemy import Row, Select

    Settled = Literal["approved", "rejected", "expired"]

# Retention: thirty days until it expires, thirty days once settled, or until the person asks to be
# forgotten.
submissions = Table(
    "submissions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column(
        "person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("language", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("punchline", CleanText),
    Column("submitted_at", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_at", Utc),
    Column("settled_by", BigInteger),
)
PENDING = submissions.c.settled_at.is_(None)
index("ix_submissions_pending", submissions.c.id, where=PENDING)
index("ix_submissions_settled_at", submissions.c.settled_at, where=~PENDING)
# Retention: a quarter of an hour. What somebody was asked to type, of which only the last counts.
awaited = Table(
    "awaited",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("what", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
)


# Retention: goes with what it is about. Votes of moderators where it takes several; `key` names the
# case in the words that each has read.
verdicts = Table(
    "verdicts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("verdict", Text, nullable=False),
    Column("at", Utc, nullable=False, index=True),
)


def entry(conn: Connection, number: int) -> JokeEntry | None:
    """What was sent in, decided about or not."""
    row = conn.execute(select(submissions).where(submissions.c.id == number)).first()
    return JokeEntry("", row.language, row.category, row.text, row.punchline) if row else None


def vote(conn: Connection, key: str, person_id: int, verdict: str, now: datetime) -> int:
    """A moderator's one vote about a case, which may change; how many agree with it."""
    values = {"verdict": verdict, "at": now}
    fresh = insert(conn, verdicts).values(key=key, person_id=person_id, **values)
    conn.execute(fresh.on_conflict_do_update(index_elements=["key", "person_id"], set_=values))
    here = (verdicts.c.key == key, verdicts.c.verdict == verdict)
    return count_rows(conn, verdicts, *here)


def votes(conn: Connection, key: str) -> dict[str, int]:
    """How many voted for what."""
    counted = select(verdicts.c.verdict, func.count()).where(verdicts.c.key == key)
    return dict(conn.execute(counted.group_by(verdicts.c.verdict)).all())


def add(
    conn: Connection,
    person_id: int,
    wording: Wording,
    language: str,
    category: str,
    update_id: int,
    now: datetime,
) -> None:
    """Put one into the queue; an update that is replayed has put it there already."""
    values = {
        "person_id": person_id, "language": language, "category": category, "text": wording.text,
        "punchline": wording.punchline, "submitted_at": now, "state": "pending",
    }  # fmt: skip
    fresh = insert(conn, submissions).values(update_id=update_id, **values)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["update_id"]))


def known(conn: Connection, update_id: int) -> bool:
    """Whether this update put one into the queue."""
    here = select(submissions.c.id).where(submissions.c.update_id == update_id)
    return conn.scalar(here) is not None


def sent_since(conn: Connection, person_id: int, since: datetime) -> int:
    """How many this person sent in."""
    theirs = (submissions.c.person_id == person_id, submissions.c.submitted_at > since)
    return conn.scalar(select(func.count()).select_from(submissions).where(*theirs)) or 0


def pending(conn: Connection, after: int, limit: int) -> list[Case]:
    """Those that wait, the oldest first."""
    waiting = _cases().where(PENDING, submissions.c.id > after).order_by(submissions.c.id)
    return [_case(row) for row in conn.execute(waiting.limit(limit))]


def count(conn: Connection) -> int:
    """How many wait."""
    return conn.scalar(select(func.count()).select_from(submissions).where(PENDING)) or 0


def find(conn: Connection, submission_id: int) -> Case | None:
    """One that waits; None once it is settled."""
    row = conn.execute(_cases().where(submissions.c.id == submission_id, PENDING)).first()
    return _case(row) if row else None


def overdue(conn: Connection, before: datetime, limit: int) -> list[Case]:
    """Those that have waited too long."""
    old = _cases().where(PENDING, submissions.c.submitted_at < before)
    return [_case(row) for row in conn.execute(old.order_by(submissions.c.id).limit(limit))]


def settle(
    conn: Connection, submission_id: int, state: Settled, by: int | None, now: datetime
) -> None:
    """It waits no more."""
    here = (submissions.c.id == submission_id, PENDING)
    values = {"state": state, "settled_by": by, "settled_at": now}
    conn.execute(update(submissions).where(*here).values(**values))


def refuse_all_of(conn: Connection, person_id: int, by: int, now: datetime) -> None:
    """Nothing of this person waits any more."""
    theirs = (submissions.c.person_id == person_id, PENDING)
    values = {"state": "rejected", "settled_by": by, "settled_at": now}
    conn.execute(update(submissions).where(*theirs).values(**values))


def reword(conn: Connection, submission_id: int, wording: Wording) -> None:
    """Put other words into one that waits."""
    values = {"text": wording.text, "punchline": wording.punchline}
    conn.execute(
        update(submissions).where(submissions.c.id == submission_id, PENDING).values(**values)
    )


def purge(conn: Connection, settled: datetime, asked: datetime) -> None:
    """Drop what was settled before the one time and asked before the other."""
    conn.execute(delete(submissions).where(submissions.c.settled_at < settled))
    conn.execute(delete(verdicts).where(verdicts.c.at < settled))
    conn.execute(delete(awaited).where(awaited.c.asked_at < asked))


def await_words(conn: Connection, person_id: int, what: str, key: str, now: datetime) -> None:
    """The next text of this person says what was asked."""
    values = {"what": what, "key": key, "asked_at": now}
    fresh = insert(conn, awaited).values(person_id=person_id, **values)
    conn.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_=values))


def expected(conn: Connection, person_id: int, since: datetime) -> tuple[str, str] | None:
    """What this person was asked to type since then, and about which case."""
    theirs = (awaited.c.person_id == person_id, awaited.c.asked_at >= since)
    row = conn.execute(select(awaited.c.what, awaited.c.key).where(*theirs)).first()
    return (row.what, row.key) if row else None


def expect_nothing(conn: Connection, person_id: int, what: str | None = None) -> int:
    """It was said, or is not wanted any more, only this or whatever it is; how many there were."""
    theirs = [awaited.c.person_id == person_id]
    if what is not None:
        theirs.append(awaited.c.what == what)
    return conn.execute(delete(awaited).where(*theirs)).rowcount


def _cases() -> Select[*tuple[Any, ...]]:
    joined = submissions.join(people, people.c.id == submissions.c.person_id)
    return select(submissions, people.c.name).select_from(joined)


def _case(row: Row[*tuple[Any, ...]]) -> Case:
    return Case(
        "sent", row.id, Wording(row.text, row.punchline), row.language, row.category,
        row.submitted_at, person_id=row.person_id, person=row.name,
    )  # fmt: skip
