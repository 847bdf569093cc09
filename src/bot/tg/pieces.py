"""Long texts that Telegram cut: which message goes on from the one before, and the whole."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram import MessageEntity

from bot.words.joining import is_full

if TYPE_CHECKING:
    import telegram

    Place = tuple[int, int]

# An app sends the next piece as soon as the one before has left, and some have a slow network.
# Only a text that ends with a full piece waits for so long.
WAIT_SECONDS = 3.0
# The same by Telegram's clock, for pieces that waited there: it tells whole seconds.
APART = timedelta(seconds=3)


@dataclass(eq=False, slots=True)
class Text:
    """What somebody wrote in one go: from `start` on, behind the command, in its first message.

    `task` is what reads it.
    """

    messages: list[telegram.Message]
    start: int = 0
    is_whole: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None
    task: asyncio.Task[object] | None = None

    async def pieces(self) -> list[str]:
        """All of them, as soon as no more come."""
        await self.is_whole.wait()
        return [message.text or message.caption or "" for message in self.messages]

    async def ended(self) -> None:
        """Until whoever reads it has done so."""
        await self.is_whole.wait()
        if self.task is not None:
            await asyncio.wait([self.task])


class Pieces:
    """The texts that may still go on, by the chat and who writes there."""

    def __init__(self) -> None:
        self._open: dict[Place, Text] = {}
        self._stopping = False

    def take(self, place: Place, message: telegram.Message) -> Text | None:
        """The text from which this message goes on."""
        text = self._open.get(place)
        goes_on = text is not None and _goes_on(text.messages[-1], message)
        if text is None or not goes_on:
            self.close(place)
            text = self._open[place] = Text([])
        text.messages.append(message)
        if text.timer is not None:
            text.timer.cancel()
        if is_full(message.text or ""):
            loop = asyncio.get_running_loop()
            text.timer = loop.call_later(WAIT_SECONDS, self._lapse, place)
        else:
            self.close(place)
        return text if goes_on else None

    def begun(self, place: Place, message: telegram.Message, start: int = 0) -> Text:
        """The text that begins with this message, at `start`."""
        text = self._open.get(place)
        if text is None or text.messages[0].message_id != message.message_id:
            text = Text([message])
            text.is_whole.set()
        text.start = start
        return text

    def close(self, place: Place) -> None:
        """What comes next is something new."""
        text = self._open.pop(place, None)
        if text is not None:
            text.is_whole.set()
            if text.timer is not None:
                text.timer.cancel()

    def stop(self) -> None:
        """What may go on is left for the next start, which gets the rest of it."""
        self._stopping = True

    def _lapse(self, place: Place) -> None:
        if not self._stopping:
            self.close(place)


def _goes_on(before: telegram.Message, message: telegram.Message) -> bool:
    is_command = message.entities and message.entities[0].type == MessageEntity.BOT_COMMAND
    return (
        bool(message.text)
        and not (is_command and message.entities[0].offset == 0)
        and _author(message) == _author(before)
        and message.date - before.date <= APART
    )


def _author(message: telegram.Message) -> dict[str, object]:
    """Who wrote it, if it is passed on: posts of two channels are two texts."""
    origin = message.forward_origin
    told = origin.to_dict() if origin else {}
    return {name: told[name] for name in told.keys() - {"date", "message_id"}}
