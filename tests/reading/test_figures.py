"""Key figures: numbers that say what they count."""

from __future__ import annotations

import pytest

from bot.reading.figures import figures


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("420 tons of garbage was removed", ["420 tons of garbage"]),
        ("42,500 square meters of rivers were renovated", ["42,500 square meters of rivers"]),
        ("30 kilometers of rivers, ponds and ditches", ["30 kilometers of rivers"]),
        ("visited by more than 220 people in 2019", ["more than 220 people"]),
        ("solve more than 40 practical problems.", ["more than 40 practical problems"]),
        ("a total investment of 3 million yuan have", ["3 million yuan"]),
        (
            "grew 12.5 percent of villages, to $3.2 billion",
            ["12.5 percent of villages", "$3.2 billion"],
        ),
        ("in 6.5% of the cases", ["6.5% of the cases"]),
        ("10-20 people came", ["10-20 people"]),
    ],
)
def test_a_number_is_quoted_with_its_unit_and_what_it_counts(
    text: str, expected: list[str]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("栽种了18000棵树，清运420吨垃圾", ["18000棵树", "420吨垃圾"]),
        ("产值增长12.5%", ["增长12.5%"]),
        ("覆盖全镇9个行政村、3412户", ["9个行政村", "3412户"]),
        ("原有的11处小水站", ["11处小水站"]),
        ("总投资4260万元", ["投资4260万元"]),
        ("下降0.3个百分点", ["下降0.3个百分点"]),
    ],
)
def test_chinese_figures_have_their_counter_and_their_noun(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "eight breaks and eight establishments",
        "In 2019 companies met, and from 2016-2018 plans were made.",
        "On May 20 people rested; Article 5 lists it on page 12.",
        "from 9:00 to 9:30, version 3.5, in the 1990s, COVID-19 cases",
        "study tours*** 2 times, XX villages, 2XX people, *** 5 trees",
        "2019年12月5日，第3个五年，“八破八立”",
        "12",
        "",
    ],
)
def test_slogans_years_dates_labels_and_masked_numbers_are_no_figures(text: str) -> None:
    assert found(text) == []


def test_endless_digits_are_read_quickly_and_are_none() -> None:
    assert found("1" * 200_000 + " " + "1 " * 100_000) == []
