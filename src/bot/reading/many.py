"""Several documents about one thing, told by their best sentences and nothing twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.reading import Quote
from bot.reading.drafts import FULL, draft_of, passages_of
from bot.reading.rank import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.models.documents import Document
    from bot.reading.drafts import Candidate, Draft


def quote_many(documents: Sequence[Document], most: int) -> tuple[Quote, ...]:
    """The best sentences of all documents together, the best first; the weightier document first.

    They are ranked as one text (measured: as good as ranking each and merging). Documents that
    can't be read, or in another language than most, are passed over.
    """
    drafts = list(_readable(documents))
    if not drafts:
        return ()
    language = Counter(draft.language for _, draft in drafts).most_common(1)[0][0]
    title = drafts[0][1].title
    found = _together([pair for pair in drafts if pair[1].language == language])
    scores = rank(passages_of([candidate for _, candidate in found], language, title))
    order = sorted(range(len(found)), key=lambda index: -scores[index])[:most]
    return tuple(Quote(found[at][0], found[at][1].quoted(scores[at])) for at in order)


def _readable(documents: Sequence[Document]) -> Iterator[tuple[int, Draft]]:
    for number, document in enumerate(documents):
        try:
            yield number, draft_of(document)
        except UserError:
            continue


def _together(drafts: Sequence[tuple[int, Draft]]) -> list[tuple[int, Candidate]]:
    """The fit sentences of all, each once, their paragraphs numbered through."""
    found: dict[str, tuple[int, Candidate]] = {}
    lines = 0
    for number, draft in drafts:
        fittest = [each for each in draft.fittest() if each.fitness == FULL]
        for each in fittest:
            moved = replace(each, paragraph=lines + each.paragraph)
            found.setdefault(each.same(), (number, moved))
        lines += max((each.paragraph for each in fittest), default=0) + 1
    return list(found.values())
