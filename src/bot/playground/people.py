"""What people do in a chat, and what the bot hears of it."""

import time
from collections.abc import Iterator
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.composing import CAPTION_LIMIT, TEXT_LIMIT, without_reply
from bot.playground.entities import tidy, to_entities, utf16_length
from bot.playground.methods.chats import bot_member
from bot.playground.methods.messages import SERVICE, content_of, origin_of
from bot.playground.world import Query, World

ANONYMOUS_ADMIN = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class ImpossibleError(ValueError):
    """Something no Telegram app would let a person do."""


def private_chat(world: World, user: Json) -> Chat:
    """The chat of this person with the bot; it begins to exist when the person writes."""
    chat = world.chats.get(user["id"])
    if chat is None:
        shown = ("first_name", "last_name", "username")
        info = {"id": user["id"], **{k: user[k] for k in shown if k in user}, "type": "private"}
        chat = world.chats[user["id"]] = Chat(info)
        world.tell("chat", chat.id, info)
    return chat


def say(world: World, user: Json, chat: Chat, text: str, **around: Any) -> Json:
    """Sends a text, cut into pieces of 4,096 where it is longer, as the apps do."""
    pieces = list(_pieces(text))
    if not pieces:
        raise ImpossibleError("There is nothing to send.")
    for piece in pieces:
        tidied, spans = tidy(piece, [])
        content: Json = {"text": tidied}
        if spans:
            content["entities"] = to_entities(tidied, spans)
        message = post(world, user, chat, content, **around)
    return message


