"""The outline of a report or summary, and each of its parts in its own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.errors import UserError
from bot.models.messages import Button, Message
from bot.render.foreign import harmless
from bot.render.quotes import TITLE_UNITS, quote
from bot.render.split import clip, plain
from bot.words.count import MESSAGE_UNITS, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.reading import Part, Reading, Sentence
    from bot.texts import Texts

OUTLINE_UNITS = 120
BUTTON_UNITS = 40
# A screen's worth; the pager of a part leads to the others.
MOST_BUTTONS = 12


def outline(title: str, reading: Reading, texts: Texts, action: str) -> Message:
    """The headings, indented by level; `action` and a part's number open its own sentences."""
    head = Markup("📖 <b>{}</b>").format(clip(harmless(title), TITLE_UNITS))
    if not reading.sections:
        return Message(head + "\n\n" + texts.say("This report has no headings."))
    lines = [
        "  " * 2 * (section.level - 1) + clip(harmless(section.title), OUTLINE_UNITS)
        for section in reading.sections
    ]
    opens = [
        (Button(clip(harmless(part.section.title), BUTTON_UNITS), f"{action}:{number}:new"),)
        for number, part in enumerate(reading.parts)
        if part.section
    ]
    return Message(Markup("{}\n\n{}").format(head, "\n".join(lines)), tuple(opens[:MOST_BUTTONS]))


def part(title: str, reading: Reading, texts: Texts, action: str, number: int) -> Message:
    """One part's best sentences, with the way to its neighbours; a UserError if there is none."""
    if not 0 <= number < len(reading.parts):
        raise UserError("That part is no longer there.")
    found, last = reading.parts[number], len(reading.parts) - 1
    heading = harmless(found.section.title) if found.section else ""
    head = Markup("📖 <b>{}</b>\n<i>{}</i>").format(
        clip(harmless(title), TITLE_UNITS),
        f"{number + 1}/{last + 1} {clip(heading, OUTLINE_UNITS)}".strip(),
    )
    html = fitting(head, found, len(found.ranked), texts)
    back = [Button("◂", f"{action}:{number - 1}")] if number else []
    on = [Button("▸", f"{action}:{number + 1}")] if number < last else []
    return Message(html, ((*back, *on),))


def fitting(head: Markup, found: Reading | Part, count: int, texts: Texts) -> Markup:
    """The head with the `count` best sentences below it, or with as many as one message holds."""
    html = _join(head, found.best(count), texts)
    while count > 1 and units(plain(html)) > MESSAGE_UNITS:
        count -= 1
        html = _join(head, found.best(count), texts)
    return html


def _join(head: Markup, sentences: Sequence[Sentence], texts: Texts) -> Markup:
    return head + "\n\n" + Markup("\n").join(quote(sentence, texts) for sentence in sentences)
