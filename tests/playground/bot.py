"""A tiny bot on python-telegram-bot, talking to the playground over HTTP like any other."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
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
TITLE = "Report of the <Tea> Committee"
ORIGINAL = f"""{TITLE}

The committee met. It drank tea.

1. Spring

It rained. All went well.

2. Autumn

The kettle broke. All went well.

3. 冬天

茶叶用完了，大家都喝白水。
"""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SENTENCES = [("It drank tea.", ""), ("All went well.", "2. Autumn")]
MORE = [*SENTENCES, ("茶叶用完了，大家都喝白水。", "3. 冬天"), ("Nobody wrote this.", "4. Never")]


async def joke(update: Update, context: Context) -> None:
    assert update.effective_message
    buttons = [
        InlineKeyboardButton("😂 12", callback_data="laugh"),
        InlineKeyboardButton("Why", callback_data="why"),
        InlineKeyboardButton("Site", url="https://example.com"),
        InlineKeyboardButton("Share", switch_inline_query_current_chat="joke 12"),
        InlineKeyboardButton("Vanish", callback_data="vanish"),
    ]
    text = f"<b>Ha</b> <tg-spoiler>ho</tg-spoiler>\n<blockquote expandable>{QUOTE}</blockquote>"
    await update.effective_message.reply_html(
        text, reply_markup=InlineKeyboardMarkup([buttons[:2], buttons[2:]])
    )


def summary(sentences: list[tuple[str, str]]) -> tuple[str, InlineKeyboardMarkup]:
    quotes = "\n".join(
        f"<blockquote>{sentence}</blockquote>" + (f"<i>{place}</i>" if place else "")
        for sentence, place in sentences
    )
    buttons = [
        InlineKeyboardButton("More", callback_data="more"),
        InlineKeyboardButton("Full text", callback_data="text:7"),
    ]
    return f"📖 <b>{escape(TITLE)}</b>\n\n{quotes}", InlineKeyboardMarkup([buttons])


async def report(update: Update, context: Context) -> None:
    assert update.effective_message
    text, markup = summary(SENTENCES)
    await update.effective_message.reply_html(text, reply_markup=markup)


async def full_text(update: Update, context: Context) -> None:
    assert update.callback_query
    assert update.effective_chat
    await update.callback_query.answer()
    await context.bot.send_document(
        update.effective_chat.id, f"\ufeff{ORIGINAL}".encode(), TITLE, filename="tea.txt"
    )


async def longer(update: Update, context: Context) -> None:
    assert update.callback_query
    text, markup = summary(MORE)
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(text, "HTML", reply_markup=markup)


async def picture(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_photo(PICTURE, caption="A chart")


async def think(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_chat_action("typing")


async def vanish(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.delete()


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
    app.add_handler(CommandHandler("report", report))
    app.add_handler(CommandHandler("picture", picture))
    app.add_handler(CommandHandler("think", think))
    app.add_handler(CallbackQueryHandler(full_text, "text:7"))
    app.add_handler(CallbackQueryHandler(longer, "more"))
    app.add_handler(CallbackQueryHandler(vanish, "vanish"))
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
