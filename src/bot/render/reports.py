"""A report in its own words: verbatim sentences, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, File, Keyboard, Message
from bot.render import sections
from bot.render.foreign import harmless
from bot.render.pages import elsewhere, pager, ticked
from bot.render.quotes import TITLE_UNITS
from bot.render.saved import button
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from bot.models.reading import Reading
    from bot.models.reports import Report, ReportCard, ReportPage
    from bot.texts import Texts

LENGTHS = (3, 7, 15)
WORDS_PER_MINUTE = {"en": 200, "zh": 350, "ja": 350}
MOST_FIGURES = 20
ORIGINAL = {
    "en": mark("English original"),
    "zh": mark("Chinese original"),
    "und": mark("Original text"),
}


def shelf(page: ReportPage, texts: Texts) -> Message:
    """A page of the shelf; the numbered buttons open a report."""
    heading = Markup("📖 <b>{}</b>").format(_heading(page, texts))
    lines = [_card(number, card, texts) for number, card in enumerate(page.cards, page.offset + 1)]
    buttons = tuple(
        Button(str(number), f"report:{card.id}:{LENGTHS[0]}:new")
        for number, card in enumerate(page.cards, page.offset + 1)
    )

    def action(offset: int) -> str:
        return f"shelf:{offset}:{page.language}:{page.wanted}"

    turn = pager(action, page.offset, len(page.cards), page.total)
    rows = (buttons, turn, *elsewhere("shelf", page.elsewhere, texts))
    return Message(Markup("\n\n").join([heading, *lines]), rows)


def none(page: ReportPage, texts: Texts) -> Message:
    """Nothing on the page: the way to the whole shelf, or to the other languages."""
    others = elsewhere("shelf", page.elsewhere, texts)
    if not page.wanted:
        return Message.of(texts.say("There are no reports on the shelf yet."), others)
    text = texts.say("No report with “{word}” in it.", word=page.wanted)
    return Message.of(text, (_whole_shelf(page, texts), *others))


def too_few(page: ReportPage, texts: Texts) -> Message:
    """There is no report with that number: how many there are, and the way to them."""
    if not page.total:
        return none(page, texts)
    text = texts.say("There are {n} reports on the shelf.", n=page.total)
    rows = (_whole_shelf(page, texts), *elsewhere("shelf", page.elsewhere, texts))
    return Message.of(text, rows)


def _whole_shelf(page: ReportPage, texts: Texts) -> tuple[Button, ...]:
    return (Button(texts.say("The whole shelf"), f"shelf:0:{page.language}:"),)


def summary(report: Report, reading: Reading, texts: Texts, length: int) -> Message:
    """Title, size and the best sentences: `length` of them, or as many as one message holds."""
    count = min(length, len(reading.ranked))
    html = sections.fitting(_head(report, reading, texts), reading, count, texts)
    return Message(html, _keyboard(report, reading, texts, length))


def outline(report: Report, reading: Reading, texts: Texts) -> Message:
    """The headings, each of the highest a button that opens it."""
    return sections.outline(report.title, reading, texts, f"section:{report.id}")


def section(report: Report, reading: Reading, texts: Texts, number: int) -> Message:
    """One part in its own sentences."""
    return sections.part(report.title, reading, texts, f"section:{report.id}", number)


def figures(report: Report, reading: Reading, texts: Texts) -> Message:
    """The key figures as they stand in the text, each once."""
    title = Markup("📖 <b>{}</b>").format(clip(harmless(report.title), TITLE_UNITS))
    told = list(dict.fromkeys(harmless(figure.text) for figure in reading.figures))
    lines = [f"• {each}" for each in told[:MOST_FIGURES]]
    if not lines:
        return Message(title + "\n\n" + texts.say("This report gives no figures."))
    more = len(told) - len(lines)
    if more > 0:
        lines.append(texts.plural("and {n} more", "and {n} more", more))
    return Message(Markup("{}\n\n{}").format(title, "\n".join(lines)))


def lengths(action: str, reading: Reading, chosen: int) -> tuple[Button, ...]:
    """A button for each number of sentences that there are; `action` and the number choose it."""
    return tuple(
        Button(ticked(str(n), n == chosen), f"{action}:{n}")
        for n in LENGTHS
        if n == LENGTHS[0] or n <= len(reading.ranked)
    )


def document(report: Report) -> File:
    """The whole text as a file; the byte-order mark tells old phones that it is UTF-8."""
    name = re.sub(r"[^\w\-]+", "-", report.title).strip("-")[:60] or "report"
    content = f"\ufeff{report.title}\n\n{report.text}\n".encode()
    return File(f"{name}.txt", content, clip(harmless(report.title), TITLE_UNITS))


def size(words: int, language: str, texts: Texts) -> str:
    """Length and reading time; Chinese and Japanese are counted in characters."""
    minutes = max(1, round(words / WORDS_PER_MINUTE.get(language, 200)))
    if language in {"zh", "ja"}:
        length = texts.plural("{n} character", "{n} characters", words)
    else:
        length = texts.plural("{n} word", "{n} words", words)
    time = texts.say("{minutes} min", minutes=minutes)
    return f"{length} · {time}"


def _heading(page: ReportPage, texts: Texts) -> str:
    if page.wanted:
        return texts.say("Reports with “{word}”", word=page.wanted)
    return texts.say("Reports, in their own words")


def _card(number: int, card: ReportCard, texts: Texts) -> Markup:
    return Markup("{}. {}\n<i>{}</i>").format(
        number, clip(harmless(card.title), TITLE_UNITS), size(card.words, card.language, texts)
    )


def _head(report: Report, reading: Reading, texts: Texts) -> Markup:
    facts = size(report.words, report.language, texts)
    parts = sum(section.level == 1 for section in reading.sections)
    if parts:
        facts += " · " + texts.plural("{n} part", "{n} parts", parts)
    title: str = clip(harmless(report.title), TITLE_UNITS)
    if report.url:
        title = Markup('<a href="{}">{}</a>').format(report.url, title)
    head = Markup("📖 <b>{}</b>\n<i>{}</i>").format(title, facts)
    if report.language == texts.language:
        return head
    name = _original(report.language, texts)
    note = texts.say("The sentences below are the original's: not translated, not rewritten.")
    said = texts.say("{original}: {note}", original=name, note=note)
    return head + Markup("\n<i>{}</i>").format(said)


def _original(language: str, texts: Texts) -> str:
    if language in ORIGINAL:
        return texts.say(ORIGINAL[language])
    return texts.say("{language} original", language=texts.name_of(language))


def _keyboard(report: Report, reading: Reading, texts: Texts, length: int) -> Keyboard:
    return (
        lengths(f"report:{report.id}", reading, length),
        (
            Button(texts.say("Outline"), f"outline:{report.id}"),
            Button(texts.say("Figures"), f"figures:{report.id}"),
        ),
        (
            Button(texts.say("Full text"), f"text:{report.id}"),
            Button("↗ " + texts.say("Share"), share=f"report-{report.id}"),
            button("report", report.id),
        ),
    )
