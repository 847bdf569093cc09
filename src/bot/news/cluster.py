"""Which entries tell of the same event: incremental clustering by the average cosine to a story.

Terms are weighted as usual (1 + log tf) * idf, idf from the recent past and a little sharpened
(Allan, Topic Detection and Tracking, 2002). Unlike the plain cosine no single term counts for more
than `MOST_OF_ONE`: that two entries share one rare name does not make them one story, and so one
threshold serves a bare title and a long article. All figures were chosen on one half of the events
of `bench/stories.py`, which reports on the other half.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log, sqrt
from typing import TYPE_CHECKING

from bot.models.stories import Centroid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.models.stories import Sketch, Terms

    Idf = Callable[[int], float]

ENTRY_TERMS = 100
STORY_TERMS = 300
SHARPER = 1.5
MOST_OF_ONE = 0.08
LEAST_IDF = 0.05
# As if so many entries had come before the first: few entries know little of common words.
BEFORE = 100

# The average cosine from which an entry belongs to a story; pairs of characters share less.
ENOUGH, ENOUGH_PAIRED = 0.12, 0.1
# Each day apart asks for so much more, up to the days after which a story is over.
MORE_A_DAY, MORE_A_DAY_AGAIN = 0.1, 0.4
WINDOW = timedelta(days=4)
# A source hardly tells of an event twice, and two titles that name quite different things hardly
# speak of one event.
OWN_SOURCE, OTHER_NAMES = 1.5, 2.0
# The same title from the same source some hours later: a daily column, unless the text is the same.
RECURS_AFTER, SAME_TEXT = timedelta(hours=6), 0.9

# A story really changed when so much of a later entry's head is new and two entries say it, or one
# does whose source was in the story before. What comes soon after is the same news in other words.
SETTLES_IN = timedelta(hours=2)
TOLD_TWICE, CAME_BACK = 0.2, 0.35
# Over a text with less news than this a new title only says the same in other words.
NEWS_OF_A_TEXT = 0.3


def idf(entries: float, with_term: float) -> float:
    """Of a term that so many of so many entries have."""
    plain = log((entries + BEFORE + 1) / (with_term + 0.5))
    return float(max(LEAST_IDF, plain) ** SHARPER)


def vector(counts: Terms, weight: Idf) -> Terms:
    """The strongest terms, as a unit vector."""
    weights = {
        term: (1 + log(count) if count > 1 else count) * weight(term)
        for term, count in counts.items()
    }
    strongest = _strongest(weights, ENTRY_TERMS)
    length = sqrt(sum(value * value for value in strongest.values())) or 1
    return {term: value / length for term, value in strongest.items()}


def likeness(entry: Terms, story: Centroid) -> float:
    """The average cosine of an entry's vector to those of a story, each term's share limited."""
    terms, many = story.terms, story.entries
    return sum(
        min(MOST_OF_ONE, weight * terms[term] / many)
        for term, weight in entry.items()
        if term in terms
    )


def fitting(sketch: Sketch, entry: Terms, stories: Iterable[Centroid]) -> list[Centroid]:
    """The stories that an entry belongs to, the best first."""
    near = [story for story in stories if _apart(sketch, story) <= WINDOW]
    ratios = [(likeness(entry, story) / _enough(sketch, story), story) for story in near]
    ratios.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [story for ratio, story in ratios if ratio >= 1]


def alike(one: Centroid, other: Centroid, *, paired: bool) -> bool:
    """Whether two stories that an entry belongs to are one."""
    mean = {term: weight / one.entries for term, weight in one.terms.items()}
    return likeness(mean, other) >= (ENOUGH_PAIRED if paired else ENOUGH)


def found(sketch: Sketch, entry: Terms) -> Centroid:
    """A story of one entry, without an id."""
    at = sketch.published
    return Centroid(
        id=0, entries=1, terms=entry, names=sketch.names,
        sources=frozenset({sketch.source}), skeleton=sketch.skeleton, fresh=frozenset(),
        first_seen=at, last_seen=at, version=1, changed_at=at,
    )  # fmt: skip


def join(story: Centroid, sketch: Sketch, entry: Terms, weight: Idf) -> Centroid:
    """The story with one entry more; whether that really changes it shows in its version."""
    at = sketch.published
    return replace(
        changed(story, sketch, weight),
        entries=story.entries + 1,
        terms=_sum((story.terms, entry)),
        names=story.names | sketch.names,
        sources=story.sources | {sketch.source},
        skeleton=sketch.skeleton if sketch.skeleton == story.skeleton else None,
        first_seen=min(story.first_seen, at),
        last_seen=max(story.last_seen, at),
    )


def merge(one: Centroid, other: Centroid) -> Centroid:
    """Two stories as one, which goes on as the first of them."""
    return replace(
        one,
        entries=one.entries + other.entries,
        terms=_sum((one.terms, other.terms)),
        names=one.names | other.names,
        sources=one.sources | other.sources,
        skeleton=one.skeleton if one.skeleton == other.skeleton else None,
        fresh=frozenset(),
        first_seen=min(one.first_seen, other.first_seen),
        last_seen=max(one.last_seen, other.last_seen),
        version=max(one.version, other.version),
        changed_at=max(one.changed_at, other.changed_at),
    )


def rebuild(story: Centroid, parts: Sequence[tuple[Sketch, Terms]]) -> Centroid:
    """The story of just these entries; what was told of it stays told."""
    sketches = [sketch for sketch, _ in parts]
    skeletons = {sketch.skeleton for sketch in sketches}
    times = [sketch.published for sketch in sketches] or [story.first_seen, story.last_seen]
    return replace(
        story,
        entries=len(parts),
        terms=_sum([entry for _, entry in parts]),
        names=frozenset().union(*(sketch.names for sketch in sketches)),
        sources=frozenset(sketch.source for sketch in sketches),
        skeleton=skeletons.pop() if len(skeletons) == 1 else None,
        first_seen=min(times),
        last_seen=max(times),
    )


def changed(story: Centroid, sketch: Sketch, weight: Idf) -> Centroid:
    """With one version more if the entry, or it and one before it, bring enough that is new."""
    if sketch.published < story.changed_at + SETTLES_IN:
        return story
    weights = {term: count * weight(term) for term, count in sketch.head.items()}
    whole = sum(weights.values()) or 1
    again = sum(value for term, value in weights.items() if term in story.fresh) / whole
    new = frozenset(term for term in weights if term not in story.terms)
    all_new = again + sum(weights[term] for term in new) / whole
    if again >= TOLD_TWICE or (sketch.source in story.sources and all_new >= CAME_BACK):
        version, at = story.version + 1, sketch.published
        return replace(story, fresh=frozenset(), version=version, changed_at=at)
    return replace(story, fresh=story.fresh | new)


def news_in(sketch: Sketch, story: Centroid, weight: Idf) -> float:
    """The part (0 to 1) of an entry's head that its story does not have."""
    weights = {term: count * weight(term) for term, count in sketch.head.items()}
    new = sum(value for term, value in weights.items() if term not in story.terms)
    return new / (sum(weights.values()) or 1)


