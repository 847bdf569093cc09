"""One headline finds its story: inside a transaction that others' headlines wait for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.news import cluster, terms
from bot.news.score import lead, score
from bot.store import clusters as rows
from bot.store import saved, told
from bot.store import terms as index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.models.stories import Centroid, Sketch, Terms, Unplaced
    from bot.store.database import Connection

# A story is found by so many of its entries' terms, and so many stories are compared.
POSTED_TERMS = 24
CANDIDATES = 40
# Of so many stories that an entry belongs to it is asked whether they are one.
MERGED = 3
# A changed story is made anew of so many of its entries.
REBUILT_OF = 50
# Beyond so many entries of a pool only one of some is counted, until the counts are halved.
COUNTED, ONE_OF, MOST_COUNTED = 4_000, 4, 8_000
# The same address means the same story for so long.
SAME_ADDRESS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of headlines: new stories, some that joined one, some that changed or went."""

    stories: int = 0
    joined: int = 0
    changed: int = 0

    def __add__(self, other: Placed) -> Placed:
        return Placed(
            self.stories + other.stories,
            self.joined + other.joined,
            self.changed + other.changed,
        )


def sketches_of(found: Sequence[Unplaced]) -> list[Sketch]:
    """What clustering needs to know of headlines; a millisecond each."""
    return [_sketch(entry) for entry in found]


def place(
    conn: Connection, found: Sequence[Unplaced], sketches: Sequence[Sketch], now: datetime
) -> Placed:
    """Put headlines where they belong; those that changed since they were found are left."""
    rows.take_turn(conn)
    due = {entry.id for entry in rows.still_due(conn, found)}
    placing = _Placing(conn, now, sketches)
    done = Placed()
    for entry, sketch in zip(found, sketches, strict=True):
        if entry.id in due:
            done += placing.put(entry, sketch)
    placing.words.save()
    return done


def _sketch(entry: Unplaced) -> Sketch:
    pool = terms.pool_of(entry.language, sample=entry.sample)
    return terms.sketch(entry.title, entry.text, pool, entry.source, entry.published)


class _Words:
    """How many entries of late had which term, with those of this transaction."""

    def __init__(self, conn: Connection, sketches: Iterable[Sketch]) -> None:
        self._conn = conn
        self._known: dict[str, dict[int, int]] = {}
        self._more: dict[str, Counter[int]] = {}
        self.learn(sketches)

    def count(self, entry: Unplaced, sketch: Sketch) -> None:
        """One entry more, unless there are so many that a part of them does."""
        if self._known[sketch.pool].get(index.TOTAL, 0) < COUNTED or entry.id % ONE_OF == 0:
            self._more[sketch.pool].update([index.TOTAL, *sketch.counts])

    def vector(self, sketch: Sketch) -> Terms:
        return cluster.vector(sketch.counts, self.weights(sketch))

    def weights(self, sketch: Sketch) -> cluster.Idf:
        known, more = self._known[sketch.pool], self._more[sketch.pool]
        total = known.get(index.TOTAL, 0) + more[index.TOTAL]
        of_count = cache(partial(cluster.idf, total))
        return lambda term: of_count(known.get(term, 0) + more.get(term, 0))

    def learn(self, sketches: Iterable[Sketch]) -> None:
        """Look up what other entries' terms count."""
        for pool, some in _by_pool(sketches).items():
            self._known.setdefault(pool, {}).update(index.counts(self._conn, pool, some))
            self._more.setdefault(pool, Counter())

    def save(self) -> None:
        for pool, more in self._more.items():
            index.add_counts(self._conn, pool, more)
            if self._known[pool].get(index.TOTAL, 0) + more[index.TOTAL] >= MOST_COUNTED:
                index.halve_counts(self._conn, pool)


