"""Months as newspapers of other languages write them in dates that should be English."""

from __future__ import annotations

import re

_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# How a month begins where it begins otherwise than in English: German, French, Spanish,
# Portuguese, Italian, Dutch, Swedish, Polish, Turkish, Indonesian, Hungarian, Russian, Ukrainian,
# Greek.
_BEGINNINGS = """
jän ene gen sty oca янв січ ιαν
fév fev lut şub фев лют φεβ
mär mrz mrt már мар бер μάρ μαρ
avr abr kwi nis ápr апр кві απρ
mai mei maj mag máj май мая тра μάι μαΐ μαϊ
juin giu cze haz jún июн чер ιούν
juil lug lip tem júl июл лип ιούλ
aoû aou ago sie ağu agu авг сер αύγ αυγ
set wrz eyl sze сен вер σεπ
okt out ott paź eki окт жов οκτ
noi lis kas ноя лис νοέ νοε
déc dez dic des gru ara дек гру δεκ
"""
_BY_BEGINNING = {
    beginning: _ENGLISH[place]
    for place, line in enumerate(_BEGINNINGS.strip().splitlines())
    for beginning in line.split()
}
_BEFORE = re.compile(r"^\D+")
_WORD = re.compile(r"[^\W\d_]{2,}\.?")


def in_english(text: str) -> str:
    """The date with the name of its month in English; that of its day is left out."""
    if text.isascii() and not any(
        each[:3].lower() in _BY_BEGINNING for each in _WORD.findall(text)
    ):
        return text
    # What stands before the day is that of the week, unless it is the month.
    rest = _BEFORE.sub("", text)
    return _WORD.sub(_month, rest if _WORD.search(rest) else text)


def _month(word: re.Match[str]) -> str:
    name = word[0].lower()
    english = name[:3].capitalize()
    found = _BY_BEGINNING.get(name[:4]) or _BY_BEGINNING.get(name[:3])
    if found or english in _ENGLISH:
        return found or english
    # Capitals are a zone.
    return word[0] if word[0].isupper() else " "
