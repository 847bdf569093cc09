"""Words are found whatever their case, width or special characters."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.folding import fold, pattern


def found(word: str, text: str) -> bool:
    memory = sqlite3.connect(":memory:")
    row = memory.execute("SELECT ? LIKE ? ESCAPE '/'", (fold(text), pattern(fold(word)))).fetchone()
    memory.close()
    return bool(row[0])


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("CAT", "A cat sat."),
        ("straße", "Auf der STRASSE"),
        ("ÄRGER", "viel Ärger"),
        ("МОСКВА", "в москва"),
        ("会议", "今天的会议很长"),
        ("ＡＢＣ", "abc"),
        ("100%", "It is 100% true"),
        ("a_b", "say a_b"),
        ("a/b", "either a/b"),
        ("😂", "ha 😂 ha"),
    ],
)
def test_a_word_is_found(word: str, text: str) -> None:
    assert found(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [("dog", "A cat sat."), ("%", "100"), ("_", "abc"), ("/", "abc"), ("a_b", "axb")],
)
def test_another_word_is_not(word: str, text: str) -> None:
    assert not found(word, text)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_every_part_of_a_folded_text_is_found(before: str, word: str, after: str) -> None:
    text = fold(before + word + after)
    part = text[len(text) // 3 : 2 * len(text) // 3]
    memory = sqlite3.connect(":memory:")
    row = memory.execute("SELECT ? LIKE ? ESCAPE '/'", (text, pattern(part))).fetchone()
    memory.close()
    assert row == (1,)


def test_a_word_of_any_length_is_a_pattern_that_sqlite_takes() -> None:
    assert not found("%_/" * 100_000, "short")


def test_several_texts_fold_into_one_and_missing_ones_are_left_out() -> None:
    assert fold("One", None, "", "Two") == "one\ntwo"
    assert fold(None) == fold("  ") == ""
