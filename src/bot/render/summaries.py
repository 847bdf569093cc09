"""What somebody sent, in its own words: the shape of a report, with buttons of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button, Keyboard, Message
from bot.models.reports import Report
from bot.render import reports, sections
from bot.render.foreign import harmless
from bot.render.split import clip

if TYPE_CHECKING:
    from bot.models.summaries import Kept
    from bot.texts import Texts

MOST_CHOICES, LABEL_UNITS, LINE_UNITS = 7, 60, 300


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


def which(kept: Kept, texts: Texts) -> Message:
    """Which of the sentences is an advert?"""
    shown = kept.reading.best(MOST_CHOICES)
    rows = tuple((Button(clip(harmless(each.text), LABEL_UNITS), f"boiler:{kept.id}:{each.start}"),)
                 for each in shown)  # fmt: skip
    return Message.of(texts.say("Which line is an advert? I never quote it again."), rows)


def dropped(kept: Kept, number: int, texts: Texts) -> Message:
    """It is gone, and what is left; `number` is that of the line."""
    said = texts.say("Gone, and I quote that line from there no more. What is left:")
    left = [f"• {clip(harmless(each.text), LINE_UNITS)}"
            for each in kept.reading.best(reports.LENGTHS[0])]  # fmt: skip
    undo = Button("↩ " + texts.say("Undo"), f"boiler:undo:{number}")
    return Message.of("\n".join([said, *left]), ((undo,),))


def quoted_again(texts: Texts) -> Message:
    """What was read before stays without it."""
    return Message.of(texts.say("Taken back: I quote that line again in what I read from now on."))


def _report(kept: Kept, texts: Texts) -> Report:
    reading, title = kept.reading, _title(kept, texts)
    return Report(kept.id, reading.language, title, "", reading.words, None, kept.url)


def _title(kept: Kept, texts: Texts) -> str:
    return kept.title or texts.say("Your text")


def _keyboard(kept: Kept, texts: Texts, length: int) -> Keyboard:
    parts = (
        Button(texts.say("Outline"), f"headings:{kept.id}"),
        Button(texts.say("Figures"), f"numbers:{kept.id}"),
    )
    return (reports.lengths(f"summary:{kept.id}", kept.reading, length), parts)
