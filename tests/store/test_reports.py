"""The shelf of reports, and the readings kept with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.models.reading import Figure, Part, Reading, Section, Sentence
from bot.models.reports import Report, ReportCard
from bot.store import readings, reports, seeds
from tests.store.samples import NOW, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from bot.models.reports import ReportEntry
    from bot.store.database import Database

TEXT = "1. Water\nThe well gives 12 litres. It is deep."
READING = Reading(
    language="en",
    title="Wells",
    words=9,
    sections=(Section(1, "1. Water", 0),),
    ranked=(
        Sentence("The well gives 12 litres.", 9, 34, "1. Water", None, 0.75),
        Sentence("It is deep.", 35, 46, None, 3, 1 / 3),
    ),
    figures=(Figure("12 litres", 24, 33),),
    parts=(
        Part(None, (Sentence("It is deep.", 35, 46, None, 3, 1 / 3),)),
        Part(Section(1, "1. Water", 0), ()),
    ),
)


async def stock(db: Database, *entries: ReportEntry) -> None:
    await db.write(seeds.apply, "reports", entries, NOW, origin="seed", prune=True)


async def shelf(
    db: Database, word: str | None = None, *, language: str = "en", offset: int = 0
) -> tuple[list[ReportCard], int]:
    return await db.read(reports.cards, language, word=word, offset=offset, limit=5)


def titles(found: tuple[Sequence[ReportCard], int]) -> list[str]:
    return [card.title for card in found[0]]


async def test_the_newest_come_first_and_the_undated_last(db: Database) -> None:
    await stock(
        db,
        report("none"),
        replace(report("old"), published=date(1999, 12, 31)),
        replace(report("new"), published=date(2024, 2, 29)),
    )
    found = await shelf(db)
    assert titles(found) == ["Report new", "Report old", "Report none"]
    assert found[1] == 3
    assert await shelf(db, offset=9) == ([], 3)


async def test_a_word_is_found_in_title_and_text(db: Database) -> None:
    await stock(
        db,
        report("a", "Wells and Pumps."),
        report("b", "Nothing.", title="The WELL"),
        report("c", "供水工程验收。", language="zh"),
    )
    assert titles(await shelf(db, "well")) == ["The WELL", "Report a"]
    assert titles(await shelf(db, "_")) == []
    assert titles(await shelf(db, "供水", language="zh")) == ["Report c"]


async def test_a_report_comes_back_whole_and_counted(db: Database) -> None:
    text = "一、概况\r\n二零二四年 village 😀\n" * 20_000
    await stock(db, replace(report("big", text, title="大报告"), published=date(2024, 1, 2)))
    ((card,), _) = await shelf(db)
    words = 20_000 * 9
    assert card == ReportCard(card.id, "en", "大报告", words, date(2024, 1, 2))
    found = await db.read(reports.find, card.id)
    assert found == Report(card.id, "en", "大报告", text, words, date(2024, 1, 2))
    assert await db.read(reports.find, 10**12) is None


async def test_languages_are_counted(db: Database) -> None:
    await stock(db, report("a"), report("b"), report("c", language="zh"))
    assert await db.read(reports.languages) == {"en": 2, "zh": 1}


async def first_id(db: Database) -> int:
    return (await shelf(db))[0][0].id


async def test_a_reading_is_kept_and_comes_back_equal(db: Database) -> None:
    await stock(db, report("a", TEXT))
    number = await first_id(db)
    assert await db.read(reports.reading, number) is None
    await db.write(reports.save_reading, number, READING)
    assert await db.read(reports.reading, number) == READING
    better = replace(READING, title="Better")
    await db.write(reports.save_reading, number, better)
    assert await db.read(reports.reading, number) == better


async def test_a_changed_report_is_read_anew(db: Database) -> None:
    await stock(db, report("a", TEXT))
    number = await first_id(db)
    await db.write(reports.save_reading, number, READING)
    await stock(db, report("a", "Another text."))
    assert await db.read(reports.reading, number) is None


async def test_a_reading_of_what_the_report_no_longer_says_is_not_kept(db: Database) -> None:
    await stock(db, report("a", "Changed while it was read. " * 9))
    number = await first_id(db)
    await db.write(reports.save_reading, number, READING)
    assert await db.read(reports.reading, number) is None


async def test_a_reading_of_no_report_is_nothing(db: Database) -> None:
    await db.write(reports.save_reading, 404, READING)
    assert await db.read(reports.reading, 404) is None


async def test_a_reading_in_another_format_is_read_anew(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock(db, report("a", TEXT))
    number = await first_id(db)
    await db.write(reports.save_reading, number, READING)
    monkeypatch.setattr(readings, "FORMAT", readings.FORMAT + 1)
    assert await db.read(reports.reading, number) is None


SENTENCES = st.builds(
    Sentence,
    text=st.text(),
    start=st.integers(0),
    end=st.integers(0),
    section=st.none() | st.text(),
    page=st.none() | st.integers(1),
    score=st.floats(allow_nan=False, allow_infinity=False),
)


@given(
    st.builds(
        Reading,
        language=st.text(),
        title=st.none() | st.text(),
        words=st.integers(0),
        sections=st.lists(st.builds(Section), max_size=3).map(tuple),
        ranked=st.lists(SENTENCES, max_size=3).map(tuple),
        figures=st.lists(st.builds(Figure), max_size=3).map(tuple),
    )
)
def test_any_reading_survives_json(reading: Reading) -> None:
    assert readings.load(readings.dump(reading)) == reading
    assert readings.dump(reading) == readings.dump(reading)
