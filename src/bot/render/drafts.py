"""A draft as its admin sees it: first as everybody will, then what can be changed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.headlines import Headline, HeadlineEntry
from bot.models.messages import Button, Keyboard, Message
from bot.models.reports import Report, ReportEntry
from bot.models.stories import Story
from bot.render import jokes, reports, times
from bot.render.acts import name
from bot.render.foreign import harmless
from bot.render.headlines import TOPICS, item, topic_name
from bot.render.pages import LANGUAGES, grid, language_name
from bot.render.split import clip, plain
from bot.texts import mark
from bot.words.count import MESSAGE_UNITS, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.drafts import Asks, Draft, Part
    from bot.models.jokes import JokeEntry
    from bot.models.reading import Reading
    from bot.models.stories import Quoted
    from bot.texts import Texts

# With the draft's number and the stamp, what a button may say has no room for a longer one.
CATEGORY_CHARS = 20
RULE = Markup("———")
ALIKE_UNITS, NAME_UNITS = 200, 80
MOST_SPOTS, MOST_HEADS = 200, 8
ASKING: dict[Shelf, str] = {
    "jokes": mark(
        "Send me the joke. What comes after a | or a line break is the punchline, hidden at first."
    ),
    "headlines": mark("Send me the headline: its text, a link, or a post that you forward."),
    "reports": mark("Send a file, a link or text, in as many messages as you like."),
    "feeds": mark("Send me the address of the feed, or that of the site it belongs to."),
}
ASKED: dict[Asks, str] = {
    "title": mark("Send me the title."),
    "when": times.WHEN,
    "import": mark(
        "Send me a file: jokes as JSON, CSV or TOML, feeds as OPML, documents, or a .zip of them. "
        "You see what would change before anything does."
    ),
}  # fmt: skip
TEXT = mark("Send me the new text.")


def asking(draft: Draft, texts: Texts) -> Message:
    """What the next message is to bring."""
    if draft.asks in ASKED:
        text = ASKED[draft.asks]
    else:
        text = ASKING[draft.shelf] if draft.item_id is None else TEXT
    cancel = Button(texts.say("Cancel"), f"draft:{draft.id}:cancel")
    return Message.of(texts.say(text), ((cancel,),))


def cancelled(texts: Texts) -> Message:
    """Nothing of it is kept."""
    return Message.of(texts.say("Cancelled. Nothing was changed."))


def joke(
    draft: Draft, entry: JokeEntry, alike: Sequence[ItemEntry], texts: Texts, when: Sequence[str]
) -> Message:
    """The joke as it will be told."""
    body = jokes.body(entry)
    facts = f"{jokes.category_name(entry.category, texts)} · {language_name(entry.language, texts)}"
    lines = [body, Markup(), RULE, *_italic([facts, *when]), *like(alike, texts)]
    return Message(Markup("\n").join(lines), _joke_keyboard(draft, entry, texts))


def collecting(draft: Draft, parts: Sequence[Part], chars: int, texts: Texts) -> Message:
    """One line on what came so far, and what is still being read."""
    if not parts:
        return asking(draft, texts)
    line = " · ".join((
        texts.plural("{n} part", "{n} parts", len(parts)),
        texts.plural("{n} character", "{n} characters", chars),
    ))  # fmt: skip
    waiting = [texts.say("Reading {name} …", name=clip(harmless(part.name or ""), NAME_UNITS))
               for part in parts if part.text is None]  # fmt: skip
    buttons = (
        Button(texts.say("Done"), f"draft:{draft.id}:done"),
        Button(texts.say("Cancel"), f"draft:{draft.id}:cancel"),
    )
    return Message.of("\n".join([line, *waiting]), (buttons,))


def report(
    draft: Draft,
    entry: ReportEntry,
    reading: Reading,
    spots: Sequence[str],
    alike: Sequence[ItemEntry],
    texts: Texts,
    when: Sequence[str],
) -> Message:
    """The report as it will be told, in one message."""
    facts = _facts(draft, entry, reading, spots, texts) + _italic(when) + like(alike, texts)
    shown = Report(0, entry.language, entry.title, entry.text, reading.words, entry.published)
    for length in (reports.LENGTHS[0], 1, 0):
        body = reports.summary(shown, reading, texts, length).html
        html = Markup("\n").join([body, Markup(), RULE, *facts])
        if units(plain(html)) <= MESSAGE_UNITS:
            break
    return Message(html, _report_keyboard(draft, texts))


def headline(
    draft: Draft,
    entry: HeadlineEntry,
    quotes: tuple[Quoted, ...],
    alike: Sequence[ItemEntry],
    texts: Texts,
    when: Sequence[str],
) -> Message:
    """The headline as the first of a page of news."""
    facts = f"{topic_name(entry.topic, texts)} · {language_name(entry.language, texts)}"
    body = item(1, story_of(entry, quotes), texts, entry.published, updated=False)
    lines = [body, Markup(), RULE, *_italic([facts, *when]), *like(alike, texts)]
    return Message(Markup("\n").join(lines), filing(draft, texts))


def filing(draft: Draft, texts: Texts, publish: str = "") -> Keyboard:
    """What can be changed about news, and the end of it."""
    key = f"draft:{draft.id}"
    buttons = (
        Button(texts.say("Title"), f"{key}:title"),
        Button(texts.say("Topic"), f"{key}:categories"),
        Button(texts.say("Language"), f"{key}:languages"),
    )
    return (buttons, (when_button(key, texts),), ending(draft, texts, publish))


def story_of(entry: HeadlineEntry, quotes: tuple[Quoted, ...] = (), *, source: str = "") -> Story:
    """The story that it alone would be, told by its source or another."""
    at = entry.published
    lead = Headline(0, entry.language, entry.topic, entry.title, source or entry.source,
                    entry.url, at)  # fmt: skip
    return Story(0, entry.language, entry.topic, (lead,), 1, at, at, 1, at, 1, 1.0, quotes)


def when_button(key: str, texts: Texts) -> Button:
    """To choose when it comes and goes."""
    return Button("⏰ " + texts.say("When"), f"{key}:times")


def _italic(lines: Sequence[str]) -> list[Markup]:
    return [Markup("<i>{}</i>").format(line) for line in lines]


def topics(texts: Texts) -> list[tuple[str, str]]:
    """Those of headlines."""
    return [(topic, topic_name(topic, texts)) for topic in TOPICS]


def _facts(
    draft: Draft, entry: ReportEntry, reading: Reading, spots: Sequence[str], texts: Texts
) -> list[Markup]:
    size = texts.plural("{n} character", "{n} characters", len(entry.text))
    lines = [f"{size} · {language_name(entry.language, texts)}"]
    if draft.hint:
        hint = clip(harmless(draft.hint), NAME_UNITS)
        lines.append(texts.say("Its page says “{hint}”; by its length it is a report.", hint=hint))
    if spots:
        kinds = texts.listed(dict.fromkeys(spots[:MOST_SPOTS]))
        lines.append(texts.plural("{n} masked spot: {kinds}", "{n} masked spots: {kinds}",
                                  len(spots), kinds=clip(kinds, NAME_UNITS)))  # fmt: skip
    heads = [section.title for section in reading.sections if section.level == 1]
    lines += [f"• {clip(harmless(head), NAME_UNITS)}" for head in heads[:MOST_HEADS]]
    if len(heads) > MOST_HEADS:
        lines.append(texts.plural("and {n} more", "and {n} more", len(heads) - MOST_HEADS))
    return _italic(lines)


def _report_keyboard(draft: Draft, texts: Texts) -> Keyboard:
    key = f"draft:{draft.id}"
    shelf = (Button(texts.say("Shelf"), f"{key}:shelf"),) if draft.item_id is None else ()
    return (
        (
            Button(texts.say("Title"), f"{key}:title"),
            *shelf,
            Button(texts.say("Language"), f"{key}:languages"),
        ),
        (when_button(key, texts),),
        ending(draft, texts),
    )


def shelves(texts: Texts) -> list[tuple[str, str]]:
    """Where a text may go."""
    return [("reports", "📖 " + texts.say("Report")), ("jokes", "😄 " + texts.say("Joke"))]


def like(alike: Sequence[ItemEntry], texts: Texts) -> list[Markup]:
    """A warning with what is there already."""
    if not alike:
        return []
    warning = "⚠ " + texts.say("Very much like this is on the shelf already:")
    shown = [Markup("<blockquote>{}</blockquote>").format(name(each, ALIKE_UNITS))
             for each in alike]  # fmt: skip
    return [Markup.escape(warning), *shown]


def choices(
    draft: Draft, act: str, known: Sequence[tuple[str, str]], texts: Texts, *, wide: int = 3
) -> Keyboard:
    """A button for each value with its name, `wide` in a row, and the way back."""
    buttons = [Button(label, f"draft:{draft.id}:{act}:{value}") for value, label in known]
    return (*grid(buttons, wide), (Button("◂ " + texts.say("Back"), f"draft:{draft.id}:show"),))


def categories(known: Sequence[str], texts: Texts) -> list[tuple[str, str]]:
    """Those of jokes."""
    names = dict.fromkeys((*jokes.CATEGORIES, *known))
    return [(each, jokes.category_name(each, texts)) for each in names
            if len(each) <= CATEGORY_CHARS]  # fmt: skip


def languages(texts: Texts, *more: str) -> list[tuple[str, str]]:
    """Those that people here read, and others."""
    return [(each, language_name(each, texts)) for each in dict.fromkeys((*LANGUAGES, *more))]


def ending(draft: Draft, texts: Texts, publish: str = "") -> tuple[Button, ...]:
    """The last row of every preview."""
    new = publish or texts.say("Publish")
    go = new if draft.item_id is None else texts.say("Save")
    return (
        Button(texts.say("Cancel"), f"draft:{draft.id}:cancel"),
        Button("✅ " + go, f"draft:{draft.id}:publish"),
    )


def _joke_keyboard(draft: Draft, entry: JokeEntry, texts: Texts) -> Keyboard:
    key = f"draft:{draft.id}"
    parts = texts.say("In two parts") if entry.punchline is None else texts.say("In one part")
    return (
        (
            Button(texts.say("Category"), f"{key}:categories"),
            Button(texts.say("Language"), f"{key}:languages"),
            when_button(key, texts),
        ),
        (Button(parts, f"{key}:parts"), Button(texts.say("Text"), f"{key}:text")),
        ending(draft, texts),
    )
