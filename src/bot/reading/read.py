"""A text read once: its outline, its figures and its sentences, the best first."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.config import MAX_TEXT_CHARS, MAX_TEXT_LINES, MAX_TEXT_SENTENCES
from bot.errors import UserError
from bot.models.documents import Document
from bot.models.reading import Figure, Reading, Sentence
from bot.reading.clean import has_mask, has_omission
from bot.reading.figures import figures
from bot.reading.lines import Line, ends_sentence, has_wide, lines
from bot.reading.numbering import number_of
from bot.reading.outline import Heading, headings
from bot.reading.page import opening
from bot.reading.paragraphs import Paragraph, paragraphs
from bot.reading.rank import DEFAULT, rank
from bot.reading.ranking.passages import Passages
from bot.words.count import count_words
from bot.words.language import detect, known_language
from bot.words.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_RANKED = 40
MOST_FIGURES = 200
_LONGEST_WORDS, _LONGEST_CHARACTERS = 250, 1_500
_SHORTEST_WORDS, _SHORTEST_WIDE = 6, 10
_RUN_IN_WORDS = 25

# How fit a sentence is to be quoted.
_NEVER, _FRAGMENT, _POOR, _FULL = range(4)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    start: int
    section: str | None
    paragraph: int
    fitness: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text before its sentences are ranked."""

    language: str
    title: str | None
    found: dict[int, Heading]
    candidates: Sequence[_Candidate]


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
    draft = _drafted(document)
    ranked = _ranked(draft, method, most)
    if not ranked:
        raise _nothing_to_quote(document.text, draft.candidates, bool(draft.found))
    return Reading(
        language=draft.language,
        title=draft.title,
        words=count_words(document.text),
        sections=tuple(heading.section for heading in draft.found.values()),
        ranked=tuple(_paged(sentence, document.pages) for sentence in ranked),
        figures=tuple(islice(_figures(draft.candidates), MOST_FIGURES)),
    )


def passages(document: Document) -> Passages:
    """The sentences of a document that a method ranks, in order."""
    draft = _drafted(document)
    return _passages(draft, _fittest(draft))


def _drafted(document: Document) -> _Draft:
    text = document.text
    _refuse_unreadable(text)
    known = known_language(document.language) or detect(text)
    opened = opening(text, document.title)
    below = [line for line in _lines(text) if line.start >= opened.start]
    found = headings(below, document.headings)
    return _Draft(known, opened.title, found, _few(_candidates(text, known, below, found)))


def _paged(sentence: Sentence, pages: Sequence[int]) -> Sentence:
    """With its page, where there are pages; the first is 1."""
    return replace(sentence, page=bisect_right(pages, sentence.start)) if pages else sentence


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise UserError("There is nothing to read: the text is empty.")
    if len(text) > MAX_TEXT_CHARS:
        raise UserError(
            "That text is too long to read: it may have {most} characters.",
            most=f"{MAX_TEXT_CHARS:,}",
        )
    sample = text[:20_000]
    odd = sum(not char.isprintable() and not char.isspace() for char in sample)
    if odd * 10 > len(sample):
        raise UserError("That is not a text: it looks like a binary file.")


def _lines(text: str) -> list[Line]:
    found = lines(text, MAX_TEXT_LINES + 1)
    if len(found) > MAX_TEXT_LINES:
        raise UserError(
            "That text is too long to read: it may have {most} lines.", most=f"{MAX_TEXT_LINES:,}"
        )
    return found


