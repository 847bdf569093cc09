"""What the scorer sees of each sentence, and of the text as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bot.reading.ranking import centrality, cues
from bot.reading.ranking.terms import Terms, terms
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    from bot.reading.ranking.passages import Passages

    Vector = NDArray[np.float64]
    Columns = dict[str, Vector]

_SPEAKER = re.compile(
    rf"\W*(?:[A-Z][\w .'\-]{{0,30}}|[{CJK}\w]{{1,12}}(?:\([^)]{{0,10}}\))?)\s?[:：]"
)
_QUOTES = re.compile('["“”「」『』]')
_COMMAS, _BRACKETS = re.compile("[,，、]"), re.compile(r"[(\[（]")
_MOST, _SAME = 3.0, 1e-9
_FREQUENT = 20
_LONG_WORDS, _LONG_PAIRS = 45, 80


class Features:
    """`sentences`: name -> (n,), mostly standard scores within the text; `kind`: name -> a number.

    `rows` are the (n, v) TF-ISF rows, for comparing sentences; `terms` the words themselves.
    """

    def __init__(self, passages: Passages) -> None:
        """Cost is linear in the length of the text."""
        self.passages = passages
        self.terms = found = terms(passages.sentences, passages.language, passages.title)
        rare = centrality.rarity(found.counts)
        self.rows = centrality.weighted(found.counts, rare)
        self.sentences: Columns = {
            **_central(found.counts, self.rows, rare),
            **_worded(found, self.rows, rare),
            **_placed(passages),
            **_said(passages, found),
        }
        _crossed(self.sentences)
        self.kind = _kind(passages, self.sentences, found)


def standard(values: Vector) -> Vector:
    """Standard scores, cut at three deviations; zeros where all are alike."""
    deviation = values.std()
    if deviation < _SAME:
        return np.zeros(len(values))
    standard: Vector = np.clip((values - values.mean()) / deviation, -_MOST, _MOST)
    return standard


def _central(counts: sparse.csr_array, rows: sparse.csr_array, rare: Vector) -> Columns:
    answers, asked = centrality.bm25(counts, rare)
    near, block = centrality.by_block(rows)
    k = near.shape[1]
    size = np.bincount(block, minlength=k)
    stretch = np.arange(k)[None, :]
    own = near[np.arange(len(block)), block]
    mean = near / size
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    once = counts.copy()
    once.data = np.ones(len(once.data))
    return {
        "centroid": standard(rows @ rows.sum(axis=0)),
        "lex_rank": standard(centrality.lex_rank(rows)),
        "bm25": standard(answers),
        "bm25_words": standard(asked),
        "earlier": standard(np.where(stretch < block[:, None], near, 0).sum(axis=1)),
        "later": standard(np.where(stretch > block[:, None], near, 0).sum(axis=1)),
        "nearby": standard((own - 1) / np.maximum(size[block] - 1, 1)),
        "opening": standard(mean[:, 0]),
        "throughout": standard(np.sqrt(np.maximum(mean, 0)).mean(axis=1)),
        "overlap": standard(np.sqrt(np.maximum(once @ (spread - 1.0), 0))),
    }


def _worded(found: Terms, rows: sparse.csr_array, rare: Vector) -> Columns:
    counts = found.counts
    size = counts.sum(axis=1)
    length = np.maximum(size, 1.0)
    total = counts.sum(axis=0)
    frequent = np.zeros(len(total))
    frequent[np.argsort(-total, kind="stable")[: max(5, min(40, len(total) // _FREQUENT))]] = 1.0
    before = np.concatenate([[0.0], rows[1:].multiply(rows[:-1]).sum(axis=1)])
    return {
        "title": standard(_title(rows, found.title * rare)),
        "lead": standard(_lead(rows)),
        "like_previous": standard(before),
        "frequent": standard((counts @ frequent) / length),
        "frequent_sum": standard(counts @ frequent),
        "repeated": standard((counts @ (total > 1).astype(float)) / length),
        "tf_isf": standard((counts @ (rare * np.log1p(total))) / length),
        "rarity": standard((counts @ rare) / length),
        "introduces": standard(_introduces(counts, total) / length),
        "stop_words": standard(1 - size / np.maximum(found.words, 1)),
    }


def _title(rows: sparse.csr_array, title: Vector) -> Vector:
    found: Vector = rows @ (title / (np.linalg.norm(title) or 1.0))
    return found


def _lead(rows: sparse.csr_array) -> Vector:
    """Likeness to the first three sentences, which are themselves as like as the likest other."""
    lead = rows[:3].sum(axis=0)
    found: Vector = rows @ (lead / (np.linalg.norm(lead) or 1.0))
    found[:3] = found[3:].max(initial=0.0) if len(found) > 3 else 1.0
    return found


def _introduces(counts: sparse.csr_array, total: Vector) -> Vector:
    """How many of its words appear here first and again later."""
    n = counts.shape[0]
    row = np.repeat(np.arange(n), np.diff(counts.indptr))
    first = np.full(counts.shape[1], n)
    np.minimum.at(first, counts.indices, row)
    here = (first[counts.indices] == row) & (total[counts.indices] > 1)
    return np.bincount(row, weights=here.astype(float), minlength=n).astype(float)


def _placed(passages: Passages) -> Columns:
    n = len(passages)
    at = np.arange(n)
    paragraph = np.asarray(passages.paragraphs)
    opens = np.concatenate([[True], paragraph[1:] != paragraph[:-1]])
    start = np.maximum.accumulate(np.where(opens, at, 0))
    number = np.cumsum(opens) - 1
    return {
        "first": (at == 0).astype(float),
        "inverse": 1 / (at + 1.0),
        "early": np.exp(-at / 3),
        "early_wide": np.exp(-at / 10),
        "end": np.maximum(0.0, (at / n - 0.85) / 0.15),
        "opens_paragraph": opens.astype(float),
        "in_paragraph": 1 / (1.0 + at - start),
        "alone": (np.bincount(number)[number] == 1).astype(float),
    }


def _said(passages: Passages, found: Terms) -> Columns:
    words = np.maximum(found.words, 1.0)
    shares = {name: count / words for name, count in found.kinds.items()}
    most = _LONG_PAIRS if passages.language == "zh" else _LONG_WORDS
    return {
        "length": standard(np.log1p(found.words)),
        "long": (found.words > most).astype(float),
        "names": standard(shares["names"]),
        "has_number": (found.kinds["numbers"] > 0).astype(float),
        "first_person": standard(shares["first_person"]),
        "has_first_person": (found.kinds["first_person"] > 0).astype(float),
        "second_person": standard(shares["second_person"]),
        "pronouns": standard(shares["pronouns"]),
        "main": (found.kinds["main"] > 0).astype(float),
        "commas": standard(_count(passages, _COMMAS) / words),
        "brackets": standard(_count(passages, _BRACKETS)),
        "points_back": _each(passages, lambda text: cues.POINTS_BACK.match(text) is not None),
        "speaker": _each(passages, lambda text: _SPEAKER.match(text) is not None),
    }


def _crossed(columns: Columns) -> None:
    """Pairs that say more together, and what the neighbours are worth."""
    central = columns["lex_rank"]
    at = np.arange(len(central))
    columns["long_and_central"] = columns["length"] * columns["centroid"]
    columns["late_and_central"] = np.log1p(at) / np.log(len(at) + 1) * central
    columns["after_central"] = np.concatenate([[0.0], central[:-1]])
    columns["before_central"] = np.concatenate([central[1:], [0.0]])


def _kind(passages: Passages, columns: Columns, found: Terms) -> dict[str, float]:
    """What tells the kinds of text apart: news, papers, talk, judgments."""
    wide = passages.language == "zh"
    asks = _each(passages, lambda text: text.rstrip('"”’ )').endswith(("?", "？")))
    return {
        "chinese": float(wide),
        "sentence_length": float(np.log1p(found.words.mean())) - (0.6 if wide else 0.0),
        "numbers": float(columns["has_number"].mean()),
        "first_person": float(columns["has_first_person"].mean()),
        "second_person": float((found.kinds["second_person"] > 0).mean()),
        "asides": float((found.kinds["aside"] > 0).mean()),
        "questions": float(asks.mean()),
        "quotes": float((_count(passages, _QUOTES) > 0).mean()),
        "brackets": float((_count(passages, _BRACKETS) > 0).mean()),
    }


def _count(passages: Passages, sign: re.Pattern[str]) -> Vector:
    return np.array([len(sign.findall(text)) for text in passages.sentences], dtype=float)


def _each(passages: Passages, told: Callable[[str], bool]) -> Vector:
    return np.array([told(text) for text in passages.sentences], dtype=float)
