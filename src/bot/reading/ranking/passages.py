"""What a ranker is given: sentences in order, and what is known of the text around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Passages:
    """`sentences[i]` stands in paragraph `paragraphs[i]`, a number that grows through the text."""

    sentences: Sequence[str]
    paragraphs: Sequence[int]
    language: str
    title: str = ""

    def __len__(self) -> int:
        return len(self.sentences)

    @classmethod
    def of(cls, sentences: Sequence[str], language: str, title: str = "") -> Passages:
        """Sentences of which no paragraphs are known."""
        return cls(sentences, [0] * len(sentences), language, title)

    def only(self, indexes: Sequence[int]) -> Passages:
        """Some of the sentences."""
        return Passages(
            [self.sentences[index] for index in indexes],
            [self.paragraphs[index] for index in indexes],
            self.language,
            self.title,
        )
