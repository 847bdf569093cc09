"""Our messages into Telegram's: sent, edited in place, answered; a refused one goes out plain."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import telegram
from markupsafe import Markup
from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.models.messages import Copy, Message, Removal
from bot.render.split import clip, plain, split
from bot.tg.refusals import GONE, TOO_LATE, UNCHANGED, UNREADABLE, says
from bot.words.count import MESSAGE_UNITS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import InlineQuery, InlineQueryResult
    from telegram.ext import ExtBot

    from bot.models.messages import Button, File, Keyboard, Outgoing

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(bot: ExtBot[bool], update: Update, message: Message) -> telegram.Message | None:
    """Answer where the person wrote or pressed, in the same forum topic; None without a chat."""
    if update.effective_chat is None:
        return None
    return await send(bot, update.effective_chat.id, message, topic=topic_of(update))


async def send(
    bot: ExtBot[bool], chat_id: int, message: Message, *, topic: int | None = None
) -> telegram.Message:
    """Send, in several parts if need be; the buttons stand under the last."""
    *first, last = split(message.html)
    try:
        for part in first:
            await _send(bot, chat_id, part, (), topic)
        return await _send(bot, chat_id, last, message.keyboard, topic)
    except ChatMigrated as moved:
        return await send(bot, moved.new_chat_id, message, topic=topic)


def pieces(message: Outgoing) -> list[Outgoing]:
    """What goes out one after the other: a long message in parts, its buttons under the last."""
    if not isinstance(message, Message):
        return [message]
    *first, last = map(Markup, split(message.html))
    return [*map(Message, first), Message(last, message.keyboard)]


def rest(left: Sequence[Outgoing]) -> Outgoing:
    """The last of some pieces as one message again, which falls into the same."""
    texts = [each for each in left if isinstance(each, Message)]
    if not texts:
        return left[-1]
    return Message(Markup("\n\n").join(each.html for each in texts), texts[-1].keyboard)


async def deliver(
    bot: ExtBot[bool],
    chat_id: int,
    piece: Outgoing,
    *,
    topic: int | None = None,
    paid: bool = False,
) -> int | None:
    """Send what nobody waits for: behind all replies, and once; who asked for it repeats it.

    If `paid`, Telegram takes more than its free 30 messages a second, for Stars of the bot's. The
    id of what was sent.
    """
    if isinstance(piece, Removal):
        await bot.delete_message(chat_id, piece.message_id, rate_limit_args=True)
        return None
    if isinstance(piece, Copy):
        source = piece.chat_id, piece.message_id
        copied = await bot.copy_message(
            chat_id, *source, message_thread_id=topic, allow_paid_broadcast=paid or None,
            rate_limit_args=True,
        )  # fmt: skip
        return copied.message_id
    sent = await _send(
        bot, chat_id, str(piece.html), piece.keyboard, topic, patient=True, paid=paid
    )
    return sent.message_id


async def put(bot: ExtBot[bool], update: Update, message: Message) -> None:
    """Turn the pressed message into this one; a command is answered with a new one."""
    if update.callback_query:
        await edit(update.callback_query, message)
    else:
        await reply(bot, update, message)


async def send_file(bot: ExtBot[bool], update: Update, file: File) -> None:
    """Send a document where the person wrote or pressed."""
    if update.effective_chat:
        write = partial(
            bot.send_document, document=file.content, filename=file.name,
            caption=file.caption or None, message_thread_id=topic_of(update),
        )  # fmt: skip
        await _following(write, update.effective_chat.id)


async def send_photo(
    bot: ExtBot[bool], update: Update, file: File, keyboard: Keyboard = ()
) -> None:
    """Send a picture where the person wrote or pressed."""
    if update.effective_chat:
        write = partial(
            bot.send_photo, photo=file.content, filename=file.name,
            caption=file.caption or None, message_thread_id=topic_of(update),
            reply_markup=markup(bot, keyboard),
        )  # fmt: skip
        await _following(write, update.effective_chat.id)


async def _following(write: Callable[[int], Awaitable[object]], chat_id: int) -> None:
    """Write there, or where the group has moved."""
    try:
        await write(chat_id)
    except ChatMigrated as moved:
        await write(moved.new_chat_id)


async def edit(query: CallbackQuery, message: Message) -> None:
    """Replace the message under the pressed button; one that is the same already is fine, and of
    one that is gone nobody waits to see it change.
    """
    try:
        await _change(query.get_bot(), _place(query), message)
    except BadRequest as error:
        if not says(error, GONE):
            raise


async def rewrite(bot: ExtBot[bool], sent: telegram.Message, message: Message) -> None:
    """Replace a message of our own; its text must fit into one."""
    await rewrite_at(bot, sent.chat_id, sent.message_id, message)


async def rewrite_at(bot: ExtBot[bool], chat_id: int, message_id: int, message: Message) -> None:
    """The same by its numbers."""
    await _change(bot, {"chat_id": chat_id, "message_id": message_id}, message)


async def amend(bot: ExtBot[bool], chat_id: int, message_id: int, message: Message) -> bool:
    """The same, if anybody sees it still; False where the message or the chat is gone."""
    try:
        await rewrite_at(bot, chat_id, message_id, message)
    except (BadRequest, Forbidden):
        return False
    return True


async def _change(bot: Any, place: dict[str, Any], message: Message) -> None:
    change = partial(
        bot.edit_message_text, **place, link_preview_options=NO_PREVIEW,
        reply_markup=markup(bot, message.keyboard),
    )  # fmt: skip
    try:
        await change(text=str(message.html), parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if says(error, UNREADABLE):
            await change(text=clip(plain(message.html), MESSAGE_UNITS))
        elif not says(error, UNCHANGED):
            raise


async def edit_buttons(query: CallbackQuery, keyboard: Keyboard) -> None:
    """Replace only the buttons under the pressed message."""
    await _put_buttons(query, markup(query.get_bot(), keyboard))  # type: ignore[arg-type]


def label_of(query: CallbackQuery) -> str:
    """What the pressed button says; nothing where Telegram shows us the message no more."""
    return next((each.text for row in _rows(query) for each in row if _pressed(query, each)), "")


async def relabel(query: CallbackQuery, label: str) -> None:
    """Let the pressed button say this from now on; the others stay, whatever they are."""
    new = InlineKeyboardButton(label, callback_data=query.data)
    rows = [[new if _pressed(query, each) else each for each in row] for row in _rows(query)]
    if rows and label_of(query) != label:
        await _put_buttons(query, InlineKeyboardMarkup(rows))


def _rows(query: CallbackQuery) -> Sequence[Sequence[InlineKeyboardButton]]:
    shown = query.message
    if not isinstance(shown, telegram.Message) or shown.reply_markup is None:
        return ()
    return shown.reply_markup.inline_keyboard


def _pressed(query: CallbackQuery, button: InlineKeyboardButton) -> bool:
    return button.callback_data == query.data


async def _put_buttons(query: CallbackQuery, buttons: InlineKeyboardMarkup | None) -> None:
    try:
        await query.get_bot().edit_message_reply_markup(**_place(query), reply_markup=buttons)
    except BadRequest as error:
        if not says(error, UNCHANGED + GONE):
            raise


async def offer(query: InlineQuery, results: Sequence[InlineQueryResult]) -> None:
    """What is offered while somebody types; Telegram soon gives up on that, as on a press."""
    try:
        await query.answer(results, cache_time=0, is_personal=True)
    except BadRequest as error:
        if not says(error, TOO_LATE):
            raise


def markup(bot: ExtBot[bool], keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Rows of our buttons as Telegram's; None for no buttons."""
    rows = [[_button(bot, button) for button in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(bot: ExtBot[bool], button: Button) -> InlineKeyboardButton:
    if button.share is not None and bot.supports_inline_queries:
        return InlineKeyboardButton(button.label, switch_inline_query=button.share)
    if button.share is not None:
        link = f"https://t.me/{bot.username}?start={button.share}"
        share = "https://t.me/share/url?" + urlencode({"url": link})
        return InlineKeyboardButton(button.label, url=share)
    return InlineKeyboardButton(button.label, callback_data=button.action, url=button.url)


async def _send(
    bot: ExtBot[bool],
    chat_id: int,
    part: str,
    keyboard: Keyboard,
    topic: int | None,
    *,
    patient: bool = False,
    paid: bool = False,
) -> telegram.Message:
    """One part; as plain text if Telegram refuses it."""
    write = partial(
        bot.send_message, message_thread_id=topic, link_preview_options=NO_PREVIEW,
        reply_markup=markup(bot, keyboard), allow_paid_broadcast=paid or None,
        rate_limit_args=patient,
    )  # fmt: skip
    try:
        return await write(chat_id, part, parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if not says(error, UNREADABLE):
            raise
    return await write(chat_id, clip(plain(part), MESSAGE_UNITS))


def _place(query: CallbackQuery) -> dict[str, Any]:
    """Where the pressed message stands; one too old to be shown to us is edited all the same."""
    if query.message is None:
        return {"inline_message_id": query.inline_message_id}
    return {"chat_id": query.message.chat.id, "message_id": query.message.message_id}


def topic_of(update: Update) -> int | None:
    """The forum topic that the person wrote or pressed in."""
    source = update.effective_message
    return source.message_thread_id if source and source.is_topic_message else None
