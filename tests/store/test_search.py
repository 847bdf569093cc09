"""A word finds what has it, in every script and on both databases, and no query is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bot.store import seeds
from bot.store.folding import indexed
from bot.store.jokes import jokes
from bot.store.search import matching
from tests.store.samples import NOW, joke

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

TEXTS = {
    "cat": "A cat sat on the mat.",
    "street": "Auf der STRASSE war viel Ärger",
    "moscow": "Зимой в Москва холодно",
    "meeting": "今天的会议很长",
    "percent": "It is 100% true",
    "laugh": "ha 😂 ha",
    "wide": "ＡＢＣ and more",
    "hebrew": "שלום עולם",
    "hindi": "हिन्दी में चुटकुले",
}


def found(conn: Connection, query: str) -> set[str]:
    rows = select(jokes.c.key).where(matching(conn.dialect.name, jokes, query))
    return set(conn.scalars(rows))


@pytest.fixture(autouse=True)
async def shelf(db: Database) -> None:
    entries = [joke(key, text) for key, text in TEXTS.items()]
    await db.write(seeds.apply, "jokes", entries, NOW, origin="import", prune=False)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("CAT", "cat"), ("mat cat", "cat"), ("stras", "street"), ("straße", "street"),
        ("arger", "street"), ("МОСКВА", "moscow"), ("会议", "meeting"), ("长", "meeting"),
        ("今", "meeting"), ("今天的会议", "meeting"), ("100%", "percent"), ("😂", "laugh"),
        ("abc", "wide"), ("שלום", "hebrew"), ("हिन्दी", "hindi"),
    ],
)  # fmt: skip
async def test_a_word_finds_its_text(db: Database, query: str, key: str) -> None:
    assert await db.read(found, query) == {key}


@pytest.mark.parametrize(
    "query",
    ["dog", "cat dog", "at", "ma", "会很", "😀", "", " ", '"', "*", "NEAR(", "cat:", "^", "-", "'",
     "\\", "a' | 'b", "OR", "\0", "\ud800", "{}", "x" * 100_000],
)  # fmt: skip
async def test_what_is_not_there_is_not_found_and_no_query_is_an_error(
    db: Database, query: str
) -> None:
    assert await db.read(found, query) <= ({"cat"} if query == "cat:" else set())


async def test_what_changes_is_found_as_it_is_now(db: Database) -> None:
    def change(conn: Connection) -> None:
        here = update(jokes).where(jokes.c.key == "cat")
        conn.execute(here.values(text="A dog.", folded=indexed("A dog.")))
        conn.execute(delete(jokes).where(jokes.c.key == "meeting"))

    await db.write(change)
    assert await db.read(found, "dog") == {"cat"}
    assert await db.read(found, "cat") == set()
    assert await db.read(found, "会议") == set()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(query=st.text(max_size=30))
async def test_any_text_may_be_searched_for(db: Database, query: str) -> None:
    await db.read(found, query)