class _Placing:
    """A transaction's headlines, one after the other."""

    def __init__(self, conn: Connection, now: datetime, sketches: Sequence[Sketch]) -> None:
        self._conn, self._now = conn, now
        self.words = _Words(conn, sketches)

    def put(self, entry: Unplaced, sketch: Sketch) -> Placed:
        story = rows.centroid(self._conn, entry.story) if entry.story is not None else None
        if entry.gone:
            rows.put(self._conn, entry.id, None, self._now)
            if story is not None:
                self._rebuild(story)
            return Placed(changed=1)
        if story is not None:
            return self._put_again(entry, sketch, story)
        self.words.count(entry, sketch)
        return self._put_new(entry, sketch)

    def _put_new(self, entry: Unplaced, sketch: Sketch) -> Placed:
        vector = self.words.vector(sketch)
        fitting = self._fitting(entry, sketch, vector)
        if fitting:
            self._join(entry, sketch, vector, fitting)
            return Placed(joined=1)
        story = cluster.found(sketch, vector)
        worth = score(story.changed_at, 1, entry.weight)
        story_id = rows.add(self._conn, story, entry, worth)
        self._settle(entry, story_id, vector)
        return Placed(stories=1)

    def _put_again(self, entry: Unplaced, sketch: Sketch, story: Centroid) -> Placed:
        """A headline with other words stays where it is; one that was alone may find company."""
        vector = self.words.vector(sketch)
        fitting = self._fitting(entry, sketch, vector) if story.entries <= 1 else []
        others = [other for other in fitting if other.id != story.id]
        if others:
            joined = self._join(entry, sketch, vector, others)
            self._absorb(story, joined)
            return Placed(joined=1)
        self._settle(entry, story.id, vector)
        self._rebuild(self._retold(entry, sketch, story))
        return Placed(changed=1)

    def _retold(self, entry: Unplaced, sketch: Sketch, story: Centroid) -> Centroid:
        """Of a new text it can't be told whether it is news or only more of the same, fetched
        later: that is for the title to say. But over an old text a new title is no news.
        """
        weights = self.words.weights(sketch)
        text = terms.sketch("", entry.text, sketch.pool, entry.source, self._now)
        if text.head and cluster.news_in(text, story, weights) < cluster.NEWS_OF_A_TEXT:
            return story
        title = terms.sketch(entry.title, "", sketch.pool, entry.source, self._now)
        return cluster.changed(story, title, weights)

    def _fitting(self, entry: Unplaced, sketch: Sketch, vector: Terms) -> list[Centroid]:
        """The stories it belongs to; that of its address goes before all."""
        days = _days(entry.published)
        known = rows.candidates(self._conn, _strongest(vector), days, CANDIDATES)
        fitting = cluster.fitting(sketch, vector, known)
        # A site's front page is no article's address.
        if entry.canonical and "/" in entry.canonical:
            there = rows.of_address(self._conn, entry, entry.published - SAME_ADDRESS)
            same = rows.centroid(self._conn, there) if there is not None else None
            if same is not None:
                return [same, *(story for story in fitting if story.id != same.id)]
        return fitting

    def _join(
        self, entry: Unplaced, sketch: Sketch, vector: Terms, fitting: Sequence[Centroid]
    ) -> Centroid:
        best, *others = fitting[:MERGED]
        story = cluster.join(best, sketch, vector, self.words.weights(sketch))
        for other in others:
            if cluster.alike(story, other, paired=sketch.paired):
                older, newer = sorted((story, other), key=lambda each: each.id)
                story = cluster.merge(older, newer)
                self._absorb(newer, story)
        self._settle(entry, story.id, vector)
        self._save(story)
        return story

    def _absorb(self, story: Centroid, into: Centroid) -> None:
        rows.absorb(self._conn, story.id, into.id)
        told.absorb(self._conn, story, into)
        saved.absorb(self._conn, story.id, into.id)

    def _settle(self, entry: Unplaced, story_id: int, vector: Terms) -> None:
        """Note where it belongs, and let the story be found by its terms."""
        rows.put(self._conn, entry.id, story_id, self._now)
        index.post(self._conn, story_id, _day(entry.published), _strongest(vector))

    def _save(self, story: Centroid) -> None:
        members = rows.members(self._conn, story.id)
        if not members:
            rows.hide(self._conn, story.id)
            return
        places = [(each.weight, each.chars, each.published) for each in members]
        weight = max(each.weight for each in members)
        topics = Counter(each.topic for each in members)
        rows.save(
            self._conn, story, topic=topics.most_common(1)[0][0], lead_id=members[lead(places)].id,
            score=score(story.changed_at, len(story.sources), weight),
        )  # fmt: skip

    def _rebuild(self, story: Centroid) -> None:
        """Make a story anew of the words that its entries have now."""
        sketches = sketches_of(rows.entries_of(self._conn, story.id, REBUILT_OF))
        self.words.learn(sketches)
        parts = [(sketch, self.words.vector(sketch)) for sketch in sketches]
        self._save(cluster.rebuild(story, parts))


def _by_pool(sketches: Iterable[Sketch]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for sketch in sketches:
        found.setdefault(sketch.pool, set()).update(sketch.counts)
    return found


def _strongest(vector: Terms) -> list[int]:
    return sorted(vector, key=lambda term: (-vector[term], term))[:POSTED_TERMS]


def _day(moment: datetime) -> int:
    return moment.toordinal()


def _days(moment: datetime) -> list[int]:
    """The days of which a story may be that something of this moment belongs to."""
    most = cluster.WINDOW.days
    return list(range(_day(moment) - most, _day(moment) + most + 1))
