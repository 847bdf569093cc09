"""Inline results: checked like messages, because they become messages when chosen."""

from typing import Any

from bot.playground.chats import Json
from bot.playground.composing import caption_content, text_content
from bot.playground.errors import bad_request
from bot.playground.keyboards import checked_markup
from bot.playground.params import Params
from bot.playground.world import World

MOST_RESULTS = 50


def answer_inline_query(world: World, params: Params) -> bool:
    query = world.query(params.text("inline_query_id"))
    results = params.array("results", "inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    checked = [_checked(world, result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answer = {
        "results": checked,
        "next_offset": params.text("next_offset"),
        "button": params.object("button", "inline query results button"),
    }
    world.stir()
    return True


def _checked(world: World, result: Any) -> Json:
    if not isinstance(result, dict) or "type" not in result:
        raise bad_request("can't parse InlineQueryResult: Can't find field \"type\"")
    number = str(result.get("id", ""))
    if not 1 <= len(number.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result["type"] == "article" and not result.get("title"):
        raise bad_request("can't parse InlineQueryResult: Can't find field \"title\"")
    shown = {name: result[name] for name in ("title", "description") if result.get(name)}
    return {
        "id": number,
        "type": result["type"],
        **shown,
        "content": _content(world, result),
        "reply_markup": checked_markup(result.get("reply_markup")),
    }


def _content(world: World, result: Json) -> Json:
    given = Params(result).object("input_message_content")
    if "message_text" in given:
        return text_content(world, Params({**given, "text": given["message_text"]}))
    file = world.files.find(str(result.get(f"{result['type']}_file_id", "")))
    if file is None:
        raise bad_request("MESSAGE_EMPTY" if result["type"] == "article" else "FILE_ID_INVALID")
    media: Json = (
        {"photo": file.photo()} if result["type"] == "photo" else {"document": file.document()}
    )
    return media | caption_content(world, Params(result))


ROLL: dict[str, Any] = {"answerInlineQuery": answer_inline_query}
