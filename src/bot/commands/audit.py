"""/audit: what admins did lately, and what others tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Message
from bot.services import roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.roles import Act
    from bot.texts import Texts
    from bot.tg.context import Context

ACTS = {
    "grant": mark("granted {detail}"),
    "revoke": mark("revoked {detail}"),
    "announce": mark("announced {detail}"),
    "retract": mark("took back the announcement {detail}"),
    "ban": mark("banned {detail}"),
    "unban": mark("unbanned {detail}"),
    "add": mark("added {detail}"),
    "edit": mark("changed {detail}"),
    "remove": mark("removed {detail}"),
    "undo": mark("took back: {detail}"),
    "import": mark("imported {detail}"),
    "import.undo": mark("took back {detail}"),
    "plan": mark("planned {detail}"),
    "unplan": mark("called off {detail}"),
    "expire": mark("let expire {detail}"),
    "refused": mark("was refused {detail}"),
    "backup": mark("took a backup"),
    "queue.approve": mark("approved {detail}"),
    "queue.reject": mark("rejected {detail}"),
    "queue.edit": mark("edited {detail}"),
    "queue.keep": mark("kept {detail}"),
    "queue.remove": mark("took down {detail}"),
}


async def run(update: Update, context: Context) -> None:
    found, texts = await roles.acts(context.tools.db), context.texts
    if context.chat.kind != "private":
        text = texts.say("The audit is for you alone: please ask me in our private chat.")
    else:
        text = "\n".join(_line(act, texts) for act in found) or texts.say("Nothing yet.")
    await reply(context.bot, update, Message.of(text))


def _line(act: Act, texts: Texts) -> str:
    """A line in UTC, whoever reads it."""
    what = texts.say(ACTS[act.what], detail=act.detail)
    who = f"{act.name} ({act.person_id})" if act.name else str(act.person_id)
    return f"{act.at:%Y-%m-%d %H:%M} · {who} {what}"


COMMAND = Command(
    name="audit",
    summary=mark("what was done and tried lately"),
    run=run,
    needs="admin",
    panel=mark("📜 Audit"),
)
