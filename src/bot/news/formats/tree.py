"""XML as far as it goes: entities never expand, and what is damaged ends nothing but itself."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import html5
from itertools import islice
from typing import Any

from lxml import etree

from bot.config import MAX_FEED_TAGS
from bot.news.formats.raw import Words

Element = Any

# Of a huge feed not even all entries are looked at, to find the newest.
MOST_ENTRIES = 2_000

_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_CDATA = r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*+(?:\[(?:[^\]\"'<]|<[^>]*>|\"[^\"]*\"|'[^']*')*+\]\s*)?>")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_AMPERSAND = re.compile(
    rf"({_CDATA})|&(#\d{{1,7}};|#[xX][\da-fA-F]{{1,6}};|\w{{1,40}};)?", re.DOTALL
)
# In a damaged feed they may come too early, and nothing after the root's would be read.
_CLOSERS = re.compile(r"</(?:rss|channel|feed|rdf:RDF)\s*>", re.IGNORECASE)
_HEAD_CHARS = 4096
# What needs so many characters is made of attributes, and each takes more memory than a tag.
_LONG_TAG = re.compile(r"<[^<>]{1000000}")
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/DTDs/Podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def parse(text: str, address: str) -> Element | None:
    """The root of the tree, None where there is no element at all."""
    text = _few(_few(_without_declaration(text), "<"), "&")
    if bomb := _LONG_TAG.search(text):
        text = text[: bomb.start()]
    doctype = text.find("<!DOCTYPE", 0, _HEAD_CHARS)
    if doctype < 0:
        try:
            return etree.fromstring(text.encode(), _parser(recover=False), base_url=address)
        except etree.XMLSyntaxError:
            pass
    elif found := _DOCTYPE.match(text, doctype):
        text = text[:doctype] + text[found.end() :]
    text = _AMPERSAND.sub(_entity, _CLOSERS.sub("", text))
    try:
        data = text[text.find("<") :].encode()
        return etree.fromstring(data, _parser(recover=True), base_url=address)
    except etree.XMLSyntaxError:
        return None


def name_of(element: Element) -> str:
    """The name in small letters, without namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


class Fields:
    """The children of a feed or an entry by name: `title`, `dc:date`, `content:encoded`.

    A name alone stands for the namespace of the element itself, and for none: so a feed with a
    misspelt namespace is read, and `media:title` never taken for the title.
    """

    def __init__(self, element: Element) -> None:
        own = _namespace(element.tag)
        self._found: dict[str, list[Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._found.setdefault(_name(child.tag, own), []).append(child)

    def all(self, *names: str) -> list[Element]:
        """The children of these names, those of the first name first."""
        return [child for name in names for child in self._found.get(name, ())]

    def text(self, *names: str) -> str | None:
        """The first of them that says something, trimmed."""
        texts = (text_of(child).strip() for child in self.all(*names))
        return next(filter(None, texts), None)

    def words(self, *names: str) -> Words:
        """The same with its markup."""
        return next(filter(None, map(words_of, self.all(*names))), Words())


def words_of(element: Element) -> Words:
    """What an element says: markup that stands in it bare is markup, too."""
    if len(element) and any(isinstance(child.tag, str) for child in element):
        parts = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        return Words(_escaped(element.text) + "".join(parts))
    return Words(text_of(element))


def text_of(element: Element) -> str:
    """All its text, without markup."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def entries(root: Element, name: str) -> list[Element]:
    """The elements of a name wherever they stand, in whatever namespace and case."""
    found = list(islice(root.iter(f"{{*}}{name}"), MOST_ENTRIES))
    return found or [each for each in islice(root.iter(), MOST_ENTRIES) if name_of(each) == name]


def about(element: Element) -> str | None:
    """What an element of RDF calls itself."""
    found: str | None = element.get(_RDF_ABOUT) or element.get("about")
    return found


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        collect_ids=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _without_declaration(text: str) -> str:
    """What it says of the encoding is no longer true."""
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def _few(text: str, mark: str) -> str:
    """The beginning, if all of it would not fit the memory or the time."""
    if text.count(mark) <= MAX_FEED_TAGS:
        return text
    return mark.join(text.split(mark, MAX_FEED_TAGS)[:-1])


def _entity(match: re.Match[str]) -> str:
    """Names of HTML become their letters; an ampersand that stands alone is one."""
    if match[1] is not None:
        return match[1]
    name = match[2]
    if name is None:
        return "&amp;"
    if name[0] == "#":
        return match[0]
    if name[:-1] in _XML_ENTITIES:
        return match[0]
    return unescape(match[0]) if name in html5 else f"&amp;{name}"


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag[0] == "{" else ""


@lru_cache(maxsize=1024)
def _name(tag: str, own: str) -> str:
    """`prefix:name`; a prefix that was never declared stands in the tag itself."""
    space, name = _namespace(tag), tag.rpartition("}")[2].lower()
    if space in {"", own}:
        return name
    return f"{_PREFIXES.get(space, '?')}:{name}"
