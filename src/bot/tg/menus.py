"""Telegram's command menus and descriptions, per audience and language, from the roll."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.texts import CATALOGUES, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram.ext import ExtBot

    from bot.tg.command import Command

log = logging.getLogger(__name__)


async def publish(
    bot: ExtBot[bool], roll: Iterable[Command], admins: Iterable[int], default: str
) -> None:
    """Set every menu; `default` is the language of readers whose own has no catalogue."""
    roll = tuple(roll)
    people = [command for command in roll if command.in_menu and not command.for_admins]
    admin = [command for command in roll if command.in_menu]
    for language in (None, *(code for code in CATALOGUES if code != default)):
        texts = Texts(language or default)
        await _set(bot, _menu(people, texts), BotCommandScopeDefault(), language)
        for person in admins if len(admin) > len(people) else ():
            await _set(bot, _menu(admin, texts), BotCommandScopeChat(person), language)


async def _set(
    bot: ExtBot[bool], menu: list[BotCommand], scope: BotCommandScope, language: str | None
) -> None:
    try:
        await bot.set_my_commands(menu, scope, language)
    except TelegramError as error:
        # An admin who never wrote to the bot has no chat to put a menu into.
        log.info("A command menu could not be set: %s", error)


def _menu(commands: list[Command], texts: Texts) -> list[BotCommand]:
    return [BotCommand(command.name, texts.say(command.summary)) for command in commands]
