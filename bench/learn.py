"""`python -m bench.learn FOLDER`: learns the ranker's weights and writes their file.

Ridge regression of what a sentence shares with the reference, per word, on its features, on
their products with the kind of text, and on the words it has; every set counts alike.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench import wording
from bench.corpus import load
from bench.sums import Sums
from bot.reading.ranking.features import Features, standard
from bot.reading.ranking.scorer import WEIGHTS, Weights, lean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bench.corpus import Corpus, Example
    from bot.reading.ranking.terms import Terms

    Vector = NDArray[np.float64]
    Matrix = NDArray[np.float64]

FILE = Path(__file__).parents[1] / "src" / "bot" / "reading" / "ranking" / WEIGHTS
# The features whose weight leans with the kind of text.
LEANING = (
    "lead", "length", "lex_rank", "nearby", "end", "first", "inverse", "has_number",
    "first_person",
)  # fmt: skip
REPETITION = 0.9
# Set by hand for those who read: half as many sentences that hang in the air, at no loss of ROUGE.
BY_HAND = {"points_back": -0.2}
RIDGE, RIDGE_LEANING = 0.03, 0.15
# For each set that a word is common in: what holds for one kind of text is left to it, what would
# change all of them has to show it.
RIDGE_WORD = 0.02
WORDS_KEPT = 300
# Words added to a sentence's length, so that a few shared ones make no short sentence precious.
SHRINK = 4
FULL_SET = 50


@dataclass(frozen=True)
class Lesson:
    """A document's features (n, f), kinds and words, and what its sentences are worth (n,)."""

    columns: Matrix
    kinds: Mapping[str, float]
    terms: Terms
    worth: Vector


def lesson(example: Example) -> Lesson:
    """What one document teaches."""
    features = Features(example.passages)
    worth = [
        sum(example.reference.matches(tokens)) / (len(tokens) + SHRINK) for tokens in example.tokens
    ]
    learned = [column for name, column in features.sentences.items() if name not in BY_HAND]
    columns = np.stack(learned, axis=1)
    return Lesson(columns, features.kind, features.terms, standard(np.array(worth)))


def learn(lessons: Mapping[str, Sequence[Lesson]], names: Sequence[str]) -> Weights:
    """The weights that explain best what sentences are worth; `names` of the features.

    A document of one sentence teaches nothing.
    """
    lessons = {
        name: [each for each in many if len(each.worth) > 1] for name, many in lessons.items()
    }
    kinds = _spread(lessons)
    leaning = [names.index(name) for name in LEANING]
    size = len(names) + len(LEANING) * len(kinds)
    words = wording.common({name: [each.terms for each in many] for name, many in lessons.items()})
    sums = Sums(size, list(words))
    for many in lessons.values():
        share = min(1.0, len(many) / FULL_SET) / len(many)
        for each in many:
            sums.add(_rows(each, leaning, kinds), each.terms, each.worth, share)
    ridge = np.full(size + len(words), RIDGE_LEANING)
    ridge[: len(names)] = RIDGE
    ridge[size:] = RIDGE_WORD * np.array(list(words.values()))
    found = sums.solve(ridge, WORDS_KEPT)
    by_kind = found[len(names) : size].reshape(len(kinds), -1)
    return Weights(
        sentences=dict(zip(names, map(float, found), strict=False)) | BY_HAND,
        kinds=kinds,
        leaning={
            kind: dict(zip(LEANING, map(float, weights), strict=True))
            for kind, weights in zip(kinds, by_kind, strict=True)
        },
        words={
            word: float(weight) for word, weight in zip(words, found[size:], strict=True) if weight
        },
        repetition=REPETITION,
    )


def _spread(lessons: Mapping[str, Sequence[Lesson]]) -> dict[str, tuple[float, float]]:
    """Mean and deviation of each kind, every set counting alike."""
    first = next(iter(lessons.values()))[0]
    found = {}
    for kind in first.kinds:
        values = [np.array([each.kinds[kind] for each in many]) for many in lessons.values()]
        means = [value.mean() for value in values]
        variance = np.var(means) + np.mean([value.var() for value in values])
        found[kind] = (float(np.mean(means)), float(np.sqrt(variance)) + 1e-9)
    return found


def _rows(each: Lesson, leaning: Sequence[int], kinds: Mapping[str, tuple[float, float]]) -> Matrix:
    some = each.columns[:, leaning]
    leans = [some * lean(each.kinds[kind], *spread) for kind, spread in kinds.items()]
    rows = np.hstack([each.columns, *leans])
    centred: Matrix = rows - rows.mean(axis=0)
    return centred


def lessons(corpus: Corpus) -> dict[str, list[Lesson]]:
    """What each document of each set teaches."""
    return {name: [lesson(each) for each in examples] for name, examples in corpus.items()}


def names(corpus: Corpus) -> list[str]:
    """Of the features that are learned, in their order."""
    features = Features(next(iter(corpus.values()))[0].passages)
    return [name for name in features.sentences if name not in BY_HAND]


def write(weights: Weights, file: Path) -> None:
    """As a file that people can read."""
    lines = [
        "# Learned by `python -m bench.learn`: what each feature weighs, and what it weighs more",
        "# for each deviation of a text's kind from the mean; then what having a word weighs.",
        f"repetition = {weights.repetition}",
        "",
        "[sentences]",
        *(f"{name} = {weight:.4f}" for name, weight in weights.sentences.items()),
    ]
    for kind, (mean, deviation) in weights.kinds.items():
        lines += ["", f"[kinds.{kind}]", f"mean = {mean:.4f}", f"deviation = {deviation:.4f}"]
        lines += [
            f"leaning.{name} = {weight:.4f}" for name, weight in weights.leaning[kind].items()
        ]
    lines += ["", "[words]"]
    lines += [
        f"{json.dumps(word, ensure_ascii=False)} = {weight:.3f}"
        for word, weight in sorted(weights.words.items(), key=lambda pair: -pair[1])
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    corpus = load(Path(sys.argv[1]))
    write(learn(lessons(corpus), names(corpus)), FILE)
