"""Presses and inline queries, from the person to the answer."""

import asyncio
from typing import Any

import pytest

from bot.playground import Person, Playground, Toast
from tests.playground.conftest import Api


@pytest.fixture
async def ann(telegram: Playground) -> Person:
    person = telegram.person("Ann")
    await person.send("/start")
    return person


async def next_update(api: Api, kind: str) -> dict[str, Any]:
    updates: list[dict[str, Any]] = await api.result("getUpdates", offset=-1, timeout=10)
    while kind not in updates[-1]:
        after = updates[-1]["update_id"] + 1
        updates = await api.result("getUpdates", offset=after, timeout=10)
    found: dict[str, Any] = updates[-1][kind]
    return found


async def send_buttons(api: Api, ann: Person, *row: dict[str, Any]) -> None:
    markup = {"inline_keyboard": [list(row)]}
    await api.result("sendMessage", chat_id=ann.id, text="choose", reply_markup=markup)


async def test_a_press_brings_the_answer_as_a_toast(api: Api, ann: Person) -> None:
    await send_buttons(api, ann, {"text": "😂 12", "callback_data": "laugh"})
    message = await ann.reply()
    press = asyncio.create_task(ann.press(message, "😂"))
    query = await next_update(api, "callback_query")
    assert query["data"] == "laugh"
    assert query["message"]["message_id"] == message.id
    await api.result("answerCallbackQuery", callback_query_id=query["id"], text="noted")
    toast = await press
    assert toast == "noted"
    assert not toast.alert


async def test_an_alert_says_so(api: Api, ann: Person) -> None:
    await send_buttons(api, ann, {"text": "x", "callback_data": "x"})
    press = asyncio.create_task(ann.press(await ann.reply(), "x"))
    query = await next_update(api, "callback_query")
    await api.result(
        "answerCallbackQuery", callback_query_id=query["id"], text="!", show_alert=True
    )
    assert (await press).alert


async def test_a_query_is_answered_once(api: Api, ann: Person) -> None:
    await send_buttons(api, ann, {"text": "x", "callback_data": "x"})
    press = asyncio.create_task(ann.press(await ann.reply(), "x"))
    number = (await next_update(api, "callback_query"))["id"]
    await api.result("answerCallbackQuery", callback_query_id=number)
    assert await press == ""
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await api.refusal("answerCallbackQuery", callback_query_id=number) == too_old
    assert await api.refusal("answerCallbackQuery", callback_query_id="7") == too_old


async def test_a_toast_has_at_most_200_characters(api: Api, ann: Person) -> None:
    await send_buttons(api, ann, {"text": "x", "callback_data": "x"})
    press = asyncio.create_task(ann.press(await ann.reply(), "x"))
    number = (await next_update(api, "callback_query"))["id"]
    refusal = await api.refusal("answerCallbackQuery", callback_query_id=number, text="x" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"
    await api.result("answerCallbackQuery", callback_query_id=number)
    await press


async def test_links_and_inline_buttons_ask_nobody(api: Api, ann: Person) -> None:
    await send_buttons(
        api,
        ann,
        {"text": "Site", "url": "https://example.com"},
        {"text": "Share", "switch_inline_query": "joke 12"},
    )
    message = await ann.reply()
    assert (await ann.press(message, "Site")).url == "https://example.com/"
    assert (await ann.press(message, "Share")).query == "joke 12"


async def test_a_button_that_is_not_there_is_told_with_those_that_are(
    api: Api, ann: Person
) -> None:
    await send_buttons(api, ann, {"text": "one", "callback_data": "1"})
    with pytest.raises(AssertionError, match=r"no single button 'two' .*\[\['one'\]\]"):
        await ann.press(await ann.reply(), "two")


async def test_a_bot_that_keeps_silent_is_told_with_what_it_did(api: Api, ann: Person) -> None:
    await api("sendMessage", chat_id=5, text="to nobody")
    with pytest.raises(AssertionError) as caught:
        await ann.reply(within=0)
    assert "a message from the bot to Ann" in str(caught.value)
    assert "sendMessage 400 Bad Request: chat not found 'to nobody'" in str(caught.value)


def article(number: str, **more: Any) -> dict[str, Any]:
    content = {"message_text": f"<b>joke {number}</b>", "parse_mode": "HTML"}
    shown = {"type": "article", "id": number, "title": f"Joke {number}"}
    return {**shown, "input_message_content": content, **more}


async def ask_inline(api: Api, ann: Person, **answer: Any) -> asyncio.Task[Any]:
    asked = asyncio.create_task(ann.inline("cats"))
    query = await next_update(api, "inline_query")
    assert query["query"] == "cats"
    await api.result("answerInlineQuery", inline_query_id=query["id"], **answer)
    return asked


async def test_a_chosen_inline_result_becomes_a_message(api: Api, ann: Person) -> None:
    results = await (await ask_inline(api, ann, results=[article("1"), article("2")]))
    assert [result.title for result in results] == ["Joke 1", "Joke 2"]
    message = await ann.choose(results[1])
    assert message.html == "<b>joke 2</b>"
    assert message.raw["via_bot"]["is_bot"]
    chosen = await next_update(api, "chosen_inline_result")
    assert (chosen["result_id"], chosen["query"]) == ("2", "cats")


async def test_an_inline_message_is_edited_by_its_own_id(api: Api, ann: Person) -> None:
    keyboard = {"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]}
    results = await (await ask_inline(api, ann, results=[article("1", reply_markup=keyboard)]))
    message = await ann.choose(results[0])
    press = asyncio.create_task(ann.press(message, "more"))
    query = await next_update(api, "callback_query")
    assert "message" not in query
    inline_id = query["inline_message_id"]
    assert await api.result("editMessageText", inline_message_id=inline_id, text="edited") is True
    await api.result("answerCallbackQuery", callback_query_id=query["id"])
    await press
    assert (await message.edited()).text == "edited"


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article(str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
        (
            [article("1", input_message_content={"message_text": "x" * 4097})],
            "message is too long",
        ),
    ],
)
async def test_inline_results_that_are_refused(
    api: Api, ann: Person, results: list[Any], words: str
) -> None:
    asked = asyncio.create_task(ann.inline("cats"))
    number = (await next_update(api, "inline_query"))["id"]
    refusal = await api.refusal("answerInlineQuery", inline_query_id=number, results=results)
    assert refusal == f"Bad Request: {words}"
    await api.result("answerInlineQuery", inline_query_id=number, results=[])
    assert await asked == []


def test_a_toast_is_a_plain_text_with_more() -> None:
    assert Toast("noted") == "noted"
    assert Toast("").query is None
