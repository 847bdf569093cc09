"""A press is answered once, and soon: by the handler, or without words when its turn is far off."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram.error import BadRequest, TimedOut

from bot.tg.presses import PATIENCE_SECONDS, Presses
from tests.tg.virtual import passed, virtually

Answer = tuple[str, str | None]


class Telegram:
    """Notes what presses are answered with; `fails` is raised instead."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.fails = fails
        self.answers: list[Answer] = []
        self.presses = Presses(cast("Any", self), self._queue)

    async def press(self, key: str) -> Any:
        """A press arrives; what a handler gets of it once its turn comes."""
        await self.presses.put({"update_id": 1, "callback_query": {"id": key}})

        async def answer(text: str | None, *, show_alert: bool) -> None:
            self._note(key, text)

        return SimpleNamespace(id=key, answer=answer)

    async def answer_callback_query(self, key: str) -> None:
        self._note(key, None)

    def _note(self, key: str, text: str | None) -> None:
        if self.fails:
            raise self.fails
        self.answers.append((key, text))

    async def _queue(self, raw: dict[str, Any]) -> None: ...


def test_a_press_whose_turn_comes_is_answered_in_words_and_only_so() -> None:
    async def main() -> list[Answer]:
        telegram = Telegram()
        query = await telegram.press("a")
        await passed(PATIENCE_SECONDS / 2)
        assert await telegram.presses.answer(query, "noted")
        await passed(60)
        return telegram.answers

    assert virtually(main()) == [("a", "noted")]


def test_a_press_far_back_in_the_line_is_answered_without_words_and_only_so() -> None:
    async def main() -> list[Answer]:
        telegram = Telegram()
        query = await telegram.press("a")
        await passed(PATIENCE_SECONDS + 1)
        assert telegram.answers == [("a", None)]
        assert not await telegram.presses.answer(query, "noted")
        return telegram.answers

    assert virtually(main()) == [("a", None)]


@pytest.mark.parametrize("error", [TimedOut(), BadRequest("Query is too old")])
def test_who_cannot_be_told_in_time_harms_nobody(error: Exception) -> None:
    async def main() -> None:
        telegram = Telegram(error)
        await telegram.press("a")
        await passed(PATIENCE_SECONDS + 1)
        assert telegram.answers == []

    virtually(main())


def test_after_the_end_nothing_is_answered() -> None:
    async def main() -> list[Answer]:
        telegram = Telegram()
        await telegram.press("a")
        telegram.presses.close()
        await passed(60)
        return telegram.answers

    assert virtually(main()) == []


@pytest.mark.parametrize("query", [None, [], {}, {"id": 7}, {"id": {}}])
def test_what_is_no_press_is_only_handed_on(query: object) -> None:
    async def main() -> list[Answer]:
        telegram = Telegram()
        await telegram.presses.put({"update_id": 1, "callback_query": query})
        await passed(60)
        return telegram.answers

    assert virtually(main()) == []