def _enough(sketch: Sketch, story: Centroid) -> float:
    """The likeness from which the entry belongs to the story."""
    enough = ENOUGH_PAIRED if sketch.paired else ENOUGH
    apart = _apart(sketch, story)
    told = sketch.source in story.sources
    enough *= 1 + (MORE_A_DAY_AGAIN if told else MORE_A_DAY) * (apart / timedelta(days=1))
    if told and len(story.sources) == 1:
        enough *= OWN_SOURCE
    if told and apart >= RECURS_AFTER and sketch.skeleton == story.skeleton:
        enough = max(enough, SAME_TEXT)
    if _names_differ(sketch, story):
        enough *= OTHER_NAMES
    return enough


def _apart(sketch: Sketch, story: Centroid) -> timedelta:
    """How long before or after the story the entry came."""
    at = sketch.published
    return max(timedelta(0), at - story.last_seen, story.first_seen - at)


def _names_differ(sketch: Sketch, story: Centroid) -> bool:
    """Both have names in their titles, and neither mentions one of the other's."""
    return (
        bool(sketch.names and story.names)
        and sketch.names.isdisjoint(story.terms)
        and story.names.isdisjoint(sketch.counts)
    )


def _sum(vectors: Sequence[Terms]) -> Terms:
    total: dict[int, float] = {}
    for each in vectors:
        for term, weight in each.items():
            total[term] = total.get(term, 0.0) + weight
    return _strongest(total, STORY_TERMS)


def _strongest(weights: Terms, most: int) -> Terms:
    if len(weights) <= most:
        return weights
    return dict(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
