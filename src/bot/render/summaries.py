"""What somebody sent, in its own words: the shape of a report, with buttons of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button, Keyboard, Message
from bot.models.reports import Report
from bot.render import reports

if TYPE_CHECKING:
    from bot.models.summaries import Kept
    from bot.texts import Texts


def summary(kept: Kept, texts: Texts, length: int = reports.LENGTHS[0]) -> Message:
    """Title, size and the best sentences, `length` of them."""
    message = reports.summary(_report(kept, texts), kept.reading, texts, length)
    return Message(message.html, _keyboard(kept, texts, length))


def outline(kept: Kept, texts: Texts) -> Message:
    """The headings, indented by level."""
    return reports.outline(_report(kept, texts), kept.reading, texts)


def figures(kept: Kept, texts: Texts) -> Message:
    """The key figures as they stand in the text."""
    return reports.figures(_report(kept, texts), kept.reading, texts)


def _report(kept: Kept, texts: Texts) -> Report:
    reading = kept.reading
    title = kept.title or texts.say("Your text")
    return Report(kept.id, reading.language, title, "", reading.words, None, kept.url)


def _keyboard(kept: Kept, texts: Texts, length: int) -> Keyboard:
    lengths = tuple(
        Button(f"{n} ✓" if n == length else str(n), f"summary:{kept.id}:{n}")
        for n in reports.LENGTHS
        if n == reports.LENGTHS[0] or n <= len(kept.reading.ranked)
    )
    parts = (
        Button(texts.say("Outline"), f"headings:{kept.id}"),
        Button(texts.say("Figures"), f"numbers:{kept.id}"),
    )
    return (lengths, parts)
