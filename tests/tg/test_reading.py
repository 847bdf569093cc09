"""What a server says that PTB does not know takes no text and no press away."""

from __future__ import annotations

from typing import Any, cast

import pytest
from telegram.ext import ExtBot

from bot.tg.reading import UNREADABLE, read

BOT = cast("ExtBot[bool]", ExtBot("1:x"))
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 7, "type": "private"}
# A poll of a server that knows less of polls.
POLL = {"message_id": 1, "date": 1, "chat": CHAT, "poll": {"id": "1", "question": "Tea?"}}


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 2, "date": 1, "chat": CHAT, "from": ANN, "text": "/joke", **more}


@pytest.mark.parametrize(
    "odd",
    [
        {"reply_to_message": POLL},
        {"poll": POLL["poll"]},
        {"photo": "none"},
        {"gift": {"gift": 3}},
    ],
)
def test_a_text_is_read_without_what_cannot_be_read_around_it(odd: dict[str, Any]) -> None:
    update = read({"update_id": 1, "message": message(**odd)}, BOT)
    assert update.message is not None
    assert update.message.text == "/joke"
    assert update.message.from_user is not None
    assert update.message.from_user.id == 7


def test_a_press_is_read_under_a_message_that_cannot_be() -> None:
    press = {"id": "5", "from": ANN, "chat_instance": "1", "data": "joke:another"}
    raw = {"update_id": 1, "callback_query": {**press, "message": message(poll=POLL["poll"])}}
    update = read(raw, BOT)
    assert update.callback_query is not None
    assert update.callback_query.data == "joke:another"
    assert update.effective_chat is not None


def test_a_place_in_a_chat_is_read_of_a_server_that_names_fewer_rights() -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Quip"}
    statuses = ("restricted", "administrator", "kicked")
    raw = {"chat": CHAT, "from": ANN, "date": 1, "old_chat_member": {"status": "left", "user": bot}}
    for status in statuses:
        raw["new_chat_member"] = {"status": status, "user": bot}
        update = read({"update_id": 1, "my_chat_member": raw}, BOT)
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == status


def test_what_was_passed_on_stays_passed_on() -> None:
    origin = {"type": "of another time", "date": 1}
    update = read({"update_id": 1, "message": message(forward_origin=origin, gift=3)}, BOT)
    assert update.message is not None
    assert update.message.forward_origin is not None


@pytest.mark.parametrize("name", ["sender_chat", "via_bot"])
def test_a_word_that_may_be_another_s_is_no_one_s(name: str) -> None:
    with pytest.raises(UNREADABLE):
        read({"update_id": 1, "message": message(**{name: {"type": "unheard of"}}, gift=3)}, BOT)


@pytest.mark.parametrize("raw", [{"update_id": 1, "message": 3}, {"update_id": 1, "poll": {}}])
def test_what_holds_no_word_is_not_read(raw: dict[str, Any]) -> None:
    with pytest.raises(UNREADABLE):
        read(raw, BOT)
