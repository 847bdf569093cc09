"""Rows of buttons that turn pages and lead to other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.models.messages import Keyboard
    from bot.texts import Texts

PAGE = 5
# News comes in more languages than a message has room for buttons.
_MOST_LANGUAGES = 6
LANGUAGES = {"en": mark("English"), "zh": mark("Chinese")}


def pager(
    action: Callable[[int], str],
    offset: int,
    shown: int,
    total: int,
    *middle: Button,
    size: int = PAGE,
) -> tuple[Button, ...]:
    """◂ and ▸ where there is a page, around `middle`; `action` names a page by its offset."""
    back = [Button("◂", action(max(0, offset - size)))] if offset else []
    on = [Button("▸", action(offset + size))] if offset + shown < total else []
    return (*back, *middle, *on)


def ticked(label: str, chosen: bool) -> str:
    """The label of a button that is one of several choices."""
    return f"{label} ✓" if chosen else label


def grid(buttons: Sequence[Button], across: int = 6) -> Keyboard:
    """Rows of so many."""
    return tuple(tuple(buttons[at : at + across]) for at in range(0, len(buttons), across))


def elsewhere(noun: str, counts: Mapping[str, int], texts: Texts, wanted: str = "") -> Keyboard:
    """Buttons for the other languages that have something, those with the most first."""
    fullest = sorted(filter(counts.get, counts), key=lambda language: -counts[language])
    buttons = [
        Button(
            texts.say("also in {language} ({n})",
                      language=language_name(language, texts), n=counts[language]),
            f"{noun}:0:{language}:{wanted}",
        )
        for language in fullest[:_MOST_LANGUAGES]
    ]  # fmt: skip
    return grid(buttons, across=2)


def language_name(language: str, texts: Texts) -> str:
    """As readers call it."""
    return texts.say(LANGUAGES[language]) if language in LANGUAGES else texts.name_of(language)
