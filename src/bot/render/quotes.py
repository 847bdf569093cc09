"""A sentence quoted with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.render.foreign import harmless
from bot.render.split import clip

if TYPE_CHECKING:
    from bot.models.reading import Sentence
    from bot.texts import Texts

TITLE_UNITS = 200
PLACE_UNITS = 48


def quote(sentence: Sentence, texts: Texts) -> Markup:
    """The sentence word for word, then its section and page."""
    html = Markup("<blockquote>{}</blockquote>").format(harmless(sentence.text))
    section = clip(harmless(sentence.section), PLACE_UNITS) if sentence.section else None
    page = texts.say("page {n}", n=sentence.page) if sentence.page else None
    place = " · ".join(filter(None, (section, page)))
    return html + Markup("<i>{}</i>").format(place) if place else html
