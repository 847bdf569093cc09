"""Telling jokes and hearing what people think of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config import FLAGS_HIDE
from bot.store import jokes as rows
from bot.store import review, tellings, votes

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.chats import Chat
    from bot.models.jokes import Joke, Telling, Vote
    from bot.store.database import Connection, Database


async def tell(
    db: Database, chat: Chat, word: str, update_id: int, now: datetime
) -> Telling | None:
    """A joke this chat has not heard, of a category or with a word in it if `word` is not empty.

    The same update always gets the same joke. None: no joke fits.
    """
    return await db.write(
        tellings.tell, chat.id, chat.language, word=word or None, update_id=update_id, now=now
    )


async def vote(db: Database, joke_id: int, person_id: int, vote: Vote) -> Joke | None:
    """Count one person's opinion, the last one given; None when the joke is gone."""

    def work(conn: Connection) -> Joke | None:
        joke = rows.find(conn, joke_id)
        if joke is None:
            return None
        laughs, shrugs = votes.vote(conn, joke_id, person_id, vote)
        return replace(joke, laughs=laughs, shrugs=shrugs)

    return await db.write(work)


async def flag(db: Database, joke_id: int, person_id: int, now: datetime) -> bool:
    """Note a complaint; False if this person made it before, or the joke is gone.

    With those of several people it hides, until a moderator has looked.
    """

    def work(conn: Connection) -> bool:
        known = rows.find(conn, joke_id) is not None
        if not (known and votes.flag(conn, joke_id, person_id, now)):
            return False
        if review.open_flags(conn, joke_id) >= FLAGS_HIDE:
            review.hide(conn, joke_id, now)
        return True

    return await db.write(work)


async def find(db: Database, joke_id: int) -> Joke | None:
    """One joke of the shelf."""
    return await db.read(rows.find, joke_id)


async def matching(db: Database, language: str, word: str, limit: int) -> list[Joke]:
    """Jokes of a category or with the word in them; any for an empty word."""
    return await db.read(rows.search, language, word, limit)


async def categories(db: Database, language: str) -> list[tuple[str, int]]:
    """Categories with their number of jokes, the fullest first."""
    return await db.read(rows.categories, language)
