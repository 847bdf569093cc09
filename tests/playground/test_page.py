"""What the page asks its server for, and who may ask."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from bot.playground.playground import SEATS
from tests.playground.conftest import Api

OURS = {"X-Playground": "1"}


class Stream:
    """The page's event stream, read one event at a time."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, kind: str = "") -> dict[str, Any]:
        async for line in self._response.content:
            if line.startswith(b"data: "):
                event: dict[str, Any] = json.loads(line[6:])
                if not kind or event["type"] == kind:
                    return event
        raise AssertionError(f"The stream ended without {kind!r}")


@pytest.fixture
async def stream(api: Api, telegram: Playground) -> AsyncIterator[Stream]:
    telegram.person("You")
    async with api.session.get(f"{telegram.page_url}page/events") as response:
        yield Stream(response)


async def post(api: Api, telegram: Playground, act: str, **said: Any) -> tuple[int, Any]:
    url = f"{telegram.page_url}page/{act}"
    async with api.session.post(url, json=said, headers=OURS) as response:
        return response.status, await response.json()


async def test_the_stream_begins_with_everything_there_is(api: Api, telegram: Playground) -> None:
    you = telegram.person("You")
    await you.send("hello")
    async with api.session.get(f"{telegram.page_url}page/events") as response:
        state = await Stream(response).next()
    assert [one["user"]["id"] for one in state["people"]] == [you.id]
    assert [m["text"] for m in state["messages"][str(you.id)]] == ["hello"]


async def test_what_happens_is_streamed(api: Api, telegram: Playground, stream: Stream) -> None:
    you = telegram.visitor()
    await post(api, telegram, "send", chat=you.id, text="hi")
    sent = (await stream.next("message"))["data"]
    assert sent["text"] == "hi"
    message = await api.result("sendMessage", chat_id=you.id, text="one")
    place = {"chat_id": you.id, "message_id": message["message_id"]}
    await api.result("editMessageText", **place, text="two")
    await api.result("deleteMessage", **place)
    assert (await stream.next("edit"))["data"]["text"] == "two"
    assert (await stream.next("delete"))["data"]["message_id"] == message["message_id"]


async def test_who_has_no_seat_is_not_streamed(
    api: Api, telegram: Playground, stream: Stream
) -> None:
    *_, last = [telegram.person(f"Guest {n}") for n in range(SEATS)]
    await last.send("secret")
    await telegram.visitor().send("mine")
    assert (await stream.next("message"))["data"]["text"] == "mine"


async def test_a_new_menu_reaches_the_page(api: Api, stream: Stream) -> None:
    await stream.next("state")
    menu = [{"command": "joke", "description": "A joke"}]
    await api.result("setMyCommands", commands=menu)
    people = (await stream.next("people"))["people"]
    assert people[0]["chats"][0]["commands"] == menu


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_foreign_pages_see_nothing(
    api: Api, telegram: Playground, headers: dict[str, str]
) -> None:
    for path in ("", "page/events", "app.js"):
        async with api.session.get(telegram.page_url + path, headers=headers) as response:
            assert response.status == 403


async def test_a_link_from_elsewhere_may_open_the_page(api: Api, telegram: Playground) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    async with api.session.get(telegram.page_url, headers=followed) as response:
        assert response.status == 200


async def test_a_foreign_form_cannot_speak_for_the_person(api: Api, telegram: Playground) -> None:
    you = telegram.person("You")
    url = f"{telegram.page_url}page/send"
    async with api.session.post(url, json={"chat": you.id, "text": "evil"}) as response:
        assert response.status == 403
    assert not telegram.world.updates.pending


async def test_the_page_talks_to_nobody_else(api: Api, telegram: Playground) -> None:
    async with api.session.get(telegram.page_url) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "//" not in (await response.text()).replace("<!doctype", "")


async def test_a_file_over_50_mb_is_refused_in_one_sentence(api: Api, telegram: Playground) -> None:
    you = telegram.visitor()
    query = {"chat": str(you.id), "name": "big.bin"}
    url = f"{telegram.page_url}page/upload"
    data = bytes(50 * 1024 * 1024 + 1)
    async with api.session.post(url, params=query, data=data, headers=OURS) as response:
        assert response.status == 413
        assert await response.json() == {"error": "Files may have up to 50 MB."}


