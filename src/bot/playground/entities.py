"""From what a bot sends to what Telegram shows: text, trimmed and cleaned, with entities whose
offsets count UTF-16 units. The rules follow TDLib's MessageEntity.cpp."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.playground import detection
from bot.playground.errors import bad_request

MOST_ENTITIES = 100
CONTINUOUS = frozenset(
    {"text_link", "text_mention", "code", "pre", "custom_emoji"} | detection.KINDS
)
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_OPAQUE = frozenset({"code", "pre"})
_HIDDEN_DATA = frozenset({"text_link", "text_mention", "custom_emoji"})
_ORDER = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention"]
_BLANK = " \n"
_TO_CLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a\ud800-\udfff]")
_LOOKS_EMPTY = re.compile("[\\s\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f"
                          "\u2800\u3164\ufeff\uffa0]*\\Z")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """An entity over code points [start, end) of a text."""

    kind: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)

    def inside(self, other: "Span") -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def tidy(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """The text as Telegram keeps it; raises when nothing visible is left."""
    text, spans = _clean(text, spans)
    spans = _shrunk(text, _fix(spans))
    text, spans = _trim(text, spans)
    if _LOOKS_EMPTY.match(text):
        raise bad_request("text must be non-empty")
    return text, _with_detected(text, _first_hundred(spans))


def to_entities(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """Bot API MessageEntity objects."""
    place = _utf16_places(text)
    return [
        {
            "offset": place[span.start],
            "length": place[span.end] - place[span.start],
            "type": span.kind,
            **span.extra,
        }
        for span in spans
    ]


def from_entities(text: str, entities: list[dict[str, Any]]) -> list[Span]:
    """The spans of MessageEntity objects; an offset inside a surrogate pair is refused."""
    places = _utf16_places(text)
    at = {unit: index for index, unit in enumerate(places)}
    end = places[len(text)]
    spans = []
    for entity in entities:
        start, length = entity["offset"], entity["length"]
        stop = start + length
        if start >= end and length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if stop > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {stop}"
            )
        if start not in at:
            raise bad_request(_middle_of_symbol(text, places, start))
        if stop not in at:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
                f"at byte offset {_byte_offset(text, places, stop)}"
            )
        extra = {k: v for k, v in entity.items() if k not in {"type", "offset", "length"}}
        spans.append(Span(entity["type"], at[start], at[stop], extra))
    return spans


def _middle_of_symbol(text: str, places: Sequence[int], unit: int) -> str:
    place = _byte_offset(text, places, unit)
    return f"entity begins in a middle of a UTF-16 symbol at byte offset {place}"


def _byte_offset(text: str, places: Sequence[int], unit: int) -> int:
    index = next(i for i, place in enumerate(places) if place > unit)
    return len(text[:index].encode())


def _utf16_places(text: str) -> Sequence[int]:
    if text.isascii() or max(text, default="") <= "\uffff":
        return range(len(text) + 1)
    places, unit = [0], 0
    for char in text:
        unit += 2 if char > "\uffff" else 1
        places.append(unit)
    return places


def _clean(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Control characters become blanks, carriage returns and bidi overrides go."""
    if not _TO_CLEAN.search(text):
        return text, spans
    kept: list[str] = []
    moved = [0]
    for char in text:
        if "\ud800" <= char <= "\udfff":
            raise bad_request("strings must be encoded in UTF-8")
        if char == "\n" or not _TO_CLEAN.match(char):
            kept.append(char)
        elif char < " " and char != "\r":
            kept.append(" ")
        moved.append(len(kept))
    return "".join(kept), [replace(s, start=moved[s.start], end=moved[s.end]) for s in spans]


def _fix(spans: list[Span]) -> list[Span]:
    """Sorted and properly nested: links, code and quotes never cross each other, a quote holds
    no quote, code holds nothing. (TDLib also cuts styles at the borders of links; nobody can
    see that, so styles stay whole here.)"""
    spans = sorted((s for s in spans if s.end > s.start), key=_rank)
    continuous = _apart([s for s in spans if s.kind in CONTINUOUS])
    quotes = _apart([s for s in spans if s.kind in QUOTES])
    continuous = [
        s for s in continuous if not any(s.overlaps(q) and not s.inside(q) for q in quotes)
    ]
    opaque = [s for s in continuous if s.kind in _OPAQUE]
    styles = [
        piece
        for kind in sorted(STYLES)
        for span in _merged([s for s in spans if s.kind == kind])
        for piece in _outside(span, opaque)
    ]
    return sorted(continuous + quotes + styles, key=_rank)


def _rank(span: Span) -> tuple[int, int, int, str]:
    kind = _ORDER.index(span.kind) if span.kind in _ORDER else len(_ORDER)
    return span.start, -span.end, kind, span.kind


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _outside(span: Span, holes: list[Span]) -> list[Span]:
    pieces, start = [], span.start
    for hole in holes:
        if hole.overlaps(span):
            pieces.append(replace(span, start=start, end=hole.start))
            start = hole.end
    pieces.append(replace(span, start=start) if pieces else span)
    return [piece for piece in pieces if piece.end > piece.start]


def _shrunk(text: str, spans: list[Span]) -> list[Span]:
    """An entity never begins with a blank, and never is blank altogether; links and their like
    keep their blanks, and so do the entities around them."""
    hidden = [span for span in spans if span.kind in _HIDDEN_DATA]
    kept = []
    for span in spans:
        end = min((link.start for link in hidden if link.inside(span)), default=span.end)
        start = span.start
        while start < end and text[start] in _BLANK:
            start += 1
        if start < span.end:
            kept.append(span if start == span.start else replace(span, start=start))
    return kept


def _trim(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    text = text.rstrip(_BLANK)
    end = len(text)
    spans = [s if s.end <= end else replace(s, end=end) for s in spans if s.start < end]
    lead = len(text) - len(text.lstrip(_BLANK))
    if spans:
        lead = min(lead, *(s.start for s in spans))
    if not lead:
        return text, sorted(spans, key=_rank)
    moved = [replace(s, start=s.start - lead, end=s.end - lead) for s in spans]
    return text[lead:], sorted(moved, key=_rank)


def _first_hundred(spans: list[Span]) -> list[Span]:
    """Telegram silently forgets what is over its limit, styles first."""
    if len(spans) <= MOST_ENTITIES:
        return spans
    whole = [s for s in spans if s.kind not in STYLES]
    styles = [s for s in spans if s.kind in STYLES]
    return sorted((whole + styles)[:MOST_ENTITIES], key=_rank)


def _with_detected(text: str, spans: list[Span]) -> list[Span]:
    found = [Span(kind, start, end) for kind, start, end in detection.find(text)]
    if not found:
        return spans
    fixed = [s for s in spans if s.kind in CONTINUOUS]
    quotes = [s for s in spans if s.kind in QUOTES]
    new = [
        s
        for s in found
        if not any(s.overlaps(other) for other in fixed)
        and not any(s.overlaps(q) and not s.inside(q) for q in quotes)
    ]
    return sorted(spans + new, key=_rank) if new else spans
