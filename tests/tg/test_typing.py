"""“typing …” stands above the chat for as long as somebody waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from telegram import Chat, Message, Update
from telegram.constants import ChatType

from bot.tg import typing as shown
from tests.store.samples import NOW

if TYPE_CHECKING:
    import pytest

UPDATE = Update(1, message=Message(1, NOW, Chat(7, ChatType.PRIVATE), text="/stats"))


class Bot:
    """Hears where it is shown."""

    def __init__(self) -> None:
        self.heard = asyncio.Queue[int]()

    async def send_chat_action(self, chat_id: int, *_: object, **__: object) -> None:
        self.heard.put_nowait(chat_id)


async def test_it_is_shown_again_and_again_until_the_work_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shown, "FIRST_SECONDS", 0)
    monkeypatch.setattr(shown, "AGAIN_SECONDS", 0)
    bot = Bot()
    async with shown.typing(cast("Any", bot), UPDATE):
        assert [await bot.heard.get() for _ in range(3)] == [7, 7, 7]
    while not bot.heard.empty():
        bot.heard.get_nowait()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert bot.heard.empty()


async def test_short_work_shows_nothing() -> None:
    bot = Bot()
    async with shown.typing(cast("Any", bot), UPDATE):
        await asyncio.sleep(0)
    assert bot.heard.empty()
