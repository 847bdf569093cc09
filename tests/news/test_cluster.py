"""Which entries become one story, and when a story has really changed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.news import cluster, terms

if TYPE_CHECKING:
    from bot.models.stories import Centroid, Sketch, Terms

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FIRE = "A fire destroyed the old mill of Ashby on Monday night. Nobody was hurt."
FIRE_TOO = "Flames destroyed the mill in Ashby; 40 firefighters could not save it on Monday."
EVENTS = Path(__file__).parents[1] / "data" / "events.jsonl"


class Newsroom:
    """Stories in memory: entries go in one after the other."""

    def __init__(self) -> None:
        self.stories: dict[int, Centroid] = {}
        self.counts: Counter[int] = Counter()
        self.entries = 0

    def weight(self, term: int) -> float:
        return cluster.idf(self.entries, self.counts[term])

    def sketch(
        self,
        title: str,
        text: str = "",
        *,
        source: str = "Times",
        hours: float = 0,
        pool: str = "en",
    ) -> tuple[Sketch, Terms]:
        entry = terms.sketch(title, text, pool, source, NOON + timedelta(hours=hours))
        self.counts.update(entry.counts.keys())
        self.entries += 1
        return entry, cluster.vector(entry.counts, self.weight)

    def add(self, title: str, text: str = "", **values: object) -> int:
        entry, vector = self.sketch(title, text, **values)  # type: ignore[arg-type]
        fitting = cluster.fitting(entry, vector, self.stories.values())
        if not fitting:
            number = len(self.stories) + 1
            self.stories[number] = replace(cluster.found(entry, vector), id=number)
            return number
        story = cluster.join(fitting[0], entry, vector, self.weight)
        self.stories[story.id] = story
        return story.id


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def test_two_papers_on_one_event_are_one_story(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE)
    assert room.add("Ashby loses its old mill to fire", FIRE_TOO, source="Post", hours=2) == story
    assert room.add("Council votes on bus fares", "A ticket will cost more.") != story


def test_one_shared_name_makes_no_story(room: Newsroom) -> None:
    story = room.add("Zorblatt opens opera season")
    assert room.add("Zorblatt", "Zorblatt " * 50, source="Post") != story
    assert room.add("Tax office sues Zorblatt", source="Post") != story


def test_bare_titles_about_the_same_thing_in_different_places_stay_apart(room: Newsroom) -> None:
    chile = room.add("Magnitude 6.1 quake hits Chile")
    japan = room.add("Magnitude 7.2 quake hits Japan", source="Post", hours=1)
    assert chile != japan
    assert room.add("Quake of magnitude 6.1 hits Chile", source="Mail", hours=1) == chile


def test_the_same_words_from_two_sources_are_one_story(room: Newsroom) -> None:
    story = room.add("Comet will be seen in June", "It was found by two amateurs from Orsk.")
    again = room.add(
        "Comet will be seen in June", "It was found by two amateurs from Orsk.", source="Post"
    )
    assert again == story


def test_a_source_has_to_repeat_itself_more_clearly_than_others(room: Newsroom) -> None:
    title, text = "Ashby loses its mill", "Insurers will pay for the stones."
    room.add("Fire destroys mill in Ashby", FIRE)
    same, other = (
        cluster.fitting(*room.sketch(title, text, source=source, hours=1), room.stories.values())
        for source in ("Times", "Post")
    )
    assert len(other) == 1
    assert not same


def test_a_column_of_every_day_is_never_one_story(room: Newsroom) -> None:
    text = "Rain in the north, sun in the south, a light wind from the west."
    days = [room.add(f"Sky over Ashby, {day} May", text, hours=24 * day) for day in range(1, 4)]
    assert len(set(days)) == 3
    assert room.add("Sky over Ashby, 3 May", text, hours=73, source="Post") == days[2]


def test_a_story_is_over_after_some_quiet_days(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE)
    assert room.add("Ashby mill destroyed by fire", FIRE, source="Post", hours=90) == story
    assert room.add("Ashby mill destroyed by fire", FIRE, source="Mail", hours=180) == story
    assert room.add("Ashby mill destroyed by fire", FIRE, source="Sun", hours=300) != story


def test_what_comes_late_but_was_written_early_still_finds_its_story(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE, hours=10)
    assert room.add("Ashby mill destroyed by fire", FIRE, source="Post", hours=-10) == story
    assert room.stories[story].first_seen == NOON - timedelta(hours=10)


def test_entries_with_nothing_to_say_stay_alone(room: Newsroom) -> None:
    empty = [room.add(title) for title in ("", "😀", "What is it?", "The", "")]
    assert len(set(empty)) == 5


def test_a_story_that_bridges_two_is_told_to_be_one_with_both(room: Newsroom) -> None:
    room.add("Fire destroys mill in Ashby", FIRE)
    entry, vector = room.sketch("Mill in Ashby destroyed by fire", FIRE, source="Post")
    other = replace(cluster.found(entry, vector), id=2)
    away, far = room.sketch("Council votes on bus fares", "A ticket will cost more.")
    assert cluster.alike(room.stories[1], other, paired=False)
    assert not cluster.alike(room.stories[1], cluster.found(away, far), paired=False)
    whole = cluster.merge(room.stories[1], other)
    assert (whole.id, whole.entries, len(whole.sources)) == (1, 2, 2)


def test_a_rebuilt_story_is_that_of_its_entries(room: Newsroom) -> None:
    one = room.sketch("Fire destroys mill in Ashby", FIRE)
    two = room.sketch("Ashby loses its old mill to fire", FIRE_TOO, source="Post", hours=2)
    story = cluster.join(cluster.found(*one), *two, room.weight)
    assert cluster.rebuild(story, [one, two]) == story
    rest = cluster.rebuild(story, [two])
    assert (rest.entries, rest.terms, rest.sources) == (1, two[1], frozenset({two[0].source}))
    assert cluster.rebuild(story, []).entries == 0


def test_the_same_news_in_other_words_is_no_change(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE)
    room.add("Ashby loses its old mill to fire", FIRE_TOO, source="Post", hours=1)
    room.add("Historic Ashby mill gone in flames overnight", FIRE, source="Mail", hours=1.5)
    assert room.stories[story].version == 1


def test_a_source_that_comes_back_with_news_changes_the_story(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE)
    room.add("Ashby loses its old mill to fire", FIRE_TOO, source="Post", hours=1)
    arrest = "Police arrested a baker, 41, suspected of setting fire to the mill of Ashby."
    assert room.add("Baker arrested after Ashby mill fire", arrest, hours=9) == story
    assert (room.stories[story].version, room.stories[story].changed_at.hour) == (2, 21)


def test_news_that_two_others_bring_changes_the_story(room: Newsroom) -> None:
    story = room.add("Fire destroys mill in Ashby", FIRE)
    arrest = "Police arrested a baker, 41, suspected of setting fire to the mill of Ashby."
    room.add("Baker arrested after Ashby mill fire", arrest, source="Post", hours=9)
    assert room.stories[story].version == 1
    room.add("Mill fire in Ashby: baker, 41, arrested", arrest, source="Mail", hours=10)
    assert room.stories[story].version == 2


def events(language: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in EVENTS.read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row["language"] == language]
    return sorted(chosen, key=lambda row: row["hours"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_easily_confused_is_kept_apart(room: Newsroom, language: str) -> None:
    """Two quakes, matches of one team, columns; what is too short to tell is allowed one error."""
    found: dict[int, set[str]] = {}
    for row in events(language):
        story = room.add(
            str(row["title"]), str(row["text"]), source=str(row["source"]),
            hours=float(str(row["hours"])), pool=language,
        )  # fmt: skip
        found.setdefault(story, set()).add(str(row["event"]))
    assert sum(len(told) > 1 for told in found.values()) <= 1
    assert len(found) <= len({str(row["event"]) for row in events(language)}) + 1
