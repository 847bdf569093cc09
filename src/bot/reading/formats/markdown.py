"""Markdown (CommonMark): its marks become headings and items, or go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.archives import is_archive
from bot.reading.formats.draft import Draft
from bot.words import encodings

if TYPE_CHECKING:
    from bot.models.documents import Document

_SAMPLE = 100_000
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,2000}(?:\s+\"[^\"\n]*\")?\)")
_STRONG = re.compile(r"(?<![\w*_])(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1(?![\w*_])")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{1,2000}\)")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9]{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^ {0,3}>\s?")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^ {0,3}(?:[-*_]\s*){3,}$|^(?=.+\|)[\s:|-]+$|^ {0,3}>\s*\[!\w{1,20}\]\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)\s*$")
_TAG = re.compile(r"<!--(?:(?!<!--).){0,2000}?-->|</?[a-zA-Z][^<>\n]{0,300}>", re.DOTALL)
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n((?:(?:[\w-]+[ \t]*:|[ \t]).*\n)+)---[ \t]*\r?\n")
_FIELD = r"^{}[ \t]*:(.*)$"


def fits(data: bytes) -> bool:
    """A heading and one more sign: a plain text may hold one `#` or `*` by chance."""
    text = None if is_archive(data) else encodings.decode(data[:_SAMPLE])
    if text is None:
        return False
    headings = len(_HEADING.findall(text))
    signs = any(pattern.search(text) for pattern in (_LINK, _STRONG, _CODE)) or _FRONT.match(text)
    return headings > 1 or (headings > 0 and bool(signs))


def read(data: bytes) -> Document:
    """Code, pictures and rules are left out; links and emphasis leave their words."""
    text = encodings.decode(data) or ""
    front = _FRONT.match(text)
    body = _TAG.sub("", _IMAGE.sub("", text[front.end() :] if front else text))
    writer = _Writer()
    for line in body.splitlines():
        writer.line(line)
    writer.flush()
    fields = front[1] if front else ""
    title = _field(fields, "title") or writer.title
    return writer.draft.document(title, _field(fields, "language") or _field(fields, "lang"))


def _field(front: str, name: str) -> str | None:
    match = re.search(_FIELD.format(name), front, re.MULTILINE)
    return (match[1].strip().strip("\"'") or None) if match else None


class _Writer:
    """Takes line after line; a paragraph ends where another block begins."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.title: str | None = None
        self._words: list[str] = []
        self._item = False
        self._fence = ""

    def line(self, line: str) -> None:
        fence = _FENCE.match(line)
        if self._fence or fence:
            self._code(fence[1] if fence else "")
            return
        heading = _HEADING.match(line)
        if heading:
            self._heading(_unclosed(heading[2]), len(heading[1]))
        elif _UNDERLINE.match(line) and self._words and not self._item:
            words, self._words = " ".join(self._words), []
            self._heading(words, 1 if "=" in line else 2)
        elif not line.strip() or _RULE.match(line):
            self.flush()
        elif _TABLE.match(line):
            self.flush()
            self.draft.row([_plain(cell) for cell in line.strip().strip("|").split("|")])
        else:
            self._prose(_QUOTE.sub("", line))

    def flush(self) -> None:
        """End the paragraph or item."""
        text = _plain(" ".join(self._words))
        (self.draft.item if self._item else self.draft.paragraph)(text)
        self._words, self._item = [], False

    def _prose(self, line: str) -> None:
        item = _ITEM.match(line)
        if item:
            self.flush()
            self._item = True
            line = line[item.end() :]
        self._words.append(line.strip())

    def _heading(self, text: str, level: int) -> None:
        self.flush()
        text = _plain(text)
        if level == 1 and self.title is None:
            self.title = text
        self.draft.heading(text, level)

    def _code(self, fence: str) -> None:
        self.flush()
        if not self._fence:
            self._fence = fence
        elif fence.startswith(self._fence):
            self._fence = ""


def _unclosed(heading: str) -> str:
    """Without the signs that may stand at its end, too, after a space."""
    bare = heading.rstrip(" \t").rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else heading.rstrip()


def _plain(text: str) -> str:
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
