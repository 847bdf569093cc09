"""Editing, deleting, copying and forwarding."""

from typing import Any

import pytest

from bot.playground import Person, Playground
from tests.playground.conftest import Api

KEYBOARD = {"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@pytest.fixture
async def ann(telegram: Playground) -> Person:
    person = telegram.person("Ann")
    await person.send("/start")
    return person


@pytest.fixture
async def sent(api: Api, ann: Person) -> dict[str, Any]:
    message: dict[str, Any] = await api.result(
        "sendMessage", chat_id=ann.id, text="<b>one</b>", parse_mode="HTML", reply_markup=KEYBOARD
    )
    return {"chat_id": ann.id, "message_id": message["message_id"]}


async def test_an_edit_without_a_keyboard_removes_the_old_one(
    api: Api, ann: Person, sent: dict[str, Any]
) -> None:
    message = await ann.reply()
    assert message.buttons == [["more"]]
    await api.result("editMessageText", **sent, text="two")
    await message.edited()
    assert (message.html, message.buttons) == ("two", [])
    assert message.raw["edit_date"]


async def test_an_edit_that_changes_nothing_is_refused(api: Api, sent: dict[str, Any]) -> None:
    same = {"text": "<strong>one</strong>", "parse_mode": "HTML", "reply_markup": KEYBOARD}
    assert await api.refusal("editMessageText", **sent, **same) == NOT_MODIFIED
    refusal = await api.refusal("editMessageReplyMarkup", **sent, reply_markup=KEYBOARD)
    assert refusal == NOT_MODIFIED


async def test_an_edit_twice_the_same_is_refused_the_second_time(
    api: Api, sent: dict[str, Any]
) -> None:
    await api.result("editMessageText", **sent, text="two")
    assert await api.refusal("editMessageText", **sent, text="two") == NOT_MODIFIED


async def test_buttons_alone_can_be_changed(api: Api, ann: Person, sent: dict[str, Any]) -> None:
    message = await ann.reply()
    await api.result("editMessageReplyMarkup", **sent)
    await message.edited()
    assert (message.html, message.buttons) == ("<b>one</b>", [])


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("editMessageText", "message to edit not found"),
        ("deleteMessage", "message to delete not found"),
        ("pinChatMessage", "message to pin not found"),
    ],
)
async def test_a_message_that_is_not_there(api: Api, ann: Person, method: str, words: str) -> None:
    missing = {"chat_id": ann.id, "message_id": 99999, "text": "x"}
    assert await api.refusal(method, **missing) == f"Bad Request: {words}"


async def test_other_peoples_messages_cannot_be_edited(api: Api, ann: Person) -> None:
    message = await ann.send("mine")
    refusal = await api.refusal(
        "editMessageText", chat_id=ann.id, message_id=message.id, text="yours"
    )
    assert refusal == "Bad Request: message can't be edited"


async def test_a_text_has_no_caption_to_edit(api: Api, sent: dict[str, Any]) -> None:
    refusal = await api.refusal("editMessageCaption", **sent, caption="x")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_a_deleted_message_is_gone(api: Api, ann: Person, sent: dict[str, Any]) -> None:
    message = await ann.reply()
    await api.result("deleteMessage", **sent)
    await message.gone()
    assert await api.refusal("deleteMessage", **sent) == "Bad Request: message to delete not found"


async def test_many_are_deleted_at_once_and_missing_ones_do_not_matter(
    api: Api, ann: Person, sent: dict[str, Any]
) -> None:
    message = await ann.reply()
    numbers = [sent["message_id"], 99999]
    await api.result("deleteMessages", chat_id=ann.id, message_ids=numbers)
    assert message.deleted


async def test_a_copy_has_no_origin_and_a_forward_has(
    api: Api, ann: Person, sent: dict[str, Any]
) -> None:
    await ann.reply()
    source = {"from_chat_id": ann.id, "message_id": sent["message_id"], "chat_id": ann.id}
    await api.result("copyMessage", **source)
    await api.result("forwardMessage", **source)
    copied, forwarded = await ann.reply(), await ann.reply()
    assert copied.html == forwarded.html == "<b>one</b>"
    assert "forward_origin" not in copied.raw
    assert forwarded.raw["forward_origin"]["sender_user"]["is_bot"]


async def test_protected_messages_are_not_copied(api: Api, ann: Person) -> None:
    message = await api.result("sendMessage", chat_id=ann.id, text="x", protect_content=True)
    source = {"from_chat_id": ann.id, "message_id": message["message_id"], "chat_id": ann.id}
    assert await api.refusal("copyMessage", **source) == "Bad Request: message can't be copied"


async def test_a_persons_edit_reaches_the_bot(api: Api, ann: Person) -> None:
    message = await ann.send("one")
    await ann.edit(message, "two /joke")
    update = (await api.result("getUpdates"))[-1]["edited_message"]
    assert (update["message_id"], update["text"]) == (message.id, "two /joke")
    assert update["entities"][0]["type"] == "bot_command"


async def test_a_person_forwards_the_bots_message(
    api: Api, ann: Person, sent: dict[str, Any]
) -> None:
    await ann.forward(await ann.reply())
    update = (await api.result("getUpdates"))[-1]["message"]
    assert update["forward_origin"]["sender_user"]["is_bot"]
    assert update["from"]["id"] == ann.id


async def test_a_pasted_text_comes_cut_at_4096(api: Api, ann: Person) -> None:
    await ann.send("😂" * 3000)
    pieces = [u["message"]["text"] for u in await api.result("getUpdates")][1:]
    assert [len(piece) for piece in pieces] == [2048, 952]
