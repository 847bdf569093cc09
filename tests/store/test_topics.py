"""The words of topics, as the last reading of the content files left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.headlines import TopicWords
from bot.store import topics

if TYPE_CHECKING:
    from bot.store.database import Database


async def test_words_are_kept_in_lower_case_and_by_language(db: Database) -> None:
    lists = [
        TopicWords("en", "sport", ("World Cup", "goal", "Semi-Final")),
        TopicWords("en", "world", ("goal", "border")),
        TopicWords("zh", "sport", ("足球",)),
    ]
    await db.write(topics.replace, lists)
    assert await db.read(topics.words, "en") == {
        "world cup": "sport", "goal": "sport", "semi final": "sport", "border": "world",
    }  # fmt: skip
    assert await db.read(topics.words, "zh") == {"足球": "sport"}
    assert await db.read(topics.words, "de") == {}


async def test_what_left_the_files_is_gone(db: Database) -> None:
    await db.write(topics.replace, [TopicWords("en", "sport", ("goal",))])
    await db.write(topics.replace, [])
    assert await db.read(topics.words, "en") == {}
