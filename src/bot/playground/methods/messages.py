"""Sending, editing, copying, forwarding and deleting messages."""

import time
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.composing import (
    caption_content,
    markup_of,
    message_from_bot,
    text_content,
)
from bot.playground.errors import bad_request
from bot.playground.methods.chats import chat_to_act_in, chat_to_write_in, find_chat
from bot.playground.methods.files import media_content
from bot.playground.params import Params
from bot.playground.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")
_MEDIA = ("document", "photo")
_ENVELOPE = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "chat",
        "date",
        "edit_date",
        "reply_to_message",
        "reply_markup",
        "message_thread_id",
        "is_topic_message",
        "has_protected_content",
        "via_bot",
        "forward_origin",
    }
)
SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "migrate_to_chat_id",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


def send_message(world: World, params: Params) -> Json:
    content = text_content(world, params)
    return message_from_bot(world, chat_to_write_in(world, params), params, content)


def edit_message_text(world: World, params: Params) -> Json | bool:
    content = text_content(world, params)
    chat, message = _to_edit(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, params, chat, _replaced(message, _TEXT, content, params))


def edit_message_caption(world: World, params: Params) -> Json | bool:
    content = caption_content(world, params)
    chat, message = _to_edit(world, params)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, params, chat, _replaced(message, _CAPTION, content, params))


def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    chat, message = _to_edit(world, params)
    return _edit(world, params, chat, _replaced(message, (), {}, params))


def edit_message_media(world: World, params: Params) -> Json | bool:
    chat, message = _to_edit(world, params)
    media = params.object("media", "InputMedia")
    if not media:
        raise bad_request("input media is not specified")
    described = Params(media, params.uploads)
    content = media_content(world, described) | caption_content(world, described)
    changed = _replaced(message, _TEXT + _CAPTION + _MEDIA, content, params)
    return _edit(world, params, chat, changed)


def _to_edit(world: World, params: Params) -> tuple[Chat, Json]:
    inline_id = params.text("inline_message_id")
    if inline_id and inline_id not in world.inline_messages:
        raise bad_request("MESSAGE_ID_INVALID")
    if inline_id:
        chat_id, number = world.inline_messages[inline_id]
        chat = world.chat(chat_id)
    else:
        chat = chat_to_act_in(world, params)
        number = params.number("message_id")
        if not number:
            raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID" if inline_id else "message to edit not found")
    if not inline_id and not _may_edit(chat, message):
        raise bad_request("message can't be edited")
    return chat, message


def _may_edit(chat: Chat, message: Json) -> bool:
    return message["message_id"] in chat.by_bot and "forward_origin" not in message


def _replaced(message: Json, names: tuple[str, ...], content: Json, params: Params) -> Json:
    """The message with new content; what is not given goes, its buttons included."""
    gone = {*names, "reply_markup"}
    changed = {name: value for name, value in message.items() if name not in gone} | content
    markup = markup_of(params)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if markup:
        changed["reply_markup"] = markup
    if changed == message:
        raise bad_request(_NOT_MODIFIED)
    return changed


def _edit(world: World, params: Params, chat: Chat, changed: Json) -> Json | bool:
    changed["edit_date"] = max(int(time.time()), int(changed["date"]))
    world.revise(chat, changed)
    return True if params.has("inline_message_id") else changed


def delete_message(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(chat, message):
        raise bad_request("message can't be deleted")
    world.delete(chat, message["message_id"])
    return True


def delete_messages(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    numbers = _numbers(params)
    for number in numbers:
        message = chat.messages.get(number)
        if message and _may_delete(chat, message):
            world.delete(chat, number)
    return True


def _may_delete(chat: Chat, message: Json) -> bool:
    if time.time() - message["date"] > 48 * 3600:
        return False
    return (
        message["message_id"] in chat.by_bot
        or chat.is_private
        or chat.bot_status == "administrator"
    )


def _numbers(params: Params) -> list[int]:
    numbers = params.array("message_ids", "message identifiers")
    if not numbers or not all(isinstance(number, int) for number in numbers):
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    return numbers


def copy_message(world: World, params: Params) -> Json:
    target = chat_to_write_in(world, params)
    original = _original(world, params, "message to copy not found")
    content = content_of(original)
    if params.values.get("caption") is not None and any(kind in content for kind in _MEDIA):
        content = {k: v for k, v in content.items() if k not in _CAPTION}
        content |= caption_content(world, params)
    return {"message_id": message_from_bot(world, target, params, content)["message_id"]}


def forward_message(world: World, params: Params) -> Json:
    target = chat_to_write_in(world, params)
    original = _original(world, params, "message to forward not found")
    content = content_of(original) | {"forward_origin": origin_of(original)}
    return message_from_bot(world, target, params, content)


def _original(world: World, params: Params, missing: str) -> Json:
    source = find_chat(world, params, "from_chat_id")
    source.check_bot_may_act()
    message = source.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request(missing)
    if SERVICE & message.keys():
        raise bad_request(missing.replace("not found", "can't be used"))
    if message.get("has_protected_content"):
        verb = "copied" if "copy" in missing else "forwarded"
        raise bad_request(f"message can't be {verb}")
    return message


def origin_of(message: Json) -> Json:
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    date = message["date"]
    if "from" in message:
        return {"type": "user", "sender_user": message["from"], "date": date}
    return {
        "type": "channel",
        "chat": message["chat"],
        "message_id": message["message_id"],
        "date": date,
    }


def content_of(message: Json) -> Json:
    """What a forward or a copy carries along."""
    return {name: value for name, value in message.items() if name not in _ENVELOPE}


ROLL: dict[str, Any] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
