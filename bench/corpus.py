"""Documents with reference summaries: a folder of JSON Lines, one file a set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import Pool
from statistics import mean
from typing import TYPE_CHECKING

from bench.rouge import Reference, tokenize
from bot.models.documents import Document
from bot.models.reading import Sentence
from bot.models.summaries import Length
from bot.reading.drafts import draft_of, passages_of
from bot.reading.select import select
from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.reading.ranking.passages import Passages

    Corpus = Mapping[str, Sequence["Example"]]

# Smaller sets are anecdotes: shown, never decided by.
DECIDES = 30


@dataclass(frozen=True)
class Example:
    """A document as our reading room hands it to a ranker, and the summary somebody wrote."""

    passages: Passages
    summary: str

    @cached_property
    def reference(self) -> Reference:
        return Reference(self.summary)

    @cached_property
    def tokens(self) -> list[list[str]]:
        """Of each sentence."""
        return [tokenize(sentence) for sentence in self.passages.sentences]

    def chosen(self, scores: Sequence[float], budget: int) -> list[int]:
        """The indexes of the sentences that make a summary of so many words."""
        order = sorted(range(len(scores)), key=lambda index: -scores[index])
        texts = self.passages.sentences
        ranked = [Sentence(texts[at], at, at + 1, None, None, scores[at]) for at in order]
        return [sentence.start for sentence in select(ranked, Length(budget, "words"))]

    def rouge(self, scores: Sequence[float], budget: int) -> float:
        """The mean F1 of the summary that these scores choose."""
        tokens = [token for at in self.chosen(scores, budget) for token in self.tokens[at]]
        return self.reference.score(tokens)


def load(folder: Path) -> dict[str, list[Example]]:
    """All sets of a folder by name."""
    with Pool() as pool:
        return {
            file.stem: pool.map(_example, file.read_text("utf-8").splitlines(), chunksize=4)
            for file in sorted(folder.glob("*.jsonl"))
        }


def budget(examples: Sequence[Example]) -> int:
    """The mean length of a set's references, in words."""
    return round(mean(count_words(example.summary) for example in examples))


def _example(line: str) -> Example:
    found = json.loads(line)
    draft = draft_of(Document(found["text"]))
    passages = passages_of(draft.fittest(), draft.language, draft.title)
    return Example(passages, found["summary"])
