"""XML as far as it goes: entities never expand, and what is damaged ends nothing but itself."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import unescape
from html.entities import html5
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from bot.config import MAX_FEED_TAGS
from bot.news.formats.raw import Words
from bot.news.source import cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping

Element = Any

# Of a huge feed not even all entries are looked at, to find the newest.
MOST_ENTRIES = 2_000

_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_CDATA = r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
# What a document type says that its entities stand for: few letters, and none of another entity.
_MEANING = re.compile(
    r"<!ENTITY\s+([\w.-]{1,40})\s+(?:\"([^\"&%<]{0,100})\"|'([^'&%<]{0,100})')\s*>"
)
# An entity made of other entities, as only attacks have it.
_NESTED = re.compile(
    r"<!ENTITY\s+[\w.-]{1,40}\s+[\"'][^\"'<>]{0,2000}?&(?!#|(?:amp|lt|gt|quot|apos);)[\w.-]{1,40};"
)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*+(?:\[(?:[^\]\"'<]|<[^>]*>|\"[^\"]*\"|'[^']*')*+\]\s*)?>")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
# An ampersand with what may be its entity, or a sign that begins no tag.
_SIGN = re.compile(
    rf"({_CDATA})|&(#\d{{1,20}};|#[xX][\da-fA-F]{{1,20}};|[\w.-]{{1,40}};)?|<(?![\w:/!?])",
    re.DOTALL,
)
# A tag with attributes, and a value there that has its quotes or none.
_WITH_VALUES = re.compile(rf"({_CDATA})|<[a-zA-Z][\w:.-]{{0,60}}\s[^<>]*=[^<>]*>", re.DOTALL)
_VALUE = re.compile(r"""(=\s*(?:"[^"]*"|'[^']*'))|(=\s*)([^\s"'<>]+)""")
# In a damaged feed they may come too early, and nothing after the root's would be read.
_CLOSERS = re.compile(r"</(?:rss|channel|feed|rdf:RDF)\s*>", re.IGNORECASE)
_HEAD_CHARS = 4096
# What needs so many characters is made of attributes, and each takes more memory than a tag.
_LONG_TAG = re.compile(r"<[^<>]{1000000}")
# By namespaces as feeds write them, in whatever case and with or without their last sign.
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def parse(text: str, address: str) -> Element | None:
    """The root of the tree, None where there is no element at all."""
    text = _few(_few(_without_declaration(text), "<"), "&")
    if bomb := _LONG_TAG.search(text):
        text = text[: bomb.start()]
    doctype, means = text.find("<!DOCTYPE", 0, _HEAD_CHARS), {}
    if doctype < 0:
        try:
            return etree.fromstring(text.encode(), _parser(recover=False), base_url=address)
        except etree.XMLSyntaxError:
            pass
    elif found := _DOCTYPE.match(text, doctype):
        means = {name: one or other for name, one, other in _MEANING.findall(found[0])}
        text = text[:doctype] + text[found.end() :]
    text = _WITH_VALUES.sub(_quote, _CLOSERS.sub("", text))
    text = _SIGN.sub(partial(_escape, means), text)
    try:
        data = text[text.find("<") :].encode()
        return etree.fromstring(data, _parser(recover=True), base_url=address)
    except etree.XMLSyntaxError:
        return None


def nests_entities(text: str) -> bool:
    """Whether its document type builds entities out of entities ("billion laughs")."""
    doctype = text.find("<!DOCTYPE", 0, _HEAD_CHARS)
    return doctype >= 0 and _NESTED.search(text, doctype, doctype + 2 * _HEAD_CHARS) is not None


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

    def inside(self, name: str) -> Words:
        """What a video or picture says of itself, as YouTube does of all that it has."""
        media = (Fields(each) for each in self.all("media:group", "media:content"))
        return next(filter(None, (each.words(name) for each in media)), Words())


def address(text: str | None) -> str | None:
    """A web address, if it is a whole one."""
    return text if text and text.lower().startswith(("http://", "https://")) else None


def words_of(element: Element) -> Words:
    """What an element says: markup that stands in it bare is markup, too."""
    if len(element) and any(isinstance(child.tag, str) for child in element):
        parts = (etree.tostring(child, encoding="unicode") for child in element)
        return Words(_escaped(element.text) + "".join(parts))
    return Words(text_of(element))


def text_of(element: Element) -> str:
    """All its text, without markup."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def entries(root: Element, name: str) -> list[Element]:
    """The elements of a name wherever they stand, in whatever namespace and case."""
    found = list(islice(root.iter(f"{{*}}{name}"), MOST_ENTRIES))
    if not found:
        found = [each for each in islice(root.iter(), MOST_ENTRIES) if name_of(each) == name]
    for each in found:
        _bring_out(each)
    return found


def _bring_out(entry: Element) -> None:
    """Of an entry that stands in another one, because something there was never closed."""
    if next(entry.iterancestors(entry.tag), None) is not None:
        entry.getparent().remove(entry)


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


def _quote(tag: re.Match[str]) -> str:
    """With quotes around values that have none."""
    if tag[1] is not None:
        return tag[0]
    return _VALUE.sub(lambda value: value[1] or f'{value[2]}"{value[3]}"', tag[0])


def _escape(means: Mapping[str, str], match: re.Match[str]) -> str:
    """Names become their letters, which may not be those of markup; a sign that stands alone is
    one.
    """
    name = match[2]
    if match[1] is not None or (name and name[:-1] in _XML_ENTITIES):
        return match[0]
    if name is None:
        return "&amp;" if match[0] == "&" else "&lt;"
    if name[0] != "#" and name not in html5:
        return _escaped(means[name[:-1]]) if name[:-1] in means else f"&amp;{name}"
    return _escaped(cleaned(unescape(match[0])))


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
    return f"{_PREFIXES.get(space.lower().rstrip('/#'), '?')}:{name}"
