"""The bot behind a webhook, and what programs that watch it see of it."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from bot import app, server
from bot.errors import UsageError, UserError
from bot.services import health
from bot.store import inbox as rows
from bot.tg import webhook
from tests.e2e.conftest import serving, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.config import Settings
    from bot.playground import Person, Playground

SECRET = "hush-hush_1"


@pytest.fixture
def address() -> str:
    """Where nobody listens yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def settings(world: Playground, tmp_path: Path, address: str) -> Settings:
    """A bot to which updates are brought."""
    return settings_for(
        world, tmp_path, listen=address, webhook_url=f"http://{address}/hook/me",
        webhook_secret=SecretStr(SECRET),
    )  # fmt: skip


@pytest.fixture
async def http(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://{address}/") as session:
        yield session


async def bring(
    http: aiohttp.ClientSession, body: bytes, secret: str = SECRET, path: str = "hook/me"
) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with http.post(path, data=body, headers=headers) as response:
        return response.status


def forged(person: Person) -> bytes:
    """A /start as Telegram would bring it."""
    sent = {"message_id": 900, "date": 1, "chat": {"id": person.id, "type": "private"},
            "from": person.user, "text": "/start",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}  # fmt: skip
    return json.dumps({"update_id": 10**6, "message": sent}).encode()


async def seen(http: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    async with http.get(path) as response:
        return response.status, await response.text()


async def joke(person: Person) -> str:
    await person.send("/joke")
    return (await person.reply()).text


async def test_updates_that_are_brought_are_answered(
    world: Playground, settings: Settings, http: aiohttp.ClientSession
) -> None:
    ann, bea = world.person("Ann"), world.person("Bea")
    async with serving(settings):
        assert await joke(ann) != await joke(ann)
        await bea.send("/start")
        assert "Jokes, headlines" in (await bea.reply()).text
    assert "getUpdates" not in {call.method for call in world.calls}
    assert SECRET not in str([call.params for call in world.calls if call.method != "setWebhook"])


async def test_what_came_while_the_bot_was_away_is_brought_when_it_is_back(
    world: Playground, settings: Settings
) -> None:
    ann = world.person("Ann")
    async with serving(settings):
        await joke(ann)
    await ann.send("/joke")
    async with serving(settings):
        assert (await ann.reply()).text


async def test_a_bot_that_polls_again_takes_the_updates_back(
    world: Playground, settings: Settings
) -> None:
    ann = world.person("Ann")
    async with serving(settings):
        await joke(ann)
    async with serving(settings.model_copy(update={"webhook_url": None, "listen": None})):
        assert await joke(ann)


async def test_who_does_not_know_the_secret_is_not_heard(
    world: Playground, settings: Settings, http: aiohttp.ClientSession
) -> None:
    ann = world.person("Ann")
    body = forged(ann)
    async with serving(settings):
        assert await joke(ann)
        for secret in ("", SECRET[:-1], SECRET + "1", "é"):
            assert await bring(http, body, secret) == 403
        assert await bring(http, body, path="hook") == 404
        assert (await seen(http, "hook/me"))[0] == 405
        assert await joke(ann)
        assert not ann.unread()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[1]", 400),
        (b'"update_id"', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": 9999999999999999999999}', 400),
        (b'{"update_id": 1, "x": "' + b"x" * 2**20 + b'"}', 413),
        (b'{"update_id": 900000}', 200),
        (b'{"update_id": 900001, "message": 5}', 200),
        (b'{"update_id": 900002, "message": {"chat": {"id": "x"}}}', 200),
    ],
    ids=range(13),
)
async def test_what_is_no_update_hinders_none(
    world: Playground,
    settings: Settings,
    http: aiohttp.ClientSession,
    body: bytes,
    status: int,
) -> None:
    ann = world.person("Ann")
    async with serving(settings):
        assert await joke(ann)
        assert await bring(http, body) == status
        assert await joke(ann)


async def test_one_that_is_brought_twice_is_answered_once(
    world: Playground, settings: Settings, http: aiohttp.ClientSession
) -> None:
    ann = world.person("Ann")
    async with serving(settings):
        await joke(ann)
        again = forged(ann)
        brought = await asyncio.gather(*[bring(http, again) for _ in range(5)])
        assert brought == [200] * 5
        assert "Jokes, headlines" in (await ann.reply()).text
        assert await bring(http, again) == 200
        assert await joke(ann)
        assert not ann.unread()


async def test_what_can_t_be_kept_is_brought_again_and_answered_once(
    world: Playground, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, add, failures = world.person("Ann"), rows.add, [1, 2]

    def failing(*given: Any) -> list[int]:
        if failures and given[2]:
            failures.pop()
            raise OperationalError("INSERT", {}, Exception("disk full"))
        return add(*given)

    monkeypatch.setattr(rows, "add", failing)
    async with serving(settings):
        assert await joke(ann)
        await world.quiet()
        assert failures == []
        assert not ann.unread()


async def test_an_older_one_that_could_not_be_kept_and_is_brought_again_is_answered_once(
    world: Playground,
    settings: Settings,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    ann = world.person("Ann")
    async with serving(settings):
        await joke(ann)
        assert await bring(http, b'{"update_id": 1000001}') == 200
        with monkeypatch.context() as patched:
            patched.setattr(rows, "add", failing)
            assert await bring(http, forged(ann)) == 503
        assert await bring(http, forged(ann)) == 200
        assert "Jokes, headlines" in (await ann.reply()).text
        assert "Jokes, headlines" not in await joke(ann)


async def test_a_webhook_that_another_program_took_away_is_taken_back(
    world: Playground,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.01)
    ann = world.person("Ann")
    async with serving(settings):
        assert await joke(ann)
        world.world.webhook.stop()
        assert await joke(ann)
    assert "Another program took the webhook away" in caplog.text
    assert SECRET not in caplog.text


async def test_why_updates_could_not_be_brought_is_logged_once(
    world: Playground,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(webhook, "CHECK_SECONDS", 0.01)
    ann = world.person("Ann")
    async with serving(settings):
        info = {"last_error_date": 1_700_000_000, "last_error_message": "Connection refused"}
        assert await joke(ann)
        world.world.webhook.info |= info
        checks = len(world.calls)
        while len(world.calls) < checks + 5:
            await world.world.changed()
    assert caplog.text.count("could not bring an update here: Connection refused") == 1


async def test_an_address_that_telegram_refuses_ends_the_bot_with_a_sentence(
    settings: Settings,
) -> None:
    elsewhere = settings.model_copy(update={"webhook_url": "https://bot.example/hook"})
    with pytest.raises(UsageError, match="refused BOT_WEBHOOK_URL: Bad webhook: the playground"):
        await app.run(elsewhere, asyncio.Event())


async def test_a_port_that_is_taken_ends_the_bot_with_a_sentence(
    settings: Settings, address: str
) -> None:
    host, _, port = address.rpartition(":")
    with (
        socket.create_server((host, int(port))),
        pytest.raises(UserError, match=f"Nothing can listen at BOT_LISTEN={address} "),
    ):
        await app.run(settings, asyncio.Event())


async def test_health_is_told_to_those_who_watch(
    world: Playground,
    settings: Settings,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ann = world.person("Ann")
    async with serving(settings):
        await joke(ann)
        status, said = await seen(http, "healthz")
        well = {"status": "ok", "database": True, "telegram": True, "telegram_silent_seconds": 0}
        assert (status, json.loads(said)) == (200, well)
        with monkeypatch.context() as patched:
            patched.setattr(server, "TELEGRAM_SILENT_SECONDS", -1)
            status, said = await seen(http, "healthz")
            assert (status, json.loads(said)["telegram"]) == (503, False)

        async def broken(*_: object) -> None:
            raise OperationalError("SELECT", {}, Exception("gone"))

        monkeypatch.setattr(health, "check", broken)
        status, said = await seen(http, "healthz")
        assert (status, json.loads(said)["database"]) == (503, False)
        status, said = await seen(http, "metrics")
        assert (status, "quipwire_feeds" in said) == (200, False)
        assert "quipwire_updates_total 1.0" in said


async def test_numbers_are_told_to_prometheus_also_by_a_bot_that_polls(
    world: Playground, settings: Settings, http: aiohttp.ClientSession
) -> None:
    ann = world.person("Ann")
    async with serving(settings.model_copy(update={"webhook_url": None})):
        for _ in range(3):
            await joke(ann)
        await world.quiet()
        status, said = await seen(http, "metrics")
        assert await bring(http, b"{}") == 404
    assert status == 200
    numbers = dict(line.split() for line in said.splitlines() if not line.startswith("#"))
    assert float(numbers["quipwire_updates_total"]) == 3
    assert float(numbers["quipwire_outbox_open"]) == 0
    assert float(numbers["quipwire_database_bytes"]) > 100_000
    assert float(numbers["process_resident_memory_bytes"]) > 10**7
    assert float(numbers["quipwire_api_answers_total"]) >= 5
    assert str(ann.id) not in said
    assert world.token not in said
