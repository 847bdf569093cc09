"""A number that stands for something is short and of plain digits."""

from __future__ import annotations

import pytest

from bot.words.numbers import whole


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", " 1", "²", "٣", "9" * 19, "joke"])
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
