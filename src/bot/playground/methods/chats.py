"""Finding the chat a call means; what a bot may ask about a chat and do to it."""

from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.errors import bad_request
from bot.playground.params import Params
from bot.playground.world import World


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    raw = params.text(name)
    if not raw:
        raise bad_request(f"{name} is empty")
    if raw.startswith("@"):
        return world.chat_named(raw[1:])
    try:
        return world.chat(int(raw))
    except ValueError:
        raise bad_request("chat not found") from None


def chat_to_act_in(world: World, params: Params) -> Chat:
    chat = find_chat(world, params)
    chat.check_bot_may_act()
    return chat


def chat_to_write_in(world: World, params: Params) -> Chat:
    chat = find_chat(world, params)
    chat.check_bot_may_write()
    return chat


def get_chat(world: World, params: Params) -> Json:
    chat = chat_to_act_in(world, params)
    full: Json = {**chat.info, "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    if chat.description:
        full["description"] = chat.description
    if chat.pinned:
        full["pinned_message"] = chat.messages.get(chat.pinned[-1])
    return full


def get_chat_member(world: World, params: Params) -> Json:
    chat = chat_to_act_in(world, params)
    user = world.users.get(params.number("user_id"))
    if user is None:
        raise bad_request(
            "user not found" if params.has("user_id") else "invalid user_id specified"
        )
    if user["id"] == world.bot["id"]:
        return bot_member(world, chat)
    status = chat.members.get(user["id"], "left")
    if chat.is_private and user["id"] == chat.id:
        status = "member"
    return member_object(user, status)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = chat_to_act_in(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    admins = [
        member_object(world.users[user_id], status)
        for user_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]
    if chat.bot_status == "administrator":
        admins.append(bot_member(world, chat))
    return admins


def get_chat_member_count(world: World, params: Params) -> int:
    chat = chat_to_act_in(world, params)
    return 2 if chat.is_private else len(chat.members) + 1


def leave_chat(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    number = params.number("message_id")
    if number not in chat.messages:
        raise bad_request("message to pin not found")
    if not chat.is_private and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(number)
    world.tell("pin", chat.id, {"message_id": number})
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    number = params.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    world.tell("unpin", chat.id, {"message_id": number})
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    chat = chat_to_act_in(world, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = params.array("reaction", "reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    data = {"message_id": message["message_id"], "reaction": reactions}
    world.tell("reaction", chat.id, data)
    return True


def send_chat_action(world: World, params: Params) -> bool:
    chat = chat_to_write_in(world, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell("action", chat.id, {"action": action})
    return True


def bot_member(world: World, chat: Chat) -> Json:
    member = member_object(world.bot, chat.bot_status)
    if "can_post_messages" in member:
        member["can_post_messages"] = chat.may_post
    return member


def member_object(user: Json, status: str) -> Json:
    member: Json = {"user": user, "status": status}
    if status == "administrator":
        member |= dict.fromkeys(_RIGHTS, True)
        member |= {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member


_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
)

ROLL: dict[str, Any] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
}
