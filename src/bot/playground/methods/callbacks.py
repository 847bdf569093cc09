"""Answers to presses of buttons and to inline queries."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.params import Params
from bot.playground.world import World

TOAST_LIMIT = 200


def answer_callback_query(world: World, params: Params) -> bool:
    query = world.query(params.text("callback_query_id"))
    text = params.text("text")
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {
        "text": text,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
        "cache_time": params.number("cache_time"),
    }
    world.stir()
    return True


ROLL: dict[str, Any] = {"answerCallbackQuery": answer_callback_query}
