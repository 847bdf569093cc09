"""Long work in sight of its chat: one message that says how far it is and becomes the answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, TelegramError

from bot.child import Progress
from bot.models.messages import Button, Message
from bot.tg.sender import reply, rewrite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import telegram
    from telegram import Update

    from bot.texts import Texts
    from bot.tg.context import Context

    # Says how many of how many are done.
    Words = Callable[[Texts, tuple[int, int]], str]

# Shorter work is over before a message about it could be read.
FIRST_SECONDS = 2.0
# A group may have twenty messages a minute, edited ones included.
AGAIN_SECONDS = 3.0


@dataclass(slots=True)
class Halt:
    """What the Cancel button of one update needs."""

    work: asyncio.Future[Message]
    user_id: int | None
    pressed: bool = False


async def beats() -> AsyncIterator[None]:
    """When to say how far the work is."""
    await asyncio.sleep(FIRST_SECONDS)
    while True:
        yield
        await asyncio.sleep(AGAIN_SECONDS)


async def attend(
    update: Update,
    context: Context,
    work: Callable[[Progress], Awaitable[Message]],
    words: Words | None = None,
    on: telegram.Message | None = None,
) -> None:
    """Answer with what the work returns; how far it is shows meanwhile, and it can be cancelled.

    `words` say it; `on` is the message to say it in, where there is one already: if the work
    fails it is again as it was, with its buttons.
    """
    progress = Progress()
    task = asyncio.ensure_future(work(progress))
    user = update.effective_user
    halt = Halt(task, user.id if user else None)
    notice = _Notice(update, context, words or _words, on)
    context.tools.halts[update.update_id] = halt
    try:
        await _until(task, notice, progress)
        answer = Message.of(context.texts.say("Cancelled.")) if halt.pressed else task.result()
    except Exception:
        await notice.withdraw()
        raise
    finally:
        task.cancel()
        del context.tools.halts[update.update_id]
    await notice.become(answer)


async def cancel(update: Update, context: Context, data: str) -> str | None:
    """The press on Cancel: only who asked for the work stops it."""
    halt = context.tools.halts.get(int(data))
    if halt is None:
        return context.texts.say("That is no longer being read.")
    if update.effective_user is None or update.effective_user.id != halt.user_id:
        return context.texts.say("Only who sent it can cancel.")
    halt.pressed = halt.work.cancel()
    return None


async def _until(task: asyncio.Future[Message], notice: _Notice, progress: Progress) -> None:
    beat = beats()
    while not task.done():
        tick: asyncio.Future[Any] = asyncio.ensure_future(anext(beat))
        either: set[asyncio.Future[Any]] = {task, tick}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            tick.cancel()
        if not task.done():
            await notice.tell(progress)


class _Notice:
    """The message, once there is one; that it can't be shown hinders nothing."""

    def __init__(
        self, update: Update, context: Context, words: Words, on: telegram.Message | None
    ) -> None:
        self._update, self._context, self._words = update, context, words
        self._message = self._before = on
        self._said = ""

    async def tell(self, progress: Progress) -> None:
        text = self._words(self._context.texts, progress.pages)
        if text == self._said:
            return
        self._said = text
        cancel = Button(self._context.texts.say("Cancel"), f"halt:{self._update.update_id}")
        message = Message.of(text, ((cancel,),))
        with suppress(TelegramError):
            if self._message is None:
                self._message = await reply(self._context.bot, self._update, message)
            else:
                await rewrite(self._context.bot, self._message, message)

    async def become(self, answer: Message) -> None:
        if self._message is not None:
            with suppress(BadRequest):  # somebody deleted it
                await rewrite(self._context.bot, self._message, answer)
                return
        await reply(self._context.bot, self._update, answer)

    async def withdraw(self) -> None:
        with suppress(TelegramError):
            if (before := self._before) is not None:
                await before.edit_text(
                    before.text or "", entities=before.entities, reply_markup=before.reply_markup
                )
            elif self._message is not None:
                await self._message.delete()


def _words(texts: Texts, pages: tuple[int, int]) -> str:
    done, all_ = texts.number(pages[0]), texts.number(pages[1])
    if not pages[1]:
        return texts.say("Reading …")
    if pages[0] < pages[1]:
        return texts.say("Reading page {page} of {pages} …", page=done, pages=all_)
    return texts.say("Read {pages} pages; choosing the sentences …", pages=all_)
