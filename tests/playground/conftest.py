"""A playground of its own for every test, and a plain caller of its Bot API."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page

from bot.playground import Playground
from tests.playground.bot import running_bot
from tests.playground.browser import CHROMIUM, DESK, PHONE, Window, running_browser, window


class Api:
    """Calls methods as a bot does, over HTTP; gives the whole answer as a dict."""

    def __init__(self, session: aiohttp.ClientSession, telegram: Playground) -> None:
        self.session, self._telegram = session, telegram
        self.root = f"{telegram.url}/bot{telegram.token}"

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.root}/{method}", json=params) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"] == (response.status == 200)
            return answer

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture
async def api(telegram: Playground) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, telegram)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    async with running_browser() as running:
        yield running


@pytest.fixture
async def desk(telegram: Playground, browser: Browser) -> AsyncIterator[Window]:
    """A window as wide as a desk, with a bot that answers."""
    async with running_bot(telegram), window(browser, telegram.page_url, DESK) as opened:
        yield opened


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
async def page(
    request: pytest.FixtureRequest, telegram: Playground, browser: Browser
) -> AsyncIterator[Page]:
    """The page in both sizes and both themes, with a bot that answers."""
    async with running_bot(telegram), window(browser, telegram.page_url, request.param) as opened:
        yield await opened.tab()
