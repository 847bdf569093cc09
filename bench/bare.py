"""The yardstick: a bare python-telegram-bot on its defaults, answering /ping by polling."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CommandHandler

if TYPE_CHECKING:
    from telegram import Update


async def ping(update: Update, context: Any) -> None:
    del context
    if update.message:
        await update.message.reply_text("pong")


def main() -> None:
    root = os.environ["BOT_API_URL"]
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{root}/bot")
    application = builder.build()
    application.add_handler(CommandHandler("ping", ping))
    application.run_polling()


if __name__ == "__main__":
    main()