def _few(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    found = list(islice(candidates, MAX_TEXT_SENTENCES + 1))
    if len(found) > MAX_TEXT_SENTENCES:
        raise UserError(
            "That text is too long to read: it may have {most} sentences.",
            most=f"{MAX_TEXT_SENTENCES:,}",
        )
    return found


def _nothing_to_quote(text: str, candidates: Sequence[_Candidate], headed: bool) -> UserError:
    wordless = not any(char.isalpha() for char in text)
    if wordless and any(char.isdigit() for char in text):
        return UserError("There is no sentence to quote in this text: it has only numbers.")
    if not wordless and any(len(each.text) > _LONGEST_CHARACTERS for each in candidates):
        return UserError("There is no sentence to quote in this text: it has no full stops.")
    if headed or any(number_of(line.text) for line in lines(text)):
        return UserError("There is no sentence to quote in this text: it has only headings.")
    return UserError("There is no sentence to quote in this text: it has no words.")


def _candidates(
    text: str, language: str, below: Sequence[Line], found: dict[int, Heading]
) -> Iterator[_Candidate]:
    at = sorted(found)
    for paragraph in paragraphs(below, found):
        place = bisect_right(at, paragraph.line) - 1
        section = found[at[place]].tag if place >= 0 else None
        line = below[paragraph.line]
        yield from _of_paragraph(text, language, paragraph, line, section)


def _of_paragraph(
    text: str, language: str, paragraph: Paragraph, line: Line, section: str | None
) -> Iterator[_Candidate]:
    source = text[paragraph.start : paragraph.end]
    spans = sentences(source, language, MAX_TEXT_SENTENCES + 1)
    numbered = paragraph.start > line.start
    for start, end in spans:
        fitness = _fitness(source[start:end], alone=len(spans) == 1)
        if numbered and start == 0 and fitness > _NEVER:
            fitness = _item_fitness(source[start:end], fitness, alone=len(spans) == 1)
        place = paragraph.start + start
        yield _Candidate(source[start:end], place, section, paragraph.line, fitness)


def _fitness(sentence: str, *, alone: bool) -> int:
    if len(sentence) > _LONGEST_CHARACTERS or _exceeds(sentence, _LONGEST_WORDS):
        return _NEVER
    if has_omission(sentence) or not any(char.isalpha() for char in sentence):
        return _NEVER
    if alone and not ends_sentence(sentence):
        return _FRAGMENT
    if has_mask(sentence):
        return _POOR
    shortest = _SHORTEST_WIDE if has_wide(sentence) else _SHORTEST_WORDS
    whole = _exceeds(sentence, shortest - 1) and not sentence.endswith((":", "："))
    return _FULL if whole else _POOR


def _exceeds(sentence: str, words: int) -> bool:
    return len(sentence) > words and count_words(sentence, words + 1) > words


def _item_fitness(sentence: str, fitness: int, *, alone: bool) -> int:
    """The first sentence after a number may be a heading inside its line: （一）加强领导。"""
    if _exceeds(sentence, _RUN_IN_WORDS) or (alone and fitness != _FRAGMENT):
        return fitness
    return _NEVER if alone else _POOR


def _ranked(draft: _Draft, method: str, most: int) -> list[Sentence]:
    """The fittest sentences by rank; where those are full ones, the poor ones follow."""
    fittest = _fittest(draft)
    scores = rank(_passages(draft, fittest), method)
    order = sorted(range(len(fittest)), key=lambda index: -scores[index])[:most]
    best = [_sentence(fittest[index], scores[index]) for index in order]
    if fittest and fittest[0].fitness == _FULL:
        best += _in_order(draft.candidates, _POOR, most - len(best))
    return best


def _fittest(draft: _Draft) -> list[_Candidate]:
    """The full sentences; where there are none the poor ones, and at last the fragments."""
    for fitness in (_FULL, _POOR, _FRAGMENT):
        found = _different(each for each in draft.candidates if each.fitness == fitness)
        if found:
            return found
    return []


def _passages(draft: _Draft, chosen: Sequence[_Candidate]) -> Passages:
    texts, places = [each.text for each in chosen], [each.paragraph for each in chosen]
    return Passages(texts, places, draft.language, draft.title or "")


def _in_order(candidates: Sequence[_Candidate], fitness: int, most: int) -> list[Sentence]:
    found = (each for each in candidates if each.fitness == fitness)
    return [_sentence(each, 0.0) for each in islice(found, most)]


def _different(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    first: dict[str, _Candidate] = {}
    for each in candidates:
        first.setdefault(" ".join(each.text.lower().split()), each)
    return list(first.values())


def _sentence(candidate: _Candidate, score: float) -> Sentence:
    end = candidate.start + len(candidate.text)
    return Sentence(candidate.text, candidate.start, end, candidate.section, None, score)


def _figures(candidates: Sequence[_Candidate]) -> Iterator[Figure]:
    for candidate in candidates:
        for start, end in figures(candidate.text):
            place = candidate.start + start
            yield Figure(candidate.text[start:end], place, candidate.start + end)
