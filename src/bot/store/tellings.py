"""Which chat heard which joke: none comes twice before all that fit were told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    exists,
    func,
    select,
    update,
)

from bot.models.jokes import Telling
from bot.store.folding import fold
from bot.store.jokes import SHELVED, joke, jokes, with_votes
from bot.store.schema import BigId, Utc, insert, metadata
from bot.store.search import asked, matches, some_matching
from bot.store.votes import joke_flags

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.sql.dml import ReturningInsert

Kind = Literal["all", "kept", "open", "category", "word", "whole"]

# One joke in so many is kept for digests: the rest is told first elsewhere.
KEPT_OF = 8
CHOSEN_FROM = 500

# Retention of both: as long as the chat's own row.
tellings = Table(
    "tellings",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("joke_id", BigId, ForeignKey("jokes.id", ondelete="CASCADE"), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("told_at", Utc, nullable=False),
    Column("update_id", BigInteger),
    Column("starts_over", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_tellings_chat_id_update_id", tellings.c.chat_id, tellings.c.update_id, unique=True)
Index("ix_tellings_joke_id", tellings.c.joke_id)
# When a chat that had heard all that fit a wish (language, kind, word) began anew.
joke_rounds = Table(
    "joke_rounds",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("wish", Text, primary_key=True),
    Column("began_at", Utc, nullable=False),
)

CHAT: BindParameter[int] = bindparam("chat")
LANGUAGE: BindParameter[str] = bindparam("language")
WORD: BindParameter[str] = bindparam("word")
QUERY: BindParameter[str] = bindparam("query")
START: BindParameter[int] = bindparam("start", type_=Integer)
TOLD_HERE = exists().where(tellings.c.chat_id == CHAT, tellings.c.joke_id == jokes.c.id)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat asked for."""

    chat: int
    language: str
    kind: Kind
    word: str
    dialect: str

    def values(self, *, whole: bool = False) -> dict[str, object]:
        """For the statements below; of a word, whether it has to stand there as a whole."""
        place = {"chat": self.chat, "language": self.language, "word": self.word}
        if self.kind != "word":
            return place
        return place | {"query": asked(self.dialect, self.word, whole=whole)}

    def name(self) -> str:
        """By which a chat's rounds of it are told apart."""
        return f"{self.language}:{self.kind}:{self.word}"


def tell(
    conn: Connection,
    chat_id: int,
    language: str,
    *,
    word: str | None,
    update_id: int,
    now: datetime,
    in_digest: bool = False,
) -> Telling | None:
    """A joke this chat has not heard, or the one heard longest ago; None if none fits.

    `word` is a category, or else stands in the joke. The same update gets the same joke again.
    A joke that a person flagged is not told again in their private chat. Some are kept for
    digests as long as there are others.
    """
    before = conn.execute(_replay(), {"chat": chat_id, "update": update_id}).first()
    if before is not None:
        return Telling(joke(before), before.starts_over)
    wish = _wish(conn, chat_id, language, fold(word))
    if wish.kind == "word" and not asked(wish.dialect, wish.word):
        return None
    for kind in _in_turn(wish.kind, in_digest=in_digest):
        if new := _tell_new(conn, wish, kind, update_id, now):
            return new
    return _tell_again(conn, wish, update_id, now)


def _in_turn(kind: Kind, *, in_digest: bool) -> tuple[Kind, ...]:
    """What is looked for first, and then: those not kept for others, the word before its like."""
    if kind == "all":
        return ("kept" if in_digest else "open", "all")
    return ("whole", "word") if kind == "word" else (kind,)


def _tell_new(
    conn: Connection, wish: Wish, kind: Kind, update_id: int, now: datetime
) -> Telling | None:
    values = {"chat_id": wish.chat, "times": 1, "told_at": now, "update_id": update_id}
    places = {**wish.values(whole=kind == "whole"), "start": _start(wish.chat, update_id)}
    while row := conn.execute(_fresh(wish.dialect, kind), places).first():
        first = {**values, "joke_id": row.id, "starts_over": False}
        # Nothing comes back if somebody else told it here in this moment: then the next one.
        if conn.execute(_first_telling(conn.dialect.name), first).first() is not None:
            return Telling(joke(row))
    return None


def _tell_again(conn: Connection, wish: Wish, update_id: int, now: datetime) -> Telling | None:
    """All were told. A round of this wish ends when even the oldest telling falls into it."""
    parameters = {**wish.values(), "wish": wish.name()}
    row = conn.execute(_oldest(wish.dialect, wish.kind), parameters).first()
    if row is None:
        return None
    starts_over = row.began_at is None or row.told_at >= row.began_at
    if starts_over:
        _begin_round(conn, wish, now)
    changes = {"told_at": now, "update_id": update_id, "starts_over": starts_over}
    here = (tellings.c.chat_id == wish.chat, tellings.c.joke_id == row.id)
    conn.execute(update(tellings).where(*here).values(times=tellings.c.times + 1, **changes))
    return Telling(joke(row), starts_over)


