"""What the bot says about itself: commands by scope and language, name, descriptions, menu."""

import re
from typing import Any

from bot.playground.chats import Json
from bot.playground.errors import bad_request
from bot.playground.params import Params
from bot.playground.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)


def get_me(world: World, params: Params) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.array("commands", "bot commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    place = _scope(world, params), _language(params)
    world.profile.commands[place] = [_command(command) for command in commands]
    world.tell("commands", 0, {})
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands.get((_scope(world, params), _language(params)), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.commands.pop((_scope(world, params), _language(params)), None)
    world.tell("commands", 0, {})
    return True


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: Object expected")
    name = str(given.get("command", "")).lower().removeprefix("/")
    text = str(given.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(text) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, params: Params) -> str:
    scope = params.object("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return str(kind)
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = world.chat(Params(scope).number("chat_id"))
    user = f":{Params(scope).number('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{user}"


def commands_for(world: World, user: Json, chat_id: int) -> list[Json]:
    """The menu this person sees in this chat, by Telegram's order of scopes."""
    chat = world.chats.get(chat_id)
    admin = bool(chat) and chat is not None and chat.members.get(user["id"]) in _ADMINS
    if chat_id > 0:
        scopes = [f"chat:{chat_id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member:{chat_id}:{user['id']}"]
        scopes += [f"chat_administrators:{chat_id}"] if admin else []
        scopes += [f"chat:{chat_id}"]
        scopes += ["all_chat_administrators"] if admin else []
        scopes += ["all_group_chats", "default"]
    language = str(user.get("language_code", ""))[:2]
    for scope in scopes:
        for code in (language, ""):
            found = world.profile.commands.get((scope, code))
            if found:
                return found
    return []


_ADMINS = frozenset({"creator", "administrator"})


def _setter(field: str, limit: int, store: str) -> Any:
    def change(world: World, params: Params) -> bool:
        text = params.text(field)
        if len(text) > limit:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        getattr(world.profile, store)[_language(params)] = text
        return True

    return change


def _getter(field: str, store: str) -> Any:
    def read(world: World, params: Params) -> Json:
        texts = getattr(world.profile, store)
        found = texts.get(_language(params)) or texts.get("", "")
        return {field: found or (world.bot["first_name"] if field == "name" else "")}

    return read


def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.object("menu_button", "MenuButton") or {"type": "default"}
    if button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse menu button: Unsupported type specified")
    world.profile.menu_buttons[params.number("chat_id")] = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    buttons = world.profile.menu_buttons
    return buttons.get(params.number("chat_id")) or buttons.get(0) or {"type": "commands"}


ROLL: dict[str, Any] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", 64, "name"),
    "getMyName": _getter("name", "name"),
    "setMyDescription": _setter("description", 512, "description"),
    "getMyDescription": _getter("description", "description"),
    "setMyShortDescription": _setter("short_description", 120, "short_description"),
    "getMyShortDescription": _getter("short_description", "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
