"""What somebody sent, in its own words: the shape of a report, with buttons of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button, Keyboard, Message
from bot.models.reports import Report
from bot.render import reports, sections

if TYPE_CHECKING:
    from bot.models.summaries import Kept
    from bot.texts import Texts


def summary(kept: Kept, texts: Texts, length: int = reports.LENGTHS[0]) -> Message:
    """Title, size and the best sentences, `length` of them."""
    message = reports.summary(_report(kept, texts), kept.reading, texts, length)
    return Message(message.html, _keyboard(kept, texts, length))


def outline(kept: Kept, texts: Texts) -> Message:
    """The headings, each of the highest a button that opens it."""
    return sections.outline(_title(kept, texts), kept.reading, texts, f"part:{kept.id}")


def section(kept: Kept, texts: Texts, number: int) -> Message:
    """One part in its own sentences."""
    return sections.part(_title(kept, texts), kept.reading, texts, f"part:{kept.id}", number)


def figures(kept: Kept, texts: Texts) -> Message:
    """The key figures as they stand in the text."""
    return reports.figures(_report(kept, texts), kept.reading, texts)


def _report(kept: Kept, texts: Texts) -> Report:
    reading, title = kept.reading, _title(kept, texts)
    return Report(kept.id, reading.language, title, "", reading.words, None, kept.url)


def _title(kept: Kept, texts: Texts) -> str:
    return kept.title or texts.say("Your text")


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
