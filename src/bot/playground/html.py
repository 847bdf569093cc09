"""Telegram's HTML parse mode, as strict as Telegram: what it refuses is refused here with the
same words, byte offsets included."""

import re
from dataclasses import dataclass
from typing import Any

from bot.playground.entities import Span
from bot.playground.errors import ApiError, bad_request
from bot.playground.links import checked_link, user_of_link

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\0\v"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*));?")
_NAME_END = re.compile(r"[ \t\r\n\0\v>]")
_ATTRIBUTE_END = re.compile(r"[ \t\r\n\0\v>=/\"']")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_INT64 = range(-(2**63), 2**63)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    start: int


def parse_html(html: str) -> tuple[str, list[Span]]:
    """Text and spans, not yet trimmed; raises Telegram's "can't parse entities"."""
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self._html = html + "\0"
        self._out: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        at, end = 0, len(self._html) - 1
        while at < end:
            mark = _MARK.search(self._html, at, end)
            stop = mark.start() if mark else end
            self._emit(self._html[at:stop])
            at = self._at_mark(stop) if mark else end
        if self._open:
            tag = self._open[-1].tag
            raise _error(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self._out)
        if _SURROGATE.search(text):
            raise _error(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [self._finished(span) for span in self._spans]

    def _emit(self, piece: str) -> None:
        self._out.append(piece)
        self._length += len(piece)

    def _at_mark(self, at: int) -> int:
        if self._html[at] == "&":
            char, at = _reference(self._html, at)
            self._emit(char)
            return at
        return self._end_tag(at) if self._html[at + 1] == "/" else self._start_tag(at)

    def _start_tag(self, begin: int) -> int:
        at = _seek(_NAME_END, self._html, begin + 1)
        if self._html[at] == "\0":
            raise self._fail("Unclosed start tag", begin)
        tag = self._html[begin + 1 : at].lower()
        if tag not in _TAGS:
            raise self._fail(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._html[at] != ">":
            at = self._skip_space(at)
            if self._html[at] == ">":
                break
            name, value, at = self._attribute(tag, at, begin)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, argument, self._length))
        return at + 1

    def _attribute(self, tag: str, at: int, begin: int) -> tuple[str, str, int]:
        start, at = at, _seek(_ATTRIBUTE_END, self._html, at)
        name = self._html[start:at]
        if not name:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        at = self._skip_space(at)
        if self._html[at] != "=":
            if self._html[at] == "\0":
                raise self._fail(f'Unclosed start tag "{tag}"', begin)
            return name, "", at
        at = self._skip_space(at + 1)
        if self._html[at] == "\0":
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        value, at = self._quoted(at) if self._html[at] in "'\"" else self._token(at)
        if self._html[at] == "\0":
            raise self._fail("Unclosed start tag", begin)
        return name, value, at

    def _token(self, at: int) -> tuple[str, int]:
        match = _TOKEN.match(self._html, at)
        value = match[0] if match else ""
        end = at + len(value)
        if self._html[end] not in _SPACE and self._html[end] != ">":
            raise self._fail("Unexpected end of name token", at)
        return value.lower(), end

    def _quoted(self, at: int) -> tuple[str, int]:
        quote, at = self._html[at], at + 1
        value: list[str] = []
        while self._html[at] not in (quote, "\0"):
            char, at = _reference(self._html, at)
            value.append(char)
        return "".join(value), at + (self._html[at] == quote)

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise self._fail("Unexpected end tag", begin)
        at = _seek(_NAME_END, self._html, begin + 2)
        name = self._html[begin + 2 : at].lower()
        at = self._skip_space(at)
        if self._html[at] != ">":
            raise self._fail("Unclosed end tag", begin)
        opened = self._open.pop()
        if name and name != opened.tag:
            expected = f', expected "</{opened.tag}>", found "</{name}>"'
            raise self._fail("Unmatched end tag", begin, expected)
        if self._length > opened.start:
            self._close(opened)
        return at + 1

    def _close(self, opened: _Open) -> None:
        start, end = opened.start, self._length
        last = self._spans[-1] if self._spans else None
        same = last is not None and (last.start, last.end) == (start, end)
        if opened.tag == "a":
            self._link(opened.argument or "".join(self._out)[start:], start, end)
        elif opened.tag == "tg-emoji":
            self._spans.append(Span("custom_emoji", start, end, _emoji(opened.argument)))
        elif opened.tag == "blockquote" and opened.argument:
            self._spans.append(Span("expandable_blockquote", start, end))
        elif opened.tag == "pre" and same and last and last.kind == "code" and last.extra:
            self._spans[-1] = Span("pre", start, end, last.extra)
        elif opened.tag == "code" and opened.argument:
            language = {"language": opened.argument}
            if same and last and last.kind == "pre":
                self._spans[-1] = Span("pre", start, end, language)
            else:
                self._spans.append(Span("code", start, end, language))
        else:
            self._spans.append(Span(_TAGS[opened.tag], start, end))

    def _link(self, url: str, start: int, end: int) -> None:
        """A link that is none is dropped without a word, as Telegram does."""
        user_id = user_of_link(url)
        if user_id:
            self._spans.append(Span("text_mention", start, end, {"user": {"id": user_id}}))
            return
        checked = checked_link(url)
        if checked:
            self._spans.append(Span("text_link", start, end, {"url": checked}))

    @staticmethod
    def _finished(span: Span) -> Span:
        return Span("code", span.start, span.end) if span.kind == "code" else span

    def _skip_space(self, at: int) -> int:
        while self._html[at] != "\0" and self._html[at] in _SPACE:
            at += 1
        return at

    def _fail(self, what: str, at: int, more: str = "") -> ApiError:
        offset = len(self._html[:at].encode("utf-8", "surrogatepass"))
        return _error(f"{what} at byte offset {offset}{more}")


def _error(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def _seek(what: "re.Pattern[str]", text: str, at: int) -> int:
    match = what.search(text, at)
    return match.start() if match else len(text) - 1


def _reference(html: str, at: int) -> tuple[str, int]:
    """The character a reference stands for (or the `&` itself) and where to go on."""
    match = _REFERENCE.match(html, at)
    if match is None:
        return html[at], at + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        char = _NAMED.get(name)
        return (char, match.end()) if char else ("&", at + 1)
    if len(match[0].rstrip(";")) >= 10:
        return "&", at + 1
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits or "0", 16 if hexadecimal is not None else 10)
    if code == 0 or code >= 0x10FFFF:
        return "&", at + 1
    return chr(code), match.end()


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value[9:]
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value[3:]
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _emoji(argument: str) -> dict[str, Any]:
    number = int(argument) if re.fullmatch(r"-?\d{1,20}", argument) else 0
    if number == 0 or number not in _INT64:
        raise _error("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": argument}
