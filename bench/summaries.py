"""`python -m bench.summaries FOLDER`: the quality of summaries, all systems side by side.

The mean of ROUGE-1, -2 and -L F1 for lead, sumy's methods, ours, ours with weights learned
without the document or the whole set in question, and the greedy oracle, all on our sentences and
at one budget a set. What ours are worth is told by documents they have not seen.
"""

from __future__ import annotations

import sys
import warnings
from multiprocessing import Pool
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from bench import learn
from bench.corpus import DECIDES, budget, load
from bot.reading.rank import DEFAULT, METHODS, rank
from bot.reading.ranking.diverse import marginal
from bot.reading.ranking.features import Features
from bot.reading.ranking.scorer import score
from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.corpus import Example
    from bench.learn import Lesson
    from bot.reading.ranking.scorer import Weights

    Table = Mapping[str, Mapping[str, float]]

OURS, LEAD, PEER, ORACLE = DEFAULT, "lead", "lex-rank", "oracle"
FOLD, APART = "doc unseen", "set unseen"
FOLDS = 5
SUMY = [name for name in METHODS if name not in (OURS, LEAD)]
CHECK_EVERY = 25


def systems(job: tuple[Example, Mapping[str, Weights], int]) -> dict[str, float]:
    """What each system gets for one document; the job names weights that have not seen it."""
    example, unseen, words = job
    found = {name: example.rouge(rank(example.passages, name), words) for name in METHODS}
    features = Features(example.passages)
    for name, weights in unseen.items():
        scores = marginal(score(features, weights), features.rows, weights.repetition)
        found[name] = example.rouge(list(scores), words)
    found[ORACLE] = oracle(example, words)
    return found


def oracle(example: Example, words: int) -> float:
    """What greedy choice reaches that has read the reference."""
    sizes = [count_words(sentence) for sentence in example.passages.sentences]
    chosen: list[int] = []
    best, total = 0.0, 0
    while True:
        room = [
            at
            for at, size in enumerate(sizes)
            if at not in chosen and (not chosen or total + size - words < words - total)
        ]
        tried = [(_joined(example, sorted([*chosen, at])), at) for at in room]
        value, at = max(tried, default=(0.0, -1))
        if value <= best:
            return best
        best, total = value, total + sizes[at]
        chosen.append(at)


def _joined(example: Example, chosen: Sequence[int]) -> float:
    return example.reference.score([token for at in chosen for token in example.tokens[at]])


def check(examples: Sequence[Example]) -> None:
    """Our ROUGE against the package's."""
    for example in examples[::CHECK_EVERY]:
        example.reference.check(" ".join(example.passages.sentences[:3]))


def table(found: Table) -> None:
    """One row a set; percentages of gain are means over the sets that decide."""
    columns = [LEAD, *SUMY, OURS, FOLD, APART, ORACLE]
    print(f"{'set':12}" + "".join(f"{name:>11}" for name in columns))
    for name, row in found.items():
        print(f"{name:12}" + "".join(f"{100 * row[column]:11.2f}" for column in columns))


def gains(found: Table, sizes: Mapping[str, int]) -> None:
    """Ours over the best sumy method of each set; over LexRank and lead without the document."""
    deciding = {name: row for name, row in found.items() if sizes[name] >= DECIDES}
    best = {name: max(row[method] for method in SUMY) for name, row in deciding.items()}
    print(f"\n{'gain':12}{OURS:>11}{FOLD:>11}{APART:>11}{PEER:>11}{LEAD:>11}")
    rows = [
        (
            name, row[OURS] / best[name], row[FOLD] / best[name], row[APART] / best[name],
            row[FOLD] / row[PEER], row[FOLD] / row[LEAD],
        )
        for name, row in deciding.items()
    ]  # fmt: skip
    for name, *ratios in rows:
        print(f"{name:12}" + "".join(f"{100 * ratio - 100:+10.1f}%" for ratio in ratios))
    means = [mean(column) for column in zip(*[row[1:] for row in rows], strict=True)]
    print(f"{'mean':12}" + "".join(f"{100 * ratio - 100:+10.1f}%" for ratio in means))


def main(folder: Path) -> None:
    warnings.simplefilter("ignore")
    corpus = load(folder)
    taught, names = learn.lessons(corpus), learn.names(corpus)
    folds = [learn.learn(_without(taught, fold), names) for fold in range(FOLDS)]
    found = {}
    with Pool() as pool:
        for name, examples in corpus.items():
            check(examples)
            others = {other: many for other, many in taught.items() if other != name}
            apart, words = learn.learn(others, names), budget(examples)
            jobs = [
                (each, {FOLD: folds[at % FOLDS], APART: apart}, words)
                for at, each in enumerate(examples)
            ]
            rows = pool.map(systems, jobs, chunksize=2)
            found[name] = {system: mean(row[system] for row in rows) for system in rows[0]}
            print(f"{name}: {len(examples)} documents, {words} words", flush=True)
    table(found)
    gains(found, {name: len(examples) for name, examples in corpus.items()})


def _without(taught: Mapping[str, Sequence[Lesson]], fold: int) -> dict[str, list[Lesson]]:
    """All but each fifth document."""
    return {
        name: [each for at, each in enumerate(many) if at % FOLDS != fold]
        for name, many in taught.items()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
