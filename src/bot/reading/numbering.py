"""How headings are numbered: `1.` `1.2` `(1)` `I.` `一、` `（一）` `第一章` `Article 5` `#`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.words.script import CJK

_CHINESE = "[一二三四五六七八九十百零〇两]"
_NUMBER = rf"(?:{_CHINESE}{{1,4}}|[0-9]{{1,3}})"
_OPENS = rf"(?=[\"'“‘《「『(（*]?(?:[{CJK}]|[^\W\d_a-zß-ÿ]))"

# From the highest to the lowest; what a document lacks is skipped.
_PATTERNS = {
    "markdown1": r"#\s+(?=\S)",
    "markdown2": r"##\s+(?=\S)",
    "markdown3": r"###\s+(?=\S)",
    "markdown4": r"####\s+(?=\S)",
    "markdown5": r"#{5,6}\s+(?=\S)",
    "chapter": rf"第{_NUMBER}(?:[章编篇]|部分)[\s:：、.]*|(?:Chapter|Part|CHAPTER|PART)\s+"
    r"(?:[0-9]{1,3}|[IVXLC]{1,7}|One|Two|Three|Four|Five)\b[.:]?\s*",
    "section": rf"第{_NUMBER}节[\s:：、.]*|(?:Section|Appendix|SECTION|APPENDIX)\s+"
    r"(?:[0-9]{1,3}|[A-Z])\b[.:]?\s+",
    "article": rf"第{_NUMBER}条[\s:：、.]*|(?:Article|ARTICLE)\s+[0-9IVX]{{1,4}}\b[.:]?\s*",
    "roman": rf"[IVX]{{1,6}}[.、]\s+{_OPENS}",
    "chinese": rf"{_CHINESE}{{1,3}}[、.．]\s*(?=\S)",
    "chinese-bracket": rf"[(（]\s*{_CHINESE}{{1,3}}\s*[)）]\s*(?=\S)",
    "digit": rf"[0-9]{{1,2}}[.．、]\s*{_OPENS}",
    "digit2": rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}[.．、]?\s*{_OPENS}",
    "digit3": rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}[.．][0-9]{{1,2}}[.．、]?\s*{_OPENS}",
    "digit-bracket": rf"[(（]\s*[0-9]{{1,2}}\s*[)）]\s*{_OPENS}",
    "digit-half-bracket": rf"[0-9]{{1,2}}[)）]\s*{_OPENS}",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_RANKS = {kind: rank for rank, kind in enumerate(_PATTERNS)}
_STARTS = re.compile(r"[#第CPSAIVX(（0-9一二三四五六七八九十百零〇两]")
_BARE = re.compile(r"[^#\s.．、:：()（）]+(?:[.．][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Number:
    """The number a line opens with: its kind, and how many characters it takes."""

    kind: str
    length: int

    @property
    def rank(self) -> int:
        """The smaller the higher in the outline."""
        return _RANKS[self.kind]


def number_of(line: str) -> Number | None:
    """The heading number at the beginning of a line; the longest kind that fits."""
    if not _STARTS.match(line):
        return None
    matches = ((kind, pattern.match(line)) for kind, pattern in _COMPILED.items())
    found = [Number(kind, match.end()) for kind, match in matches if match]
    return max(found, key=lambda number: number.length, default=None)


def bare(number: str) -> str:
    """A number without its punctuation, as a reference shows it: `1.` is `1`, `（一）` is `一`."""
    match = _BARE.search(number)
    return match[0].strip() if match else ""