async def test_files_are_offered_for_saving_never_shown(api: Api, telegram: Playground) -> None:
    message = await telegram.visitor().upload(b"<script>", "evil.html")
    assert message.document
    async with api.session.get(f"{telegram.page_url}page/files/{message.document.id}") as got:
        assert got.headers["Content-Disposition"].startswith("attachment")
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("act", "said", "words"),
    [
        ("send", {"chat": 5, "text": "x"}, "This chat is gone."),
        ("send", {"chat": 1001, "text": "  "}, "There is nothing to send."),
        ("send", {"chat": 1001, "text": "x", "reply_to": 9}, "The message you answer is gone."),
        ("send", {"chat": [], "text": "x"}, "This chat is gone."),
        ("send", {"chat": {"x": 1}, "text": "x"}, "That was not understood."),
        ("jump", {}, "The clock of this bot cannot be moved."),
        ("press", {"chat": 1001, "message": 9, "data": "x"}, "This message is gone."),
        ("choose", {"chat": 1001, "id": "9", "result": "1"}, "This result is gone."),
    ],
)
async def test_what_cannot_be_done_is_told_in_one_sentence(
    api: Api, telegram: Playground, act: str, said: dict[str, Any], words: str
) -> None:
    telegram.person("You")
    assert await post(api, telegram, act, **said) == (400, {"error": words})


async def test_writing_to_a_blocked_bot_is_told(api: Api, telegram: Playground) -> None:
    you = telegram.visitor()
    you.block()
    status, answer = await post(api, telegram, "send", chat=you.id, text="x")
    assert (status, answer["error"]) == (400, "The bot is blocked here: unblock it first.")
    you.unblock()
    assert (await post(api, telegram, "send", chat=you.id, text="x"))[0] == 200


async def test_the_stream_ends_when_the_playground_stops(api: Api) -> None:
    async with Playground() as other:
        response = await api.session.get(f"{other.page_url}page/events")
        stream = Stream(response)
        await stream.next("state")
    with pytest.raises((AssertionError, aiohttp.ClientError)):
        await stream.next()


async def test_three_personas_and_their_group_are_at_the_page(
    api: Api, telegram: Playground
) -> None:
    async with api.session.get(f"{telegram.page_url}page/events") as response:
        state = await Stream(response).next()
    seats = [(one["user"]["language_code"], one["role"]) for one in state["people"]]
    assert seats == [("en", "English reader"), ("zh-hans", "中文读者"), ("en", "Admin")]
    assert state["people"][2]["user"]["id"] == telegram.admin_id
    groups = {one["chats"][1]["id"] for one in state["people"]}
    assert len(groups) == 1


async def test_how_far_one_read_is_told_to_every_tab(
    api: Api, telegram: Playground, stream: Stream
) -> None:
    you = telegram.visitor()
    message = await you.send("hello")
    await post(api, telegram, "read", chat=you.id, message=message.id)
    await stream.next("message")
    assert (await stream.next("people"))["people"][0]["chats"][0]["read"] == message.id


async def test_calls_are_streamed_without_secrets(
    api: Api, telegram: Playground, stream: Stream
) -> None:
    await api("sendMessage", chat_id=5, text="x" * 3000, secret_token="hush")
    call = (await stream.next("call"))["data"]
    assert (call["method"], call["status"]) == ("sendMessage", 400)
    assert call["description"] == "Bad Request: chat not found"
    assert call["params"] == {"chat_id": "5", "text": "x" * 2000 + "…", "secret_token": "***"}
    assert telegram.token not in str(call)


async def test_whether_a_bot_listens_is_streamed(
    api: Api, telegram: Playground, stream: Stream
) -> None:
    assert (await stream.next("state"))["awake"] is False
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    assert (await stream.next("presence"))["awake"] is True
    poll.cancel()
    assert (await stream.next("presence"))["awake"] is False


async def test_the_clock_jumps_for_the_person_who_asked(api: Api) -> None:
    jumps: list[int] = []

    async def jump(person: int) -> None:
        jumps.append(person)

    async with Playground(jump=jump) as other:
        ann = other.person("Ann")
        assert await post(api, other, "jump", person=ann.id) == (200, {})
    assert jumps == [ann.id]


async def test_the_clock_waits_until_the_bot_has_answered(api: Api) -> None:
    """What a slow bot is asked for would otherwise count from a morning that is over."""
    jumps: list[int] = []

    async def jump(person: int) -> None:
        jumps.append(person)

    async with Playground(jump=jump) as other:
        ann = other.person("Ann")
        await ann.send("/subscribe 8:00")
        jumping = asyncio.create_task(post(api, other, "jump", person=ann.id))
        for _ in range(5):
            await post(api, other, "read", person=ann.id, chat=ann.id)
        assert jumps == []
        await Api(api.session, other).result("sendMessage", chat_id=ann.id, text="Done.")
        assert await jumping == (200, {})
    assert jumps == [ann.id]
