"""/backup: a copy of everything, as a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.config import MAX_SENT_BYTES
from bot.errors import UserError
from bot.models.messages import File
from bot.services import backups, roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import send_file

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

ASKED = "asked-"


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError("It is for you alone: please ask me in our private chat.")
    context.later(update, _send(update, context))


async def _send(update: Update, context: Context) -> None:
    tools, texts = context.tools, context.texts
    backups.drop_halves(tools.settings.data_dir, tools.now())
    target = backups.fresh(tools.settings, tools.now(), f"{ASKED}{update.update_id}-")
    await backups.back_up_apart(tools.settings, target)
    backups.note(tools.settings.data_dir, tools.now())
    size = target.stat().st_size
    if size > MAX_SENT_BYTES:
        raise UserError(
            "It has {size} MB, too much for Telegram: it is kept on the server as {name}.",
            size=texts.number(round(size / 10**6)), name=target.name,
        )  # fmt: skip
    if update.effective_user is not None:
        await roles.took_backup(tools.db, update.effective_user.id, update.update_id, tools.now())
    content = await asyncio.to_thread(target.read_bytes)
    target.unlink()
    caption = (
        texts.say("Everything, encrypted and tried out. quipwire restore takes it.")
        if tools.settings.backup_passphrase
        else texts.say("Everything, tried out but not encrypted: keep it to yourself.")
    )
    await send_file(context.bot, update, File(target.name, content, caption))


COMMAND = Command(
    name="backup",
    summary=mark("a copy of everything, as a file"),
    run=run,
    needs="admin",
    panel=mark("💾 Backup"),
)
