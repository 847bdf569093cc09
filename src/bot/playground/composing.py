"""Turning a call's parameters into the content of a message: text, caption, markup, reply."""

import time
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.entities import (
    CONTINUOUS,
    QUOTES,
    STYLES,
    Span,
    from_entities,
    tidy,
    to_entities,
    utf16_length,
)
from bot.playground.errors import bad_request
from bot.playground.html import parse_html
from bot.playground.keyboards import checked_markup
from bot.playground.links import checked_link
from bot.playground.params import Params
from bot.playground.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_ENTITY_TYPES = CONTINUOUS | QUOTES | STYLES | {"cashtag", "phone_number"}
_NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}


def text_content(world: World, params: Params) -> Json:
    raw = params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text, entities = formatted(
        world, raw, params.text("parse_mode"), params.array("entities", "entities")
    )
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = params.object("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = _checked_preview(preview)
    return content


def caption_content(world: World, source: Params) -> Json:
    raw = source.text("caption")
    if not raw.strip():
        return {}
    text, entities = formatted(
        world, raw, source.text("parse_mode"), source.array("caption_entities", "caption entities")
    )
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def formatted(world: World, raw: str, mode: str, given: list[Any]) -> tuple[str, list[Json]]:
    if mode.lower() not in {"", "none", "html"}:
        if mode.lower() in {"markdown", "markdownv2"}:
            raise bad_request("can't parse entities: the playground reads HTML only")
        raise bad_request("unsupported parse_mode")
    if mode.lower() == "html":
        text, spans = parse_html(raw)
    else:
        text, spans = raw, from_entities(raw, _checked_entities(given)) if given else []
    text, spans = tidy(text, _with_users(world, spans))
    return text, to_entities(text, spans) if spans else []


def _checked_entities(given: list[Any]) -> list[Json]:
    for entity in given:
        if not isinstance(entity, dict):
            raise _unparsed("Object expected")
        kind = entity.get("type")
        if kind not in _ENTITY_TYPES:
            raise _unparsed("Unsupported type specified")
        needed = _NEEDED.get(kind)
        if needed and not entity.get(needed):
            raise _unparsed(f'Can\'t find field "{needed}"')
        if kind == "text_link" and not checked_link(str(entity["url"])):
            raise bad_request(f"entity URL '{entity['url']}' is invalid: Wrong HTTP URL")
        for name in ("offset", "length"):
            number = entity.get(name)
            if not isinstance(number, int) or not 0 <= number <= 1_000_000:
                raise bad_request(f"receive an entity with incorrect {name} {number}")
    return given


def _unparsed(what: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {what}")


def _with_users(world: World, spans: list[Span]) -> list[Span]:
    """Mentions carry the whole user; those of strangers are dropped."""
    if not any(span.kind == "text_mention" for span in spans):
        return spans
    known = []
    for span in spans:
        user = world.users.get(Params(span.extra).object("user").get("id", 0))
        if span.kind != "text_mention":
            known.append(span)
        elif user:
            known.append(Span(span.kind, span.start, span.end, {"user": user}))
    return known


def _checked_preview(preview: Json) -> Json:
    for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        if not isinstance(preview.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if preview.get("url") and not checked_link(str(preview["url"])):
        raise bad_request("WEBPAGE_URL_INVALID")
    return {name: value for name, value in preview.items() if value not in (None, "", False)}


def markup_of(params: Params) -> Json | None:
    return checked_markup(params.json("reply_markup", "reply keyboard markup"))


def message_from_bot(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Posts a message of the bot, with everything around the content."""
    message: Json = {"message_id": 0, **_author(world, chat), "chat": chat.info}
    message["date"] = int(time.time())
    message |= _thread(chat, params) | _reply(chat, params) | content
    markup = markup_of(params)
    if markup and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    if params.flag("protect_content"):
        message["has_protected_content"] = True
    message["message_id"] = world.next_message_id()
    chat.by_bot.add(message["message_id"])
    if params.flag("disable_notification"):
        chat.silent.add(message["message_id"])
    return world.post(chat, message)


def _author(world: World, chat: Chat) -> Json:
    return {"sender_chat": chat.info} if chat.kind == "channel" else {"from": world.bot}


def _thread(chat: Chat, params: Params) -> Json:
    number = params.number("message_thread_id")
    if not number:
        return {}
    if number not in chat.topics:
        raise bad_request("message thread not found")
    if number in chat.closed and chat.bot_status != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": number, "is_topic_message": True}


def _reply(chat: Chat, params: Params) -> Json:
    given = params.object("reply_parameters", "reply parameters")
    if not given and params.number("reply_to_message_id"):
        given = {"message_id": params.number("reply_to_message_id")}
    if not given:
        return {}
    if "message_id" not in given:
        raise bad_request('can\'t find field "message_id"')
    original = chat.messages.get(Params(given).number("message_id"))
    if original is None:
        if given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(original)}


def without_reply(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "reply_to_message"}
