"""A tiny bot on python-telegram-bot, talking to the playground over HTTP like any other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground import Playground

Context = ContextTypes.DEFAULT_TYPE
QUOTE = "A quotation that is long enough to be folded away by the page. " * 8


async def joke(update: Update, context: Context) -> None:
    assert update.effective_message
    buttons = [
        InlineKeyboardButton("😂 12", callback_data="laugh"),
        InlineKeyboardButton("Why", callback_data="why"),
        InlineKeyboardButton("Site", url="https://example.com"),
        InlineKeyboardButton("Share", switch_inline_query_current_chat="joke 12"),
    ]
    text = f"<b>Ha</b> <tg-spoiler>ho</tg-spoiler>\n<blockquote expandable>{QUOTE}</blockquote>"
    await update.effective_message.reply_html(
        text, reply_markup=InlineKeyboardMarkup([buttons[:2], buttons[2:]])
    )


async def echo(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_text(update.effective_message.text or "")


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    if query.data == "why":
        await query.answer("Because.", show_alert=True)
    else:
        await query.answer("noted")
        await query.edit_message_text("told")


async def searched(update: Update, context: Context) -> None:
    assert update.inline_query
    content = InputTextMessageContent("<b>told</b>", parse_mode="HTML")
    result = InlineQueryResultArticle("1", f"About {update.inline_query.query}", content)
    await update.inline_query.answer([result])


async def uploaded(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    assert message.document
    file = await message.document.get_file()
    data = bytes(await file.download_as_bytearray())
    await message.reply_document(data.upper(), filename=f"re: {message.document.file_name}")


@asynccontextmanager
async def running_bot(
    telegram: Playground,
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    app = (
        Application.builder()
        .token(telegram.token)
        .base_url(f"{telegram.url}/bot")
        .base_file_url(f"{telegram.url}/file/bot")
        .build()
    )
    app.add_handler(CommandHandler("joke", joke))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(InlineQueryHandler(searched))
    app.add_handler(MessageHandler(filters.Document.ALL, uploaded))
    app.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling()
        await app.bot.set_my_commands([("joke", "A joke"), ("help", "What I can do")])
        yield app
        await app.updater.stop()
        await app.stop()
