"""Updates come at least once, in order, to one poller at a time."""

import asyncio
from typing import Any

from bot.playground import Playground
from tests.playground.conftest import Api


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_what_is_not_confirmed_comes_again(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("one")
    await ann.send("two")
    first = await api.result("getUpdates")
    assert texts(first) == ["one", "two"]
    assert await api.result("getUpdates", offset=first[0]["update_id"]) == first
    assert texts(await api.result("getUpdates", offset=first[1]["update_id"])) == ["two"]
    assert await api.result("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_the_limit_is_kept(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for number in range(120):
        await ann.send(str(number))
    assert len(await api.result("getUpdates")) == 100
    assert texts(await api.result("getUpdates", limit=2)) == ["0", "1"]


async def test_a_negative_offset_forgets_all_but_the_last(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for word in ("one", "two", "three"):
        await ann.send(word)
    assert texts(await api.result("getUpdates", offset=-1)) == ["three"]
    assert texts(await api.result("getUpdates")) == ["three"]


async def test_a_long_poll_waits_for_the_next_update(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    poll = asyncio.create_task(api.result("getUpdates", timeout=30))
    await ann.send("hello")
    assert texts(await poll) == ["hello"]


async def test_a_second_poller_ends_the_first(api: Api, telegram: Playground) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api("getUpdates", timeout=30))
        second = group.create_task(api("getUpdates", timeout=30))
        done, _ = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
        await telegram.person("Ann").send("hello")
    refused = done.pop().result()
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    answers = [first.result(), second.result()]
    assert [texts(a["result"]) for a in answers if a["ok"]] == [["hello"]]


async def test_only_allowed_updates_are_queued(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await api.result("getUpdates", allowed_updates=["edited_message"])
    message = await ann.send("one")
    await ann.edit(message, "two")
    assert [u.keys() - {"update_id"} for u in await api.result("getUpdates")] == [
        {"edited_message"}
    ]


async def test_quiet_means_confirmed(api: Api, telegram: Playground) -> None:
    await telegram.person("Ann").send("hello")
    waiting = asyncio.create_task(telegram.quiet())
    updates = await api.result("getUpdates")
    assert not waiting.done()
    await api.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    await waiting


async def test_stopping_ends_a_long_poll_with_an_empty_answer(api: Api) -> None:
    async with Playground() as other:
        session = api.session
        url = f"{other.url}/bot{other.token}/getUpdates"
        poll = asyncio.create_task(session.post(url, json={"timeout": 30}))
        await session.get(url.replace("getUpdates", "getMe"))
    response = await poll
    assert (await response.json())["result"] == []
