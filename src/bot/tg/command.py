"""One entry of the roll, and how PTB comes to know it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram import CallbackQuery, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.tg.context import Context
from bot.tg.sender import answer

if TYPE_CHECKING:
    from bot.config import Settings

Run = Callable[[Update, Context], Coroutine[Any, Any, None]]
# A press gets its callback data after the noun and the colon, and returns its toast.
Press = Callable[[Update, Context, str], Awaitable[str | None]]
AnyHandler = BaseHandler[Any, Context, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """`name` and `aliases` as typed, `summary` an English message for menu and /help."""

    name: str
    summary: str
    run: Run
    aliases: tuple[str, ...] = ()
    buttons: Mapping[str, Press] = field(default_factory=dict)
    in_menu: bool = False
    for_admins: bool = False
    # In groups with moderation bots a bare /report calls the admins: such names need @us there.
    shy_in_groups: bool = False


def handlers(command: Command, settings: Settings) -> list[AnyHandler]:
    """PTB's handlers for one command: what is typed, then what is pressed."""
    typed: filters.BaseFilter = filters.UpdateType.MESSAGE
    if command.for_admins:
        typed &= filters.User(settings.admins) & ~filters.FORWARDED
    loud = [] if command.shy_in_groups else [command.name]
    made: list[AnyHandler] = [CommandHandler([*loud, *command.aliases], command.run, typed)]
    if command.shy_in_groups:
        called = filters.ChatType.PRIVATE | filters.Regex(rf"(?i)^/{command.name}@")
        made.append(CommandHandler(command.name, command.run, typed & called))
    allowed = settings.admins if command.for_admins else None
    return made + [_pressed(noun, press, allowed) for noun, press in command.buttons.items()]


def _pressed(noun: str, press: Press, allowed: tuple[int, ...] | None) -> AnyHandler:
    """`allowed` are the numeric ids of those whose press counts, None for everybody."""

    async def run(update: Update, context: Context) -> None:
        query = _query(update)
        if allowed is not None and query.from_user.id not in allowed:
            await answer(query, context.texts.say("This button is for the bot's admins."))
            return
        toast = await press(update, context, str(query.data).partition(":")[2])
        await answer(query, toast)

    return CallbackQueryHandler(run, pattern=rf"^{noun}(:|$)")


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a press without a callback query")
    return update.callback_query
