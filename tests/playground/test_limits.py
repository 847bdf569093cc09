"""What Telegram refuses, the playground refuses, in the same words."""

from typing import Any

import pytest

from bot.playground import Playground
from tests.playground.conftest import Api

ANN = 1001


@pytest.fixture(autouse=True)
async def ann(telegram: Playground) -> None:
    await telegram.person("Ann", id=ANN).send("/start")


def row(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😂" * 2049}, "message is too long"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody_here"}, "chat not found"),
        ({"text": "x", "chat_id": "not_a_chat"}, "chat not found"),
        ({"text": "x", "parse_mode": "INVALID"}, "unsupported parse_mode"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"quote": "y"}}, 'can\'t find field "message_id"'),
        ({"text": "x", "message_thread_id": 9}, "message thread not found"),
        ({"text": "x", "link_preview_options": {"url": "no-url"}}, "WEBPAGE_URL_INVALID"),
        (
            {"text": "hello", "entities": [{"type": "bold", "offset": 100, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 100",
        ),
        (
            {"text": "hello", "entities": [{"type": "bold", "offset": 0, "length": 100}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text "
            "at UTF-16 offset 100",
        ),
        (
            {"text": "hello", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "receive an entity with incorrect offset -1",
        ),
        (
            {"text": "hello", "entities": [{"type": "shiny", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
    ],
)
async def test_a_message_that_is_refused(api: Api, params: dict[str, Any], words: str) -> None:
    refusal = await api.refusal("sendMessage", **{"chat_id": ANN, **params})
    assert refusal == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (row(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (row(callback_data="笑" * 22), "BUTTON_DATA_INVALID"),
        (
            row(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            row(url="not-a-url"),
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            row(url="ftp://example.com"),
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (row(pay=True), "BUTTON_TYPE_INVALID"),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 13},
            "reply markup is too long",
        ),
    ],
)
async def test_one_bad_button_loses_the_message(
    api: Api, telegram: Playground, markup: dict[str, Any], words: str
) -> None:
    refusal = await api.refusal("sendMessage", chat_id=ANN, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {words}"
    assert not telegram.visitor().unread()


async def test_the_limit_counts_what_is_left_after_parsing(api: Api) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    message = await api.result("sendMessage", chat_id=ANN, text=text, parse_mode="HTML")
    assert len(message["text"]) == 4096


async def test_sixty_four_bytes_are_the_longest_callback_data(api: Api) -> None:
    markup = row(callback_data="x" * 64)
    message = await api.result("sendMessage", chat_id=ANN, text="x", reply_markup=markup)
    assert message["reply_markup"] == markup


async def test_a_missing_original_may_be_allowed(api: Api) -> None:
    reply = {"message_id": 99999, "allow_sending_without_reply": True}
    message = await api.result("sendMessage", chat_id=ANN, text="x", reply_parameters=reply)
    assert "reply_to_message" not in message


async def test_what_goes_with_a_message_is_kept(api: Api, telegram: Playground) -> None:
    message = await api.result(
        "sendMessage",
        chat_id=ANN,
        text="https://example.com",
        disable_notification=True,
        protect_content=True,
        link_preview_options={"is_disabled": True},
    )
    assert message["link_preview_options"] == {"is_disabled": True}
    assert message["has_protected_content"]
    received = await telegram.visitor().reply()
    assert received.silent


async def test_a_stranger_has_no_chat_with_the_bot_until_he_writes(
    api: Api, telegram: Playground
) -> None:
    bob = telegram.person("Bob")
    refusal = await api.refusal("sendMessage", chat_id=bob.id, text="hello")
    assert refusal == "Bad Request: chat not found"
    await bob.send("hi")
    await api.result("sendMessage", chat_id=bob.id, text="hello")


async def test_old_messages_are_forgotten_so_that_memory_stays_bounded(
    api: Api, telegram: Playground
) -> None:
    ann = telegram.visitor()
    first = await ann.send("first")
    for number in range(2000):
        await ann.send(f"message {number}")
    assert first.deleted
    assert len(telegram.world.chats[ANN].messages) == 2000
