"""A text read once: its outline, its figures and its sentences, the best first."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.models.documents import Document
from bot.models.reading import Figure, Part, Reading, Section, Sentence
from bot.reading.drafts import FULL, POOR, Candidate, Draft, draft_of, nothing_to_quote, passages_of
from bot.reading.figures import figures
from bot.reading.parts import parts
from bot.reading.rank import DEFAULT, rank
from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Scored = tuple[Candidate, float]

MOST_RANKED = 40
MOST_FIGURES = 200


def read(
    text: str, *, title: str | None = None, language: str | None = None, method: str = DEFAULT
) -> Reading:
    """Read a text; see `read_document`."""
    return read_document(Document(text, title, language), method=method)


def read_document(document: Document, *, method: str = DEFAULT, most: int = MOST_RANKED) -> Reading:
    """Read a document; offsets count code points of its text as given.

    A title that is not given is looked for in the text; the language likewise. At most `most`
    sentences are ranked. Raises a UserError where there is nothing to quote, in words for the
    person who sent the text.
    """
    draft = draft_of(document)
    scored = _scored(draft, method)
    ranked = _ranked(draft, scored, most)
    if not ranked:
        raise nothing_to_quote(document.text, draft)
    sections = tuple(heading.section for heading in draft.found.values())
    return Reading(
        language=draft.language,
        title=draft.title,
        words=count_words(document.text),
        sections=sections,
        ranked=tuple(_paged(sentence, document.pages) for sentence in ranked),
        figures=tuple(islice(_figures(draft.candidates), MOST_FIGURES)),
        parts=tuple(_parts(sections, scored, document.pages)),
    )


def _paged(sentence: Sentence, pages: Sequence[int]) -> Sentence:
    """With its page, where there are pages; the first is 1."""
    return replace(sentence, page=bisect_right(pages, sentence.start)) if pages else sentence


def _scored(draft: Draft, method: str) -> list[Scored]:
    """The fittest sentences, best first."""
    fittest = draft.fittest()
    scores = rank(passages_of(fittest, draft.language, draft.title), method)
    return sorted(zip(fittest, scores, strict=True), key=lambda pair: -pair[1])


def _parts(
    sections: Sequence[Section], scored: Sequence[Scored], pages: Sequence[int]
) -> Iterator[Part]:
    for section, best in parts(sections, (candidate.start for candidate, _ in scored)):
        quoted = (scored[index][0].quoted(scored[index][1]) for index in best)
        yield Part(section, tuple(_paged(sentence, pages) for sentence in quoted))


def _ranked(draft: Draft, scored: Sequence[Scored], most: int) -> list[Sentence]:
    """The fittest sentences by rank; where those are full ones, the poor ones follow."""
    best = [candidate.quoted(score) for candidate, score in scored[:most]]
    if scored and scored[0][0].fitness == FULL:
        best += _in_order(draft.candidates, POOR, most - len(best))
    return best


def _in_order(candidates: Sequence[Candidate], fitness: int, most: int) -> list[Sentence]:
    found = (each for each in candidates if each.fitness == fitness)
    return [each.quoted(0.0) for each in islice(found, most)]


def _figures(candidates: Sequence[Candidate]) -> Iterator[Figure]:
    for candidate in candidates:
        for start, end in figures(candidate.text):
            place = candidate.start + start
            yield Figure(candidate.text[start:end], place, candidate.start + end)