def _pieces(text: str) -> Iterator[str]:
    while text.strip():
        cut = TEXT_LIMIT
        while utf16_length(text[:cut]) > TEXT_LIMIT:
            cut -= max(1, (utf16_length(text[:cut]) - TEXT_LIMIT) // 2)
        if text[:cut].strip():
            yield text[:cut]
        text = text[cut:]


def attach(
    world: World,
    user: Json,
    chat: Chat,
    data: bytes,
    name: str,
    caption: str = "",
    *,
    photo: bool = False,
    **around: Any,
) -> Json:
    if utf16_length(caption) > CAPTION_LIMIT:
        raise ImpossibleError("The caption is longer than 1,024 characters.")
    if not data:
        raise ImpossibleError("The file is empty.")
    file = world.files.add(data, name, photo=photo)
    content: Json = {"photo": file.photo()} if photo else {"document": file.document()}
    if caption.strip():
        tidied, spans = tidy(caption, [])
        content["caption"] = tidied
        if spans:
            content["caption_entities"] = to_entities(tidied, spans)
    return post(world, user, chat, content, **around)


def forward(world: World, user: Json, chat: Chat, original: Json) -> Json:
    content = content_of(original) | {"forward_origin": origin_of(original)}
    return post(world, user, chat, content)


def post(
    world: World,
    user: Json,
    chat: Chat,
    content: Json,
    *,
    reply_to: int = 0,
    topic: int = 0,
    anonymous: bool = False,
) -> Json:
    if chat.is_private and chat.bot_status == "kicked":
        raise ImpossibleError("The bot is blocked here: unblock it first.")
    message: Json = {"message_id": world.next_message_id(), **_author(user, chat, anonymous)}
    message |= {"chat": chat.info, "date": int(time.time())}
    if topic:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    if reply_to:
        message["reply_to_message"] = without_reply(chat.messages[reply_to])
    message |= content
    world.post(chat, message)
    if hears(world, chat, message):
        world.updates.push("channel_post" if chat.kind == "channel" else "message", message)
    return message


def _author(user: Json, chat: Chat, anonymous: bool) -> Json:
    if chat.kind == "channel":
        return {"sender_chat": chat.info}
    if anonymous:
        return {"from": ANONYMOUS_ADMIN, "sender_chat": chat.info}
    return {"from": user}


def hears(world: World, chat: Chat, message: Json) -> bool:
    """Privacy mode: in a group a bot that is no admin hears commands, replies to itself,
    mentions and what the group itself tells, and nothing else."""
    if chat.bot_status in {"kicked", "left"}:
        return False
    if chat.kind not in {"group", "supergroup"} or chat.bot_status == "administrator":
        return True
    if SERVICE & message.keys():
        return True
    bot = world.bot
    answered = message.get("reply_to_message", {}).get("from", {}).get("id")
    if answered == bot["id"] or message.get("via_bot", {}).get("id") == bot["id"]:
        return True
    return any(_calls(bot["username"], word) for word in _words(message))


def _words(message: Json) -> Iterator[str]:
    text = message.get("text") or message.get("caption", "")
    entities: list[Json] = message.get("entities") or message.get("caption_entities") or []
    for entity in entities:
        if entity["type"] in {"bot_command", "mention"}:
            units = text.encode("utf-16-le")
            start = entity["offset"] * 2
            yield units[start : start + entity["length"] * 2].decode("utf-16-le")


def _calls(username: str, word: str) -> bool:
    name = word.partition("@")[2]
    return not name or name.lower() == username.lower()


def edit(world: World, user: Json, chat: Chat, message_id: int, text: str) -> Json:
    message = dict(chat.messages[message_id])
    if message.get("from", {}).get("id") != user["id"] and chat.kind != "channel":
        raise ImpossibleError("One can only edit one's own messages.")
    kind = "text" if "text" in message else "caption"
    names = {"text": "entities", "caption": "caption_entities"}
    tidied, spans = tidy(text, [])
    message.pop(names[kind], None)
    message[kind] = tidied
    if spans:
        message[names[kind]] = to_entities(tidied, spans)
    message["edit_date"] = int(time.time())
    world.revise(chat, message)
    if hears(world, chat, message):
        post_kind = "edited_channel_post" if chat.kind == "channel" else "edited_message"
        world.updates.push(post_kind, message)
    return message


def press(world: World, user: Json, chat: Chat, message: Json, data: str) -> Query:
    """Asks the bot what a callback button does; the answer comes to the returned query."""
    query = world.ask(user["id"], chat.id)
    payload: Json = {"id": query.id, "from": user, "chat_instance": str(chat.id * 7919)}
    inline_id = inline_id_of(world, chat, message)
    payload |= {"inline_message_id": inline_id} if inline_id else {"message": message}
    payload["data"] = data
    world.updates.push("callback_query", payload)
    return query


def inline_id_of(world: World, chat: Chat, message: Json) -> str:
    place = chat.id, message["message_id"]
    if "via_bot" not in message:
        return ""
    return next((key for key, value in world.inline_messages.items() if value == place), "")


def ask_inline(world: World, user: Json, text: str, offset: str = "") -> Query:
    query = world.ask(user["id"], 0)
    payload = {"id": query.id, "from": user, "query": text[:256], "offset": offset}
    world.updates.push("inline_query", {**payload, "chat_type": "sender"})
    return query


def choose(world: World, user: Json, chat: Chat, query: str, result: Json) -> Json:
    """Sends an inline result into a chat."""
    content = {**result["content"], "via_bot": world.bot}
    markup = result.get("reply_markup")
    inline_id = ""
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
        inline_id = f"{chat.id}_{world.counters.next('inline_id')}"
    message = post(world, user, chat, content)
    chosen = {"result_id": result["id"], "from": user, "query": query}
    if inline_id:
        world.name_inline_message(inline_id, chat.id, message["message_id"])
        chosen["inline_message_id"] = inline_id
    world.updates.push("chosen_inline_result", chosen)
    return message


def change_bot_status(
    world: World, user: Json, chat: Chat, status: str, *, may_post: bool = True
) -> None:
    """Somebody blocked, added, promoted or removed the bot."""
    before = bot_member(world, chat)
    chat.bot_status, chat.may_post = status, may_post
    after = bot_member(world, chat)
    if before == after:
        return
    update = {
        "chat": chat.info,
        "from": user,
        "date": int(time.time()),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    world.updates.push("my_chat_member", update)
    world.tell("chat", chat.id, chat.info)


def close_topic(world: World, user: Json, chat: Chat, number: int) -> None:
    """Only admins may write there now; or all again, if it was closed."""
    chat.closed ^= {number}
    now = "closed" if number in chat.closed else "reopened"
    post(world, user, chat, {f"forum_topic_{now}": {}}, topic=number)


def upgrade(world: World, chat: Chat, user: Json) -> Chat:
    """Turns a group into a supergroup: a new id, and both sides of the move are told."""
    new_id = -1_000_000_000_000 - world.counters.next("chat_number")
    info = {**chat.info, "id": new_id, "type": "supergroup"}
    new = Chat(info, members=dict(chat.members), bot_status=chat.bot_status)
    world.chats[new_id] = new
    old_id, chat.migrated_to = chat.id, new_id
    world.tell("chat", new_id, info)
    for place, content in (
        (chat, {"migrate_to_chat_id": new_id}),
        (new, {"migrate_from_chat_id": old_id}),
    ):
        message = {"message_id": world.next_message_id(), "from": user, "chat": place.info}
        message |= {"date": int(time.time()), **content}
        world.post(place, message)
        if chat.bot_status not in {"kicked", "left"}:
            world.updates.push("message", message)
    return new
