"""Telegram's limits: lengths in UTF-16 units, and HTML cut in parts that are each whole."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markupsafe import escape

from bot.words.count import MESSAGE_UNITS, units

if TYPE_CHECKING:
    from collections.abc import Iterator

ELLIPSIS = "…"
PARAGRAPH = "\n\n"
# What is longer without a blank is no word: it may be cut anywhere.
WORD_UNITS = 40


def fit(text: str, limit: int) -> int:
    """How many code points of `text` take at most `limit` units."""
    if len(text) * 2 <= limit or units(text) <= limit:
        return len(text)
    used = 0
    for index, char in enumerate(text):
        used += 1 + (char > "\uffff")
        if used > limit:
            return index
    return len(text)


def clip(text: str, limit: int) -> str:
    """`text`, or its beginning with an ellipsis, in at most `limit` units."""
    if units(text) <= limit:
        return text
    return text[: fit(text, limit - 1)].rstrip() + ELLIPSIS


def plain(html: str) -> str:
    """The text of HTML, without its tags."""
    return "".join(text for kind, text in _parse(html) if kind == "text")


def split(html: str, limit: int = MESSAGE_UNITS) -> list[str]:
    """Parts of at most `limit` units of text each; tags open at a cut are closed and opened again.

    Cuts between paragraphs; one that is too long alone at a line break if there is one in the last
    half of the part, else at a space.
    """
    if units(html) <= limit:
        return [str(html)]
    parts, used = list[str](), limit
    for paragraph in _paragraphs(str(html)):
        long = units(plain(paragraph))
        if used + len(PARAGRAPH) + long <= limit:
            parts[-1] += PARAGRAPH + paragraph
            used += len(PARAGRAPH) + long
        else:
            parts += _cut(paragraph, limit)
            used = units(plain(parts[-1])) if parts else limit
    return parts


def _paragraphs(html: str) -> Iterator[str]:
    """Cut at blank lines outside of all tags; those without a visible character are left out."""
    paragraph, depth = "", 0
    for piece in html.split(PARAGRAPH):
        paragraph += PARAGRAPH + piece if paragraph else piece
        kinds = [kind for kind, _ in _parse(piece)]
        depth += kinds.count("start") - kinds.count("end")
        if depth <= 0:
            if plain(paragraph).strip():
                yield paragraph
            paragraph = ""
    if plain(paragraph).strip():
        yield paragraph


def _cut(html: str, limit: int) -> list[str]:
    cutter = _Cutter(limit)
    for kind, value in _parse(html):
        cutter.take(kind, value)
    return cutter.end()


class _Cutter:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._open: list[str] = []
        self._html = ""
        self._room = limit
        self._blank = True

    def take(self, kind: str, value: str) -> None:
        if kind == "text":
            self._text(value)
        elif kind == "start":
            self._open.append(value)
            self._html += value
        elif self._open:
            self._html += _closing(self._open.pop())

    def end(self) -> list[str]:
        self._close()
        return self._parts

    def _text(self, text: str) -> None:
        while (whole := fit(text, self._room)) < len(text):
            cut = _break(text, whole, fresh=self._room == self._limit)
            self._add(text[:cut])
            text = text[cut:].lstrip()
            self._close()
        self._add(text)

    def _add(self, text: str) -> None:
        self._html += str(escape(text))
        self._room -= units(text)
        self._blank = self._blank and not text.strip()

    def _close(self) -> None:
        """End a part; Telegram takes none without a visible character."""
        if not self._blank:
            self._parts.append(self._html + "".join(map(_closing, reversed(self._open))))
        self._html, self._room, self._blank = "".join(self._open), self._limit, True


def _break(text: str, most: int, *, fresh: bool) -> int:
    """Where to cut `text`, at `most`; 0 when its first word goes better into a fresh part."""
    for mark in ("\n", " "):
        at = text.rfind(mark, most // 2, most + 1)
        if at > 0:
            return at
    return most if fresh or most > WORD_UNITS else 0


def _closing(tag: str) -> str:
    return f"</{tag[1:-1].split(maxsplit=1)[0]}>"


def _parse(html: str) -> list[tuple[str, str]]:
    parser = _Tokens()
    parser.feed(str(html))  # pieces of Markup would escape what is put to them
    parser.close()
    return parser.tokens


class _Tokens(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        self.tokens.append(("start", self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.tokens.append(("text", data))
