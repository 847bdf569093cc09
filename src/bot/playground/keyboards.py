"""Reply markup as Telegram checks it: one bad button loses the whole message."""

from typing import Any

from bot.playground.errors import ApiError, bad_request
from bot.playground.links import button_link

MOST_BUTTONS = 100
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_TEXTS = {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat"}
_OBJECTS = {"web_app", "login_url", "switch_inline_query_chosen_chat", "copy_text"}
_FLAGS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "selective",
    "remove_keyboard",
    "force_reply",
)
_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def checked_markup(markup: Any) -> dict[str, Any] | None:
    """The markup to keep, or None when there is none; raises Telegram's refusals."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for flag in _FLAGS:
        if not isinstance(markup.get(flag, False), bool):
            raise bad_request(f'field "{flag}" must be of type Boolean')
    for name in ("inline_keyboard", "keyboard"):
        if not isinstance(markup.get(name, []), list):
            raise bad_request(f'field "{name}" must be of type Array')
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if not any(kind in markup for kind in _KINDS):
        return None
    return {kind: markup[kind] for kind in _KINDS if kind in markup}


def _inline(rows: list[Any]) -> dict[str, Any] | None:
    checked = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request("can't parse inline keyboard button: Array of Objects expected")
        buttons = [_button(button) for button in row]
        if buttons:
            checked.append(buttons)
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsed("Inline keyboard button must be an Object")
    text = button.get("text")
    if text is None:
        raise _unparsed('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _unparsed('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if _given(button, name)), None)
    if action is None:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    return {"text": text, action: _checked_action(action, button[action])}


def _given(button: dict[str, Any], name: str) -> bool:
    value = button.get(name)
    return value is not None and (value != "" or name.startswith("switch_inline_query"))


def _checked_action(action: str, value: Any) -> Any:
    if action in _TEXTS and not isinstance(value, str):
        raise _unparsed(f'Field "{action}" must be of type String')
    if action in _OBJECTS and not isinstance(value, dict):
        raise _unparsed(f'Field "{action}" must be of type Object')
    if action == "callback_data" and len(value.encode("utf-8", "replace")) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        return button_link(value, "inline keyboard button URL")
    if action in {"pay", "callback_game"}:
        raise bad_request("BUTTON_TYPE_INVALID")
    if action == "web_app" and not str(value.get("url", "")).startswith("https://"):
        address = value.get("url", "")
        raise bad_request(
            f"inline keyboard button Web App URL '{address}' is invalid: "
            "Only HTTPS links are allowed"
        )
    if action == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _unparsed(what: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {what}")
