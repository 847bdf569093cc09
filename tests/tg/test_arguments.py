"""What was typed after a command becomes a word that a button can carry."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from bot.tg.arguments import argument, cut

if TYPE_CHECKING:
    from bot.tg.context import Context


def typed(text: str) -> str:
    return argument(cast("Context", SimpleNamespace(args=text.split())))


@pytest.mark.parametrize("text", ["cats", "two words", "笑话", "😀", "a:b:c", "%_\\'\";--"])
def test_a_word_is_taken_as_it_is(text: str) -> None:
    assert typed(text) == text


def test_blanks_and_line_breaks_become_one_blank() -> None:
    assert typed("  two \n\n words\t") == "two words"


def test_nothing_is_an_empty_word() -> None:
    assert typed(" ") == ""
    assert argument(cast("Context", SimpleNamespace(args=None))) == ""


@pytest.mark.parametrize("letter", ["x", "ß", "汉", "😀", "Ⱥ", "İ", "א"])
def test_a_huge_word_is_cut_between_characters_and_fits_a_button_in_lower_case_too(
    letter: str,
) -> None:
    word = typed(letter * 3000)
    assert word == letter * len(word)
    assert len(word) >= 8
    assert len(f"news:99995:en:{word.lower()}".encode()) <= 64
    assert len(f"vote:99999999999:laugh:{word}".encode()) <= 64


def test_a_cut_between_words_leaves_no_blank_behind() -> None:
    assert not typed("abcdefg " * 20).endswith(" ")


def test_a_word_neither_turns_our_own_text_around_nor_stops_it() -> None:
    assert cut("two\n\n lines") == "two lines"
    assert typed("\u202eevil\u2069 \ud83d!") == "evil !"