def _begin_round(conn: Connection, wish: Wish, now: datetime) -> None:
    fresh = insert(conn, joke_rounds).values(chat_id=wish.chat, wish=wish.name(), began_at=now)
    key = ["chat_id", "wish"]
    conn.execute(fresh.on_conflict_do_update(index_elements=key, set_={"began_at": now}))


def _wish(conn: Connection, chat_id: int, language: str, word: str) -> Wish:
    dialect = conn.dialect.name
    if not word:
        return Wish(chat_id, language, "all", "", dialect)
    is_category = conn.scalar(_is_category(), {"language": language, "word": word})
    return Wish(chat_id, language, "category" if is_category else "word", word, dialect)


def _start(chat_id: int, update_id: int) -> int:
    """Where in the shuffle to look first: random, but the same for the same update."""
    digest = blake2b(f"{chat_id}:{update_id}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> 1


# Statements are built once: that takes longer than running them.


@cache
def _replay() -> Select[*tuple[Any, ...]]:
    here = (tellings.c.chat_id == CHAT, tellings.c.update_id == bindparam("update"))
    statement = with_votes().add_columns(tellings.c.starts_over)
    return statement.join(tellings, tellings.c.joke_id == jokes.c.id).where(*here)


@cache
def _is_category() -> Select[*tuple[Any, ...]]:
    here = (jokes.c.language == LANGUAGE, jokes.c.category == WORD, SHELVED)
    return select(exists().where(*here))


@cache
def _fresh(dialect: str, kind: Kind) -> Select[*tuple[Any, ...]]:
    if kind in {"word", "whole"}:
        return _fresh_with_word(dialect)
    untold = select(jokes.c.id).where(_fits(dialect, kind), ~TOLD_HERE)
    unheard = untold.order_by(jokes.c.shuffle).limit(1)
    after = unheard.where(jokes.c.shuffle >= START).scalar_subquery()
    before = unheard.where(jokes.c.shuffle < START).scalar_subquery()
    return with_votes().where(jokes.c.id == func.coalesce(after, before))


def _fresh_with_word(dialect: str) -> Select[*tuple[Any, ...]]:
    """Of a common word some that fit are enough to choose from; all matches may be most jokes."""
    some = some_matching(dialect, jokes, QUERY, _fits(dialect, "all") & ~TOLD_HERE, CHOSEN_FROM)
    order = (jokes.c.shuffle < START, jokes.c.shuffle)
    best = (
        select(jokes.c.id).where(jokes.c.id.in_(some)).order_by(*order).limit(1).scalar_subquery()
    )
    return with_votes().where(jokes.c.id == best)


@cache
def _first_telling(dialect: str) -> ReturningInsert[int]:
    first = insert(dialect, tellings)
    told = first.on_conflict_do_nothing(index_elements=["chat_id", "joke_id"])
    return told.returning(tellings.c.joke_id)


@cache
def _oldest(dialect: str, kind: Kind) -> Select[*tuple[Any, ...]]:
    round_ = (joke_rounds.c.chat_id == CHAT, joke_rounds.c.wish == bindparam("wish"))
    began_at = select(joke_rounds.c.began_at).where(*round_).scalar_subquery()
    here = tellings.c.chat_id == CHAT
    fits = exists().where(jokes.c.id == tellings.c.joke_id, _fits(dialect, kind))
    oldest = select(tellings.c.joke_id).where(here, fits)
    oldest = oldest.order_by(tellings.c.told_at, tellings.c.times, tellings.c.joke_id).limit(1)
    told = with_votes().add_columns(tellings.c.told_at, began_at.label("began_at"))
    both = told.join(tellings, tellings.c.joke_id == jokes.c.id)
    return both.where(here, jokes.c.id == oldest.scalar_subquery())


def _fits(dialect: str, kind: Kind) -> ColumnElement[bool]:
    flagged = exists().where(joke_flags.c.joke_id == jokes.c.id, joke_flags.c.person_id == CHAT)
    fits = (jokes.c.language == LANGUAGE) & SHELVED & ~flagged
    kept = jokes.c.shuffle % KEPT_OF == 0
    if kind in {"kept", "open"}:
        return fits & (kept if kind == "kept" else ~kept)
    if kind == "category":
        return fits & (jokes.c.category == WORD)
    if kind == "word":
        return fits & matches(dialect, jokes, QUERY)
    return fits
