"""A joke as a message: the punchline waits behind a spoiler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.pages import grid
from bot.render.saved import button
from bot.texts import mark

if TYPE_CHECKING:
    from bot.models.jokes import Joke, JokeEntry, Telling
    from bot.models.submissions import Wording
    from bot.texts import Texts

# Categories as readers see them; the keys are those of the content files.
CATEGORIES = {
    "animals": mark("animals"),
    "family": mark("family"),
    "food": mark("food"),
    "health": mark("health"),
    "home": mark("home"),
    "kids": mark("kids"),
    "language": mark("language"),
    "money": mark("money"),
    "music": mark("music"),
    "neighbours": mark("neighbours"),
    "office": mark("office"),
    "other": mark("other"),
    "reading": mark("reading"),
    "school": mark("school"),
    "science": mark("science"),
    "sport": mark("sport"),
    "technology": mark("technology"),
    "travel": mark("travel"),
    "weather": mark("weather"),
}
STARTS_OVER = mark("That was the last one I had not told here. From the top:")


def told(telling: Telling, texts: Texts, word: str) -> Message:
    """The joke with its buttons, and a word before it when all have been told."""
    html = body(telling.joke)
    if telling.starts_over:
        notice = texts.say(STARTS_OVER)
        html = Markup("<i>{}</i>\n\n{}").format(notice, html)
    return Message(html, keyboard(telling.joke, texts, word))


def alone(joke: Joke) -> Message:
    """The joke without buttons, for sharing."""
    return Message(body(joke))


def body(joke: Joke | JokeEntry | Wording) -> Markup:
    """The joke alone."""
    text = escape(harmless(joke.text))
    if not joke.punchline:
        return text
    return text + Markup("\n<tg-spoiler>{}</tg-spoiler>").format(harmless(joke.punchline))


def keyboard(joke: Joke, texts: Texts, word: str) -> Keyboard:
    """Votes and what next; `word` is what Another looks for."""
    return (
        (
            Button(_counted("😂", joke.laughs), f"vote:{joke.id}:laugh:{word}"),
            Button(_counted("😐", joke.shrugs), f"vote:{joke.id}:shrug:{word}"),
            Button(texts.say("Another"), f"joke:{word}"),
        ),
        (
            Button("↗ " + texts.say("Share"), share=f"joke-{joke.id}"),
            Button("⋯", f"more:{joke.id}:{word}"),
        ),
    )


def more(joke: Joke, texts: Texts, word: str) -> Keyboard:
    """What stands behind the three dots."""
    return (
        (
            button("joke", joke.id),
            Button("🚩 " + texts.say("Flag"), f"flag:{joke.id}:{word}"),
            Button("◂ " + texts.say("Back"), f"less:{joke.id}:{word}"),
        ),
    )


def none(texts: Texts, word: str, categories: list[tuple[str, int]]) -> Message:
    """No joke fits: what there is instead, as buttons of three in a row."""
    text = texts.say("I have no joke with “{word}” yet. How about one of these?", word=word)
    if not categories:
        text = texts.say("There are no jokes on the shelf yet.")
    buttons = [Button(category_name(key, texts), f"joke:{key}") for key, _ in categories]
    rows = grid(buttons, across=3)
    return Message.of(text, rows)


def category_name(key: str, texts: Texts) -> str:
    """As readers see it."""
    return texts.say(CATEGORIES[key]) if key in CATEGORIES else key


def _counted(label: str, count: int) -> str:
    return f"{label} {count}" if count else label
