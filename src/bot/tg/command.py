"""One entry of the roll, and how PTB comes to know it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from telegram import CallbackQuery, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.config import DRAFT_KEEP_DAYS
from bot.models.messages import Message
from bot.models.roles import Needs, may
from bot.services import roles
from bot.texts import mark
from bot.tg.bound import unbind
from bot.tg.context import Context
from bot.tg.sender import reply

if TYPE_CHECKING:
    from bot.models.chats import Chat

Run = Callable[[Update, Context], Coroutine[Any, Any, None]]
# A press gets its callback data after the noun and the colon, and returns its toast.
Press = Callable[[Update, Context, str], Awaitable[str | None]]
AnyHandler = BaseHandler[Any, Context, Any]

# One's own word: not passed on, nor that of a channel, an anonymous admin or another bot.
OWN_WORD = ~filters.FORWARDED & ~filters.SenderChat.ALL & ~filters.VIA_BOT
# How long an admin's button works: as long as a draft that nobody goes on with is kept.
ADMINS_LAST = timedelta(days=DRAFT_KEEP_DAYS)
FORBIDDEN = mark("/{command} is for those who look after this bot.")


@dataclass(frozen=True, slots=True)
class Command:
    """`name` and `aliases` as typed, `summary` an English message for menu and /help.

    Buttons that last for `confirms`, and all of a command that needs a role, are for one person:
    `Context.bound` makes them so.
    """

    name: str
    summary: str
    run: Run
    aliases: tuple[str, ...] = ()
    # What asks for it in a private chat without a slash, as `plainly` leaves it.
    words: tuple[str, ...] = ()
    buttons: Mapping[str, Press] = field(default_factory=dict)
    in_menu: bool = False
    needs: Needs | None = None
    # Its button in /admin; without one it is only typed, because a button elsewhere does the same.
    panel: str = ""
    confirms: timedelta | None = None
    # In groups with moderation bots a bare /report calls the admins: such names need @us there,
    # unless the group says otherwise.
    shy_in_groups: bool = False

    @property
    def lasts(self) -> timedelta | None:
        """For how long its buttons work for whom they were made; None: for everybody, for ever."""
        return self.confirms or (ADMINS_LAST if self.needs else None)

    def is_shy(self, chat: Chat) -> bool:
        """Whether its name needs @us in this chat."""
        return self.shy_in_groups and chat.kind != "private" and not chat.bare_report

    def heard_as(self, chat: Chat) -> str:
        """The name that needs no @us in this chat."""
        return self.aliases[0] if self.is_shy(chat) else self.name


def handlers(command: Command) -> list[AnyHandler]:
    """PTB's handlers for one command: what is typed, then what is pressed."""
    typed: filters.BaseFilter = filters.UpdateType.MESSAGE
    if command.needs:
        typed &= OWN_WORD
    run = _guarded(command) if command.needs else command.run
    loud = [] if command.shy_in_groups else [command.name]
    made: list[AnyHandler] = [CommandHandler([*loud, *command.aliases], run, typed)]
    if command.shy_in_groups:
        made.append(CommandHandler(command.name, _if_called(command), typed))
    return made + [_pressed(command, noun, press) for noun, press in command.buttons.items()]


def _if_called(command: Command) -> Run:
    """The command where it is for us: in silence otherwise."""

    async def run(update: Update, context: Context) -> None:
        text = (update.message and update.message.text) or ""
        if not command.is_shy(context.chat) or text.lower().startswith(f"/{command.name}@"):
            await command.run(update, context)

    return run


async def _allowed(command: Command, update: Update, context: Context) -> bool:
    """Whether who wrote or pressed may do it, by the role they have now."""
    return command.needs is None or may(await context.role(update), command.needs)


async def _refuse(command: Command, update: Update, context: Context) -> None:
    person, tools = update.effective_user, context.tools
    if person is not None:
        await roles.refuse(tools.db, person.id, command.name, update.update_id, tools.now())


def _guarded(command: Command) -> Run:
    """The command for those with its role; anybody else is told so and noted.

    In groups a /ban of a stranger may be meant for another bot: there nothing is said.
    """

    async def run(update: Update, context: Context) -> None:
        if await _allowed(command, update, context):
            await command.run(update, context)
        elif context.chat.kind == "private":
            await _refuse(command, update, context)
            text = context.texts.say(FORBIDDEN, command=command.name)
            await reply(context.bot, update, Message.of(text))

    return run


def _pressed(command: Command, noun: str, press: Press) -> AnyHandler:
    async def run(update: Update, context: Context) -> None:
        query, answer = _query(update), context.tools.presses.answer
        if not await _allowed(command, update, context):
            await _refuse(command, update, context)
            await answer(query, context.texts.say("This button is for the bot's admins."))
            return
        data = str(query.data).partition(":")[2]
        if command.lasts:
            data = unbind(data, query.from_user.id, context.tools.now())
        await answer(query, await press(update, context, data))

    return CallbackQueryHandler(run, pattern=rf"^{noun}(:|$)")


def _query(update: Update) -> CallbackQuery:
    if update.callback_query is None:
        raise TypeError("a press without a callback query")
    return update.callback_query
