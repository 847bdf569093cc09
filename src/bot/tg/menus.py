"""Telegram's command menus and descriptions, per audience and language, from the roll."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, TelegramError

from bot.models.roles import may
from bot.texts import CATALOGUES, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from telegram.ext import ExtBot

    from bot.models.roles import Role
    from bot.tg.command import Command

log = logging.getLogger(__name__)


async def publish(
    bot: ExtBot[bool], roll: Iterable[Command], staff: Mapping[int, Role], default: str
) -> None:
    """Set every menu; `default` is the language of readers whose own has no catalogue."""
    roll = tuple(roll)
    for language in _languages(default):
        people = _menu(roll, None, Texts(language or default))
        await _set(bot, people, BotCommandScopeDefault(), language)
    for person, role in staff.items():
        await publish_for(bot, roll, person, role, default)


async def publish_for(
    bot: ExtBot[bool], roll: Iterable[Command], person: int, role: Role | None, default: str
) -> None:
    """Set one person's menu; without more to show than everybody's there is none of their own."""
    roll, scope = tuple(roll), BotCommandScopeChat(person)
    for language in _languages(default):
        texts = Texts(language or default)
        own = _menu(roll, role, texts)
        if not await _set(bot, own if own != _menu(roll, None, texts) else [], scope, language):
            return


def _languages(default: str) -> tuple[str | None, ...]:
    return (None, *(code for code in CATALOGUES if code != default))


async def _set(
    bot: ExtBot[bool], menu: list[BotCommand], scope: BotCommandScope, language: str | None
) -> bool:
    """False where there is no chat that could have one."""
    try:
        if menu:
            await bot.set_my_commands(menu, scope, language)
        else:
            await bot.delete_my_commands(scope, language)
    except TelegramError as error:
        # Who never wrote to the bot has no chat to put a menu into: the first /start brings it.
        if isinstance(error, BadRequest) and "chat not found" in str(error).lower():
            return False
        log.info("A command menu could not be set: %s", error)
    return True


def _menu(roll: Iterable[Command], role: Role | None, texts: Texts) -> list[BotCommand]:
    shown = [command for command in roll if command.in_menu and may(role, command.needs)]
    return [BotCommand(command.name, texts.say(command.summary)) for command in shown]
