"""/queue: jokes that were sent in or flagged, one after the other, for moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import users
from bot.errors import UserError
from bot.models.messages import Message
from bot.models.roles import may
from bot.render import submissions as render
from bot.services import submissions, verdicts
from bot.texts import mark
from bot.tg.command import OWN_WORD, Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.submissions import Case
    from bot.tg.context import Context

DONE = {
    "approve": mark("On the shelf. Whoever sent it is told."),
    "keep": mark("It stays."),
    "remove": mark("Taken down."),
}


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError("The queue is for you alone: please ask me in our private chat.")
    await reply(context.bot, update, context.bound(update, await _next(context)))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`key:act`, and for a reason its name."""
    key, act, *name = data.split(":")
    if act in DONE:
        return await _decide(update, context, key, act)
    if act == "banned":
        return await _ban(update, context, key)
    if act == "because":
        return await _reject(update, context, key, name[0])
    shown = await _shown(update, context, key, act)
    await put(context.bot, update, context.bound(update, shown))
    return None


async def typed(update: Update, context: Context, text: str) -> bool:
    """Whether a moderator was asked for this text: then it is a new wording, or a reason."""
    person, tools, texts = update.effective_user, context.tools, context.texts
    if person is None or not OWN_WORD.check_update(update):
        return False
    now = tools.now()
    found = await submissions.expected(tools.db, person.id, now)
    if found is None or not may(await context.role(update), COMMAND.needs):
        return False
    what, key = found
    if what == "edit":
        case = await submissions.reword(tools.db, key, text, person.id, update.update_id, now)
        shown = await _card(context, case)
    else:
        stamp = (person.id, update.update_id, now)
        left = await submissions.reject(tools.db, key, text, *stamp, await _votes(context))
        told = _noted(context, left) or texts.say("Not taken. Whoever sent it is told.")
        await reply(context.bot, update, Message.of(told))
        shown = await _next(context, key)
    await reply(context.bot, update, context.bound(update, shown))
    return True


async def _decide(update: Update, context: Context, key: str, act: str) -> str:
    person, tools, left = update.effective_user, context.tools, 0
    if person is not None:
        stamp = (person.id, update.update_id, tools.now())
        left = await submissions.decide(tools.db, key, act, *stamp, await _votes(context))
    await put(context.bot, update, context.bound(update, await _next(context, key)))
    return _noted(context, left) or context.texts.say(DONE[act])


async def _votes(context: Context) -> int:
    tools = context.tools
    return await verdicts.needed(tools.db, tools.settings.admins, tools.settings.queue_votes)


def _noted(context: Context, left: int) -> str:
    """Where others have to agree."""
    if not left:
        return ""
    return context.texts.plural(
        "Noted. {n} more has to agree.", "Noted. {n} more have to agree.", left
    )


async def _reject(update: Update, context: Context, key: str, reason: str) -> str:
    person, tools, left = update.effective_user, context.tools, 0
    if person is not None and reason in render.REASONS:
        stamp = (person.id, update.update_id, tools.now())
        left = await submissions.reject(tools.db, key, reason, *stamp, await _votes(context))
    await put(context.bot, update, context.bound(update, await _next(context, key)))
    return _noted(context, left) or context.texts.say("Not taken. Whoever sent it is told.")


async def _ban(update: Update, context: Context, key: str) -> str | None:
    person, tools = update.effective_user, context.tools
    case = await submissions.look(tools.db, key)
    if person is None or case.person_id is None:
        return None
    await users.act(update, context, case.person_id, "ban")
    await submissions.refuse_all_of(tools.db, case.person_id, person.id, tools.now())
    await put(context.bot, update, context.bound(update, await _next(context, key)))
    return context.texts.say("Banned. /users takes it back.")


async def _shown(update: Update, context: Context, key: str, act: str) -> Message:
    """What there is to see after a press that decides nothing."""
    person, tools, texts = update.effective_user, context.tools, context.texts
    if act == "skip":
        return await _next(context, key)
    if act == "ban":
        return render.banning(await submissions.look(tools.db, key), texts)
    if act == "reject":
        return render.reasons(await submissions.look(tools.db, key), texts)
    if act in {"edit", "reason"} and person is not None:
        what: submissions.Wanted = "edit" if act == "edit" else "reject"
        case = await submissions.ask(tools.db, key, what, person.id, tools.now())
        return render.wanted(case, what, texts)
    if act == "cancel" and person is not None:
        await submissions.never_mind(tools.db, person.id)
    return await _card(context, await submissions.look(tools.db, key))


async def _next(context: Context, after: str = "") -> Message:
    case, total = await submissions.waiting(context.tools.db, after)
    if case is None:
        return render.nothing(context.texts)
    return await _shown_as(context, case, total)


async def _card(context: Context, case: Case) -> Message:
    _, total = await submissions.waiting(context.tools.db)
    return await _shown_as(context, case, total)


async def _shown_as(context: Context, case: Case, total: int) -> Message:
    wanted = await _votes(context)
    cast = await verdicts.cast(context.tools.db, case) if wanted > 1 else {}
    return render.case(case, total, context.texts, context.tools.now(), cast, wanted)


COMMAND = Command(
    name="queue",
    summary=mark("jokes that wait for a look"),
    run=run,
    buttons={"queue": press},
    in_menu=True,
    needs="moderator",
    panel=mark("📥 Queue"),
)
