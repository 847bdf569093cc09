"""Rows of buttons that turn pages and lead to other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.texts import Texts

PAGE = 5
LANGUAGES = {"en": mark("English"), "zh": mark("Chinese")}


def pager(
    action: Callable[[int], str], offset: int, shown: int, total: int, *middle: Button
) -> tuple[Button, ...]:
    """◂ and ▸ where there is a page, around `middle`; `action` names a page by its offset."""
    back = [Button("◂", action(max(0, offset - PAGE)))] if offset else []
    on = [Button("▸", action(offset + PAGE))] if offset + shown < total else []
    return (*back, *middle, *on)


def elsewhere(noun: str, counts: Mapping[str, int], texts: Texts) -> tuple[Button, ...]:
    """A button for each other language that has something."""
    return tuple(
        Button(
            texts.say("also in {language} ({n})", language=_name(language, texts), n=count),
            f"{noun}:0:{language}:",
        )
        for language, count in counts.items()
        if count
    )


def _name(language: str, texts: Texts) -> str:
    return texts.say(LANGUAGES[language]) if language in LANGUAGES else texts.name_of(language)
