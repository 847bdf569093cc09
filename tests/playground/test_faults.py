"""Trouble on demand: refusals, silence, broken connections, floods, and people who leave."""

import asyncio

import aiohttp
import pytest

from bot.playground import Person, Playground
from tests.playground.conftest import Api


@pytest.fixture
async def ann(telegram: Playground) -> Person:
    person = telegram.person("Ann")
    await person.send("/start")
    return person


async def test_the_next_calls_are_refused_and_then_no_more(
    api: Api, telegram: Playground, ann: Person
) -> None:
    telegram.faults.answer("sendMessage", 429, times=2, retry_after=3)
    for _ in range(2):
        answer = await api("sendMessage", chat_id=ann.id, text="x")
        assert answer["error_code"] == 429
        assert answer["description"] == "Too Many Requests: retry after 3"
        assert answer["parameters"] == {"retry_after": 3}
    assert not ann.unread()
    await api.result("sendMessage", chat_id=ann.id, text="x")


async def test_a_fault_may_be_for_one_chat_only(
    api: Api, telegram: Playground, ann: Person
) -> None:
    bob = telegram.person("Bob")
    await bob.send("/start")
    telegram.faults.answer("sendMessage", 500, chat_id=bob.id)
    await api.result("sendMessage", chat_id=ann.id, text="x")
    assert await api.refusal("sendMessage", chat_id=bob.id, text="x") == "Internal Server Error"


async def test_a_fault_for_any_method_spares_get_updates(api: Api, telegram: Playground) -> None:
    telegram.faults.answer(code=502)
    await api.result("getUpdates")
    assert await api.refusal("getMe") == "Bad Gateway"


async def test_a_hanging_call_goes_on_when_released(
    api: Api, telegram: Playground, ann: Person
) -> None:
    telegram.faults.hang("sendMessage")
    call = asyncio.create_task(api.result("sendMessage", chat_id=ann.id, text="late"))
    await api.result("getMe")
    assert not ann.unread()
    telegram.faults.release()
    assert (await call)["text"] == "late"


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_broken_connection_leaves_the_message_or_not(
    api: Api, telegram: Playground, ann: Person, accepted: bool
) -> None:
    telegram.faults.drop("sendMessage", accepted=accepted)
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert ann.unread() == accepted


async def test_a_blocked_bot_hears_it_and_may_not_write(api: Api, ann: Person) -> None:
    ann.block()
    refusal = await api.refusal("sendMessage", chat_id=ann.id, text="x")
    assert refusal == "Forbidden: bot was blocked by the user"
    update = (await api.result("getUpdates"))[-1]["my_chat_member"]
    assert update["new_chat_member"]["status"] == "kicked"
    ann.unblock()
    await api.result("sendMessage", chat_id=ann.id, text="x")


async def test_the_flood_limit_refuses_what_is_over_it(
    api: Api, telegram: Playground, ann: Person
) -> None:
    now = [100.0]
    limit = telegram.faults.limit(per_second=2, per_chat=1, clock=lambda: now[0])
    bob, cem = telegram.person("Bob"), telegram.person("Cem")
    await bob.send("hi")
    await cem.send("hi")
    await api.result("sendMessage", chat_id=ann.id, text="x")
    answer = await api("sendMessage", chat_id=ann.id, text="one too many for Ann")
    assert answer["parameters"]["retry_after"] >= 1
    await api.result("sendMessage", chat_id=bob.id, text="x")
    await api.refusal("sendMessage", chat_id=cem.id, text="one too many for all")
    now[0] += 1
    await api.result("sendMessage", chat_id=cem.id, text="x")
    assert limit.refused == 2


async def test_a_group_takes_twenty_messages_a_minute(
    api: Api, telegram: Playground, ann: Person
) -> None:
    now = [100.0]
    telegram.faults.limit(clock=lambda: now[0])
    group = telegram.group("Family", members=[ann])
    for _ in range(20):
        await api.result("sendMessage", chat_id=group.id, text="x")
        now[0] += 1
    answer = await api("sendMessage", chat_id=group.id, text="x")
    assert answer["parameters"]["retry_after"] == 41
