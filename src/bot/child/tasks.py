"""The roll of what workers do: top-level functions of plain values, named when sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.child import houses
from bot.errors import UserError
from bot.models.documents import Collected, Document
from bot.models.feeds import WebPage
from bot.reading import clean, many, summary
from bot.reading import pieces as pieces_of
from bot.reading import read as reading
from bot.words.joining import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.child.houses import House
    from bot.models.feeds import Feed
    from bot.models.reading import Quote, Reading
    from bot.models.stats import Stats
    from bot.models.subscriptions import City
    from bot.models.summaries import Summary, Wish


def read(text: str, title: str | None, language: str | None) -> Reading:
    """Read a text; see `bot.reading.read`."""
    return reading.read(text, title=title, language=language)


def read_pieces(pieces: Sequence[str], start: int) -> Reading:
    """Read a text from `start` on, of the pieces in which it was sent."""
    return reading.read(join(pieces)[start:])


def read_file(data: bytes, charset: str | None) -> Reading:
    """Read a file of any format on the roll; `charset` is what a server says of it."""
    return reading.read_document(open_document(data, charset))


def collect(pieces: Sequence[str], start: int, title: str | None) -> Collected:
    """A report of the pieces in which it was sent; see `bot.reading.pieces`."""
    return pieces_of.collect(pieces, start, title)


def masks(text: str) -> list[str]:
    """What was blotted out in a text, in order; see `bot.reading.clean`."""
    return clean.masks(text)


def open_document(data: bytes, charset: str | None) -> Document:
    """The text of a file of any format on the roll, with its title."""
    from bot.reading import formats  # noqa: PLC0415 - heavy, and the bot imports this module

    return formats.document(data, charset)


def quote_many(documents: Sequence[Document], most: int) -> tuple[Quote, ...]:
    """The best sentences of documents about one thing; see `bot.reading.many`."""
    return many.quote_many(documents, most)


def words_of(titles: str, language: str, most: int) -> tuple[str, ...]:
    """The weightiest words of some titles; see `bot.reading.keywords`."""
    from bot.reading.keywords import keywords  # noqa: PLC0415 - heavy, as below

    return keywords(titles, language, most)


def cities_named(name: str) -> tuple[City, ...]:
    """Cities of that name; see `bot.schedule.cities`."""
    from bot.schedule import cities  # noqa: PLC0415 - heavy, as below

    return cities.find(name)


def largest_cities() -> tuple[City, ...]:
    """The largest city of each zone; see `bot.schedule.cities`."""
    from bot.schedule import cities  # noqa: PLC0415 - heavy, as below

    return cities.largest()


def summarize_text(text: str, wish: Wish) -> Summary:
    """A text as it is; see `bot.reading.summary`."""
    return summary.summarize(Document(text), wish)


def summarize_file(data: bytes, wish: Wish, charset: str | None) -> Summary:
    """A file of any format on the roll; `charset` is what a server says of it."""
    document = open_document(data, charset)
    return replace(summary.summarize(document, wish), source=document.text)


def read_feed(data: bytes, address: str, content_type: str, charset: str | None) -> Feed | WebPage:
    """A feed; of a web page the feeds that it names; a UserError for what is neither."""
    from bot.news import discovery, feeds  # noqa: PLC0415 - heavy, as below

    try:
        return feeds.parse(data, address, content_type, charset)
    except feeds.NotAFeed as error:
        named = discovery.links(data, address, charset) if error.page else ()
        if not named:
            raise
        return WebPage(named)


def read_house(data: bytes) -> House:
    """What another bot's people set; see `bot.child.houses`."""
    return houses.read(data)


def draw(stats: Stats, page: str, language: str, dark: bool, cache: str) -> bytes:
    """A picture of the numbers; see `bot.render.charts`."""
    from bot.render import charts  # noqa: PLC0415 - heavy, as below

    return charts.draw(stats, page, language, dark, cache)


def chinese_font(cache: str) -> str | None:
    """What the pictures show Chinese with; see `bot.render.charts`."""
    from bot.render import charts  # noqa: PLC0415 - heavy, as below

    return charts.chinese_font(cache)


def read_article(data: bytes, charset: str | None) -> str:
    """The article of a web page; a UserError says why there is none."""
    from bot.news import articles  # noqa: PLC0415 - heavy, as below
    from bot.reading.formats import html  # noqa: PLC0415 - heavy, as below

    if not html.fits(data):
        raise UserError("The link leads to a file, not to a page with an article.")
    return articles.body(open_document(data, charset).text, data)
