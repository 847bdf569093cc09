"""HTML of titles and contents as plain text, with no sentence changed.

html-text and inscriptis were tried: the one puts spaces where there are none (`H 2 O`, and inside
Chinese words), the other marks lists, and both take more than twice the time.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from bot.config import MAX_ENTRY_CHARS, MAX_TITLE_CHARS
from bot.news.source import cleaned

_INLINE = "a abbr acronym applet b bdi bdo big blink br cite code del dfn em embed font i img ins"
_INLINE += " kbd mark marquee nobr q s samp small span strike strong sub sup time tt u var wbr"
_BLOCK = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section
summary table tbody td tfoot th thead title tr ul
"""
_SKIP = """
audio button canvas frameset iframe input map math noscript object script select style svg template
textarea video figcaption nav form head
"""
_BLOCKS, _SKIPPED = frozenset(_BLOCK.split()), frozenset(_SKIP.split())
# A title may speak of Vec<T> or of <script>: only what is HTML is taken for it, and of elements
# that show nothing only whole ones, or those with attributes.
_TAG = re.compile(
    rf"</?({'|'.join((_INLINE + _BLOCK).split())})(?:\s[^<>]{{0,2000}})?\s*/?>"
    rf"|<({'|'.join(_SKIP.split())})(?:\s[^<>]{{0,2000}})?>.{{0,1000}}?</\2\s*>"
    rf"|<(?:{'|'.join(_SKIP.split())}|link|meta)\s[^<>=]{{0,100}}=[^<>]{{0,2000}}>"
    r"|<!--.{0,2000}?-->",
    re.IGNORECASE | re.DOTALL,
)
# HTML that needs no parser: whole tags one after the other, and none whose inside is left out.
_WHOLE_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:[\s/](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)?>")
_MEANS = {
    **dict.fromkeys(_INLINE.split(), ""),
    **dict.fromkeys(_BLOCKS - _SKIPPED, "\n\n"),
    "br": "\n",
}
_LEFT = re.compile(r"<[a-zA-Z/!?]")
_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#\w]+;")
_BLANK = re.compile(r"\n\s*\n")
_FILLERS = re.compile("[\xad\u200b\u2060\ufeff\ufffc]")
# What is kept of a text is a fraction of this; the rest is not even looked at.
_MOST_MARKUP = 40_000
_TITLE_MARKUP = 4_000
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？")
_PARSER = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True)


def title(text: str, *, markup: bool = True) -> str:
    """A title in one line; `markup` says whether it may hold tags. Escapes are undone twice."""
    text = text[:_TITLE_MARKUP]
    for _ in range(2):
        text = _unescape(_untagged(text) if markup else text)
    return shorten(_line(_untagged(text) if markup else text), MAX_TITLE_CHARS)


def paragraphs(text: str, *, markup: bool = True) -> str:
    """A text in lines that are paragraphs, with a blank line between two; cut where it is long."""
    text = text[:_MOST_MARKUP]
    if markup and _MARKUP.search(text):
        text = _lines(text)
        if "<" in text and _TAG.search(text):
            text = _lines(text)
    lines = (_line(block) for block in _BLANK.split(text))
    return cut("\n\n".join(line for line in lines if line))


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between two words where there are any."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > most // 2 else cut).rstrip() + "…"


def _lines(markup: str) -> str:
    """The text of HTML, with a blank line between its blocks."""
    text = _WHOLE_TAG.sub(_meaning, _flat(markup))
    return _parsed(markup) if _LEFT.search(text) else _unescape(text)


def _meaning(tag: re.Match[str]) -> str:
    """A tag that is not known here stays, and has the whole parsed."""
    return _MEANS.get(tag[1].lower(), tag[0])


def _parsed(markup: str) -> str:
    tree = etree.fromstring(f"<div>{markup}</div>", _PARSER)
    if tree is None:
        return ""
    found: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = element.tag
        if name in _BLOCKS:
            found.append("\n\n")
        if event == "end":
            found.append(_flat(element.tail))
        elif name in _SKIPPED:
            walk.skip_subtree()
        else:
            found.append("\n" if name == "br" else _flat(element.text))
    return "".join(found)


def _untagged(text: str) -> str:
    return _TAG.sub(_apart, text) if "<" in text else text


def _apart(tag: re.Match[str]) -> str:
    """Words of two lines are two."""
    return " " if _MEANS.get((tag[1] or "").lower()) else ""


def _flat(text: str | None) -> str:
    """Line ends mean nothing in HTML."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _unescape(text: str) -> str:
    return unescape(text) if "&" in text else text


def _line(text: str) -> str:
    return " ".join((text if text.isascii() else _FILLERS.sub("", cleaned(text))).split())


def cut(text: str) -> str:
    """Whole paragraphs up to a limit; of one that would take most of it, whole sentences."""
    if len(text) <= MAX_ENTRY_CHARS:
        return text
    text = text[:MAX_ENTRY_CHARS]
    ends = (text.rfind("\n\n"), *(text.rfind(mark) + 1 for mark in _SENTENCE_ENDS))
    longest = max(ends)
    return text[: ends[0] if ends[0] > MAX_ENTRY_CHARS // 2 else longest] if longest > 0 else text
