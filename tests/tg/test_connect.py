"""The first words with Telegram: patient with the network, not with a wrong token."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.errors import UsageError
from bot.tg import connect
from bot.tg.connect import build, connected
from tests.tg.house import settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground import Playground
    from bot.tg.connect import App


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "TRY_AGAIN_SECONDS", (0, 0))


@asynccontextmanager
async def application(telegram: Playground, **changes: object) -> AsyncIterator[App]:
    made = build(settings_for(telegram, **changes))
    try:
        yield made
    finally:
        await made.bot.shutdown()
        for request in made.bot._request:
            await request.shutdown()


async def test_it_learns_who_it_is_and_takes_the_updates_back_from_a_webhook(
    telegram: Playground,
) -> None:
    async with application(telegram) as made:
        assert await connected(made, asyncio.Event())
        assert made.bot.username == "quipwire_bot"
    assert [call.method for call in telegram.calls] == ["getMe", "deleteWebhook"]


async def test_a_network_that_is_down_is_waited_for_and_told(
    telegram: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults.drop("getMe", times=3)
    telegram.faults.answer("getMe", 502, times=2)
    async with application(telegram) as made:
        assert await connected(made, asyncio.Event())
    assert caplog.text.count("Telegram can't be reached") == 5
    assert telegram.token not in caplog.text


@pytest.mark.parametrize("token", ["123:wrong", "123:not allowed at all"])
async def test_a_refused_token_is_one_sentence_without_the_token(
    telegram: Playground, token: str
) -> None:
    async with application(telegram, token=SecretStr(token)) as made:
        with pytest.raises(UsageError) as refused:
            await connected(made, asyncio.Event())
    assert "BOT_TOKEN" in str(refused.value)
    assert token not in str(refused.value)


async def test_a_stop_ends_the_waiting_at_once(
    telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "TRY_AGAIN_SECONDS", (3600,))
    stop = asyncio.Event()
    telegram.faults.answer("getMe", 502, times=99)
    async with application(telegram) as made:
        waiting = asyncio.create_task(connected(made, stop))
        while not telegram.calls_of("getMe"):
            await asyncio.sleep(0)
        stop.set()
        assert await waiting is False


async def test_a_stop_ends_a_call_that_hangs_too(telegram: Playground) -> None:
    stop = asyncio.Event()
    telegram.faults.hang("getMe")
    async with application(telegram) as made:
        waiting = asyncio.create_task(connected(made, stop))
        while not telegram.world.in_flight:
            await asyncio.sleep(0)
        stop.set()
        assert await waiting is False
