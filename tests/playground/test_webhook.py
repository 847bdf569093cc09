"""Updates pushed to the bot's own server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.playground import Playground
from tests.playground.conftest import Api


class Listener:
    """A bot's server; refuses as often as it is told to."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[dict[str, Any], str]] = asyncio.Queue()
        self.refusals = 0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        await self.got.put((await request.json(), secret))
        self.refusals -= 1
        return web.Response(status=500 if self.refusals >= 0 else 200)


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.router.add_post("/hook", listener.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(
    api: Api, telegram: Playground, listener: Listener
) -> None:
    answer = await api("setWebhook", url=listener.url, secret_token="hush")
    assert answer["description"] == "Webhook was set"
    await telegram.person("Ann").send("hello")
    update, secret = await listener.got.get()
    assert (update["message"]["text"], secret) == ("hello", "hush")
    await telegram.quiet()


async def test_a_refused_update_is_delivered_again(
    api: Api, telegram: Playground, listener: Listener
) -> None:
    listener.refusals = 1
    await api.result("setWebhook", url=listener.url)
    await telegram.person("Ann").send("hello")
    first, second = await listener.got.get(), await listener.got.get()
    assert first == second
    await telegram.quiet()
    info = await api.result("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
    assert info["pending_update_count"] == 0


async def test_polling_and_webhook_exclude_each_other(api: Api, listener: Listener) -> None:
    await api.result("setWebhook", url=listener.url)
    assert await api.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await api("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert await api.result("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "https://example.com/x"}, "the playground delivers to this machine only"),
        ({"url": "ftp://127.0.0.1/"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"}, "contains illegal characters"),
    ],
)
async def test_a_webhook_that_is_refused(api: Api, params: dict[str, Any], words: str) -> None:
    assert words in await api.refusal("setWebhook", **params)
