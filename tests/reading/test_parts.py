"""Parts: the top sections of a document, each with the best of its own sentences."""

from __future__ import annotations

from bot.models.reading import Section
from bot.reading.parts import BEST_OF_PART, MOST_PARTS, parts


def outline(*levels: int) -> list[Section]:
    """A heading every hundred characters."""
    return [Section(level, f"S{index}", 100 * index) for index, level in enumerate(levels, 1)]


def told(levels: list[int], starts: list[int]) -> dict[str | None, list[int]]:
    found = parts(outline(*levels), starts)
    return {section.title if section else None: best for section, best in found}


def test_each_part_has_the_best_of_its_own_sentences_best_first() -> None:
    assert told([1, 1], [250, 120, 30, 110]) == {None: [2], "S1": [1, 3], "S2": [0]}


def test_sentences_of_lower_sections_belong_to_the_part_above_them() -> None:
    assert told([1, 2, 1], [250, 350]) == {"S1": [0], "S3": [1]}


def test_one_heading_above_all_others_is_a_title_not_the_only_part() -> None:
    assert told([1, 2, 2], [250, 350]) == {"S2": [0], "S3": [1]}


def test_only_so_many_sentences_tell_a_part_and_there_are_only_so_many_parts() -> None:
    assert told([1], [110] * 20) == {"S1": list(range(BEST_OF_PART))}
    levels = [1] * (MOST_PARTS + 50)
    assert len(told(levels, [100 * index + 50 for index in range(500)])) == MOST_PARTS + 1


def test_nothing_is_divided_without_headings_and_a_part_without_sentences_is_none() -> None:
    assert told([], [10, 20]) == {}
    assert told([1, 1], []) == {}
    assert told([1, 1], [250]) == {"S2": [0]}
