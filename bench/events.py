"""Labelled entries: which tell of the same event. Times are random, a day and five days wide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bot.words.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parents[1]
BEGIN = datetime(2024, 5, 1, tzinfo=UTC)
DAYS, EVENT_HOURS = 5, 24
# The samples of `content/headlines` that tell of one event.
SAMPLES = {
    "en": ((1, 2, 3), (4, 5, 6), (7, 8), (9, 10), (14, 15), (17, 18), (19, 20), (21, 22), (23, 24),
           (25, 26), (27, 28), (44, 45)),
    "zh": ((1, 2), (3, 4), (6, 7)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """An entry and the event it tells of; `version` is how far the story should have come then."""

    event: str
    language: str
    title: str
    text: str
    source: str
    published: datetime
    version: int = 1


def articles(data: Path, half: int, seed: int) -> list[Labelled]:
    """Half of the events of Multi-News with half of two sets of single articles as noise.

    The first sentence of an article stands for its title.
    """
    random = Random(seed)
    found = []
    for row in _rows(data / "multinews.jsonl", half):
        begin = _some_time(random)
        for number, text in enumerate(row["docs"]):
            at = begin + timedelta(hours=random.uniform(0, EVENT_HOURS))
            found.append(_article(row["id"], text, "en", f"paper {number}", at))
    for name in ("bbc", "xsum"):
        found += [
            _article(row["id"], row["text"], "en", name, _some_time(random))
            for row in _rows(data / f"{name}.jsonl", half)
        ]
    return _in_order(found)


def briefs(data: Path, name: str, half: int, seed: int) -> list[Labelled]:
    """Half of a set of articles, each also as a bare title of another source: its summary."""
    random = Random(seed)
    found = []
    for row in _rows(data / f"{name}.jsonl", half):
        begin = _some_time(random)
        times = [begin + timedelta(hours=random.uniform(0, EVENT_HOURS)) for _ in range(2)]
        title = " ".join(row["summary"].split())
        found.append(_article(row["id"], row["text"], row["lang"], "paper", times[0]))
        found.append(Labelled(row["id"], row["lang"], title, "", "wire", times[1]))
    return _in_order(found)


def samples(language: str) -> list[Labelled]:
    """Our own samples, of several papers that do not exist."""
    events = {
        f"sample-{language}-{number:03}": f"event {group[0]}"
        for group in SAMPLES[language]
        for number in group
    }
    return _in_order(
        Labelled(
            events.get(row["id"], row["id"]), language, row["title"], row["text"], row["source"],
            datetime.fromisoformat(row["published"]),
        )
        for row in _rows(HERE / "content" / "headlines" / f"{language}.jsonl")
    )  # fmt: skip


def hard_cases(language: str) -> list[Labelled]:
    """Events of our own that are easily taken for one another, columns, and stories that go on."""
    return _in_order(
        Labelled(
            row["event"], language, row["title"], row["text"], row["source"],
            BEGIN + timedelta(hours=row["hours"]), row["version"],
        )
        for row in _rows(HERE / "tests" / "data" / "events.jsonl")
        if row["language"] == language
    )  # fmt: skip


def _rows(path: Path, half: int | None = None) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if half is None or number % 2 == half:
            yield json.loads(line)


def _article(event: str, text: str, language: str, source: str, at: datetime) -> Labelled:
    text = text.strip()
    start, end = (sentences(text) or [(0, len(text))])[0]
    title = " ".join(text[start:end].split())
    return Labelled(event, language, title, text[end:].strip(), source, at)


def _some_time(random: Random) -> datetime:
    return BEGIN + timedelta(days=random.uniform(0, DAYS))


def _in_order(found: list[Labelled] | Iterator[Labelled]) -> list[Labelled]:
    return sorted(found, key=lambda entry: entry.published)
