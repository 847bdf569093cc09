"""The door: every form of call Telegram takes, tokens, and what is no method."""

import json
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground
from bot.playground.methods import ROLL
from tests.playground.conftest import Api


async def answer(response: aiohttp.ClientResponse) -> tuple[int, dict[str, Any]]:
    return response.status, json.loads(await response.read())


async def test_a_call_may_come_as_query_form_json_or_multipart(
    api: Api, telegram: Playground
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/start")
    values = {"chat_id": str(ann.id), "text": "Grüße & <b>笑话</b>", "parse_mode": "HTML"}
    multipart = aiohttp.FormData(values, quote_fields=False)
    multipart.add_field("extra", b"x", filename="x.txt")
    url = f"{api.root}/sendMessage"
    await api.session.get(url, params=values)
    await api.session.post(url, params=values)
    await api.session.post(url, data=values)
    await api.session.post(url, json=values)
    await api.session.post(url, data=multipart)
    for _ in range(5):
        assert (await ann.reply()).html == "Grüße &amp; <b>笑话</b>"


async def test_method_names_know_no_case(api: Api) -> None:
    assert (await api.result("GETME"))["is_bot"]


async def test_get_me_says_what_the_bot_can(api: Api, telegram: Playground) -> None:
    me = await api.result("getMe")
    assert me["id"] == int(telegram.token.split(":")[0])
    assert me["supports_inline_queries"]
    assert me["can_join_groups"]


@pytest.mark.parametrize(
    ("token", "status", "words"),
    [
        ("123:wrong", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_is_refused(
    api: Api, telegram: Playground, token: str, status: int, words: str
) -> None:
    response = await api.session.get(f"{telegram.url}/bot{token}/getMe")
    assert await answer(response) == (
        status,
        {"ok": False, "error_code": status, "description": words},
    )


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert await api.refusal("sendDance") == "Not Found: method not found"


async def test_broken_json_is_one_clear_refusal(api: Api) -> None:
    headers = {"Content-Type": "application/json"}
    response = await api.session.post(f"{api.root}/sendMessage", data=b"{", headers=headers)
    assert (await answer(response))[1]["description"] == "Bad Request: can't parse JSON object"


async def test_answers_carry_a_date(api: Api) -> None:
    response = await api.session.get(f"{api.root}/getMe")
    assert parsedate_to_datetime(response.headers["Date"]).tzinfo


async def test_calls_are_written_down(api: Api, telegram: Playground) -> None:
    await api("sendMessage", chat_id=1, text="x")
    call = telegram.calls_of("sendMessage")[0]
    assert (call.status, call.description) == (400, "Bad Request: chat not found")
    assert call.params == {"chat_id": 1, "text": "x"}


async def test_a_taken_port_is_an_os_error(telegram: Playground) -> None:
    port = int(telegram.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        await Playground(port=port).start()


async def test_the_port_is_free_after_the_end() -> None:
    async with Playground() as first:
        port = int(first.url.rsplit(":", 1)[1])
    async with Playground(port=port) as second:
        assert second.url == first.url


JUNK: list[Any] = ["x", "{", 5, -1, True, [], ["x"], [5], {}, {"type": "x"}, {"message_id": "x"}]
NAMES = [
    "text",
    "chat_id",
    "from_chat_id",
    "message_id",
    "message_ids",
    "user_id",
    "offset",
    "limit",
    "reply_markup",
    "entities",
    "reply_parameters",
    "link_preview_options",
    "caption",
    "caption_entities",
    "media",
    "document",
    "photo",
    "commands",
    "scope",
    "language_code",
    "menu_button",
    "results",
    "inline_query_id",
    "callback_query_id",
    "reaction",
    "button",
    "allowed_updates",
    "url",
    "secret_token",
    "max_connections",
    "file_id",
    "parse_mode",
    "message_thread_id",
]


@pytest.mark.parametrize("method", sorted(ROLL))
async def test_junk_in_any_parameter_is_never_the_servers_fault(
    api: Api, telegram: Playground, method: str
) -> None:
    ann = telegram.person("Ann")
    message = await ann.send("/start")
    query = telegram.world.ask(ann.id, 0).id
    good = {"chat_id": ann.id, "message_id": message.id, "text": "x", "inline_query_id": query}
    for name in NAMES:
        for junk in JUNK:
            answer = await api(method, **{**good, name: junk})
            assert answer["ok"] or answer["error_code"] < 500, (name, junk)
