"""Outlines: which lines are headings, and how deep."""

from __future__ import annotations

import pytest

from bot.reading.lines import lines
from bot.reading.outline import headings

BODY = "The work was done in time, and nobody had to wait for it any longer than planned."


def outline(text: str) -> list[tuple[int, str]]:
    found = headings(lines(text)).values()
    for heading in found:
        assert text[heading.section.start :].startswith(heading.section.title)
    return [(heading.section.level, heading.section.title) for heading in found]


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("1. Aims", "(1) Roads"),
        ("1. Aims", "1.1 Roads"),
        ("I. Aims", "1. Roads"),
        ("一、目标", "（一）道路"),
        ("（一）目标", "1．道路"),
        ("第一章 目标", "第二节 道路"),
        ("Chapter 1: Aims", "Section 2 Roads"),
        ("Article 5 Aims", "(1) Roads"),
    ],
)
def test_numbering_tells_the_level(higher: str, lower: str) -> None:
    assert outline(f"{higher}\n{lower}\n{BODY}\n") == [(1, higher), (2, lower)]


def test_markdown_titles_lose_their_signs() -> None:
    assert outline(f"## Aims\n\n### Roads ##\n{BODY}") == [(1, "Aims"), (2, "Roads")]


def test_a_heading_may_be_a_sentence_with_a_stop_where_its_sisters_have_none() -> None:
    text = f"(1) Roads\n\n{BODY}\n\n(2) Bridges are old and must be mended.\n\n{BODY}\n"
    assert outline(text) == [(1, "(1) Roads"), (1, "(2) Bridges are old and must be mended.")]


def test_numbered_sentences_of_a_list_are_no_headings() -> None:
    assert outline("We did this:\n1. Roads were mended.\n2. Bridges were painted.\n") == []
    assert outline(f"We bought:\n1. Bread\n2. Butter\n3. Jam\n{BODY}") == []


def test_numbered_prose_with_many_clauses_is_no_heading() -> None:
    assert outline(f"1）甲社区：看病方便；2）乙社区：上学方便\n\n{BODY}") == []
    assert outline(f"1. We came, saw, stayed, ate, drank and left\n\n{BODY}") == []


def test_a_number_inside_or_at_the_wrapped_end_of_prose_is_no_heading() -> None:
    assert outline(f"First we did 1. Roads and (2) Bridges. {BODY}") == []
    assert (
        outline(f"{BODY[:-1]} on page\n12. The rest came later, as everybody had expected.") == []
    )
    assert outline("3.5 million people came to see it\nand went home again.") == []


def test_a_short_line_above_prose_is_a_heading_of_the_first_level() -> None:
    assert outline(f"Conclusion\n\n{BODY}") == [(1, "Conclusion")]
    assert outline(f"so we went on and on without a stop\n\n{BODY}") == []
    assert outline("Conclusion\n\nshort") == []


def test_a_tag_names_the_numbers_above() -> None:
    found = headings(lines(f"1. Aims\n(2) Roads\n{BODY}\n1.1 Bridges\n{BODY}"))
    assert [heading.tag for heading in found.values()] == ["1. Aims", "1 (2) Roads", "1.1 Bridges"]
