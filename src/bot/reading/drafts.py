"""A text taken apart: its title, its headings, and the sentences that might be quoted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.config import MAX_TEXT_LINES, MAX_TEXT_SENTENCES
from bot.errors import UserError
from bot.models.reading import Sentence
from bot.reading.clean import has_mask, has_omission
from bot.reading.limits import check_characters, check_lines, check_sentences
from bot.reading.lines import Line, ends_sentence, has_wide, lines
from bot.reading.numbering import number_of
from bot.reading.outline import Heading, headings
from bot.reading.page import opening
from bot.reading.paragraphs import Paragraph, paragraphs
from bot.reading.ranking.passages import Passages
from bot.words.count import count_words
from bot.words.encodings import is_binary
from bot.words.language import detect, known_language
from bot.words.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.models.documents import Document

_LONGEST_WORDS, _LONGEST_CHARACTERS = 250, 1_500
_SHORTEST_WORDS, _SHORTEST_WIDE = 6, 10
_RUN_IN_WORDS = 25

# How fit a sentence is to be quoted.
NEVER, FRAGMENT, POOR, FULL = range(4)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its place, its section, the line of its paragraph, and how fit it is."""

    text: str
    start: int
    section: str | None
    paragraph: int
    fitness: int

    def same(self) -> str:
        """What sentences in the same words have in common."""
        return " ".join(self.text.lower().split())

    def quoted(self, score: float) -> Sentence:
        """As a sentence of a reading."""
        end = self.start + len(self.text)
        return Sentence(self.text, self.start, end, self.section, None, score)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text before its sentences are ranked; `found` are its headings by their line."""

    language: str
    title: str | None
    found: Mapping[int, Heading]
    candidates: Sequence[Candidate]

    def fittest(self) -> list[Candidate]:
        """The full sentences; where there are none the poor ones, and at last the fragments."""
        for fitness in (FULL, POOR, FRAGMENT):
            found = different(each for each in self.candidates if each.fitness == fitness)
            if found:
                return found
        return []


def draft_of(document: Document) -> Draft:
    """Take a document apart; raises a UserError for what is no text, or too long."""
    text = document.text
    _refuse_unreadable(text)
    known = known_language(document.language) or detect(text)
    opened = opening(text, document.title)
    below = [line for line in _lines(text) if line.start >= opened.start]
    found = headings(below, document.headings)
    return Draft(known, opened.title, found, _few(_candidates(text, known, below, found)))


def passages_of(candidates: Sequence[Candidate], language: str, title: str | None) -> Passages:
    """What a method ranks."""
    texts, places = [each.text for each in candidates], [each.paragraph for each in candidates]
    return Passages(texts, places, language, title or "")


def different(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of sentences that say the same in the same words, the first."""
    first: dict[str, Candidate] = {}
    for each in candidates:
        first.setdefault(each.same(), each)
    return list(first.values())


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise UserError("There is nothing to read: the text is empty.")
    if is_binary(text):
        raise UserError("That is not a text: it looks like a binary file.")
    check_characters(len(text))


def _lines(text: str) -> list[Line]:
    found = lines(text, MAX_TEXT_LINES + 1)
    check_lines(len(found))
    return found


def _few(candidates: Iterator[Candidate]) -> list[Candidate]:
    found = list(islice(candidates, MAX_TEXT_SENTENCES + 1))
    check_sentences(len(found))
    return found


def nothing_to_quote(text: str, draft: Draft) -> UserError:
    """Why a text without a fit sentence has none."""
    wordless = not any(char.isalpha() for char in text)
    if wordless and any(char.isdigit() for char in text):
        return UserError("There is no sentence to quote in this text: it has only numbers.")
    if not wordless and any(len(each.text) > _LONGEST_CHARACTERS for each in draft.candidates):
        return UserError("There is no sentence to quote in this text: it has no full stops.")
    if wordless:
        return UserError("There is no sentence to quote in this text: it has no words.")
    if draft.found or any(number_of(line.text) for line in lines(text)):
        return UserError("There is no sentence to quote in this text: it has only headings.")
    return UserError("There is no sentence to quote in this text: it has only a title or a table.")


def _candidates(
    text: str, language: str, below: Sequence[Line], found: dict[int, Heading]
) -> Iterator[Candidate]:
    at = sorted(found)
    for paragraph in paragraphs(below, found):
        place = bisect_right(at, paragraph.line) - 1
        section = found[at[place]].tag if place >= 0 else None
        line = below[paragraph.line]
        yield from _of_paragraph(text, language, paragraph, line, section)


def _of_paragraph(
    text: str, language: str, paragraph: Paragraph, line: Line, section: str | None
) -> Iterator[Candidate]:
    source = text[paragraph.start : paragraph.end]
    spans = sentences(source, language, MAX_TEXT_SENTENCES + 1)
    alone = len(spans) == 1
    # An item of nothing but a few words is a heading only if it has a number.
    numbered = paragraph.start > line.start and not (alone and number_of(line.text) is None)
    for start, end in spans:
        fitness = _fitness(source[start:end], alone=alone)
        if numbered and start == 0 and fitness > NEVER:
            fitness = _item_fitness(source[start:end], fitness, alone=alone)
        place = paragraph.start + start
        yield Candidate(source[start:end], place, section, paragraph.line, fitness)


def _fitness(sentence: str, *, alone: bool) -> int:
    if len(sentence) > _LONGEST_CHARACTERS or _exceeds(sentence, _LONGEST_WORDS):
        return NEVER
    if has_omission(sentence) or not any(char.isalpha() for char in sentence):
        return NEVER
    if alone and not ends_sentence(sentence):
        return FRAGMENT
    if has_mask(sentence):
        return POOR
    shortest = _SHORTEST_WIDE if has_wide(sentence) else _SHORTEST_WORDS
    whole = _exceeds(sentence, shortest - 1) and not sentence.endswith((":", "："))
    return FULL if whole else POOR


def _exceeds(sentence: str, words: int) -> bool:
    return len(sentence) > words and count_words(sentence, words + 1) > words


def _item_fitness(sentence: str, fitness: int, *, alone: bool) -> int:
    """The first sentence after a number may be a heading inside its line: （一）加强领导。"""
    if _exceeds(sentence, _RUN_IN_WORDS) or (alone and fitness != FRAGMENT):
        return fitness
    return NEVER if alone else POOR
