"""Texts that Telegram cut in pieces, in one again: no break where there was none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.words.count import MESSAGE_UNITS, units
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

# Apps cut a text at Telegram's limit, or at a break a little before.
CUT_UNITS = 3_800
_WORD = re.compile(rf"[^\W_{CJK}]+")
_LAST, _FIRST = re.compile(rf"[^\W_{CJK}]+\Z"), re.compile(rf"[^\W_{CJK}]+")
_ENDED = re.compile(r"[.!?。！？…:：][\"'”’)）」』]*\Z")


def join(pieces: Sequence[str]) -> str:
    """Pieces in the order they were sent: full ones go on in the next, others stand apart."""
    known = {word for piece in pieces for word in _WORD.findall(piece)[1:-1]}
    text = ""
    for before, piece in zip(("", *pieces), pieces, strict=False):
        text += (_joint(before, piece, known) if text else "") + piece
    return text


def is_full(piece: str) -> bool:
    """Whether it is as long as a piece that goes on in the next."""
    return units(piece) >= CUT_UNITS


def _joint(before: str, after: str, known: set[str]) -> str:
    """What stood between; Telegram takes blanks away from both ends of a message."""
    length = units(before)
    if length < CUT_UNITS:
        return "\n\n"
    last, first = _LAST.search(before), _FIRST.match(after)
    if last and first:
        return _within(last[0], first[0], known, full=length >= MESSAGE_UNITS)
    if length >= MESSAGE_UNITS:
        return ""
    return "\n" if _ENDED.search(before) else " " if first else ""


def _within(last: str, first: str, known: set[str], *, full: bool) -> str:
    """A word that was cut in two is one again, if the text has it or lacks one of its halves."""
    if last + first in known:
        return ""
    return " " if not full or {last, first} <= known else ""
