"""Texts are compared without case, width and accents, and cut into what they are found by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.store.folding import MOST_QUERY_TOKENS, MOST_TOKENS, fold, indexed, wanted


def test_several_texts_fold_into_one_and_missing_ones_are_left_out() -> None:
    assert fold("One", None, "", "Two") == "one\ntwo"
    assert fold(None) == fold("  ") == ""


def test_words_are_tokens_without_case_width_and_accents() -> None:
    assert indexed("The CAFÉ, the ＣＡＦＥ!", "100%").split() == ["the", "cafe", "100"]


def test_pairs_of_characters_are_tokens_where_words_have_no_blanks() -> None:
    assert indexed("月球很远。AI很近").split() == ["月球", "球很", "很远", "远", "ai", "很近", "近"]


def test_emoji_and_signs_of_currency_are_tokens_and_punctuation_is_none() -> None:
    assert indexed("ha 😂, 5 €! ...").split() == ["ha", "😂", "5", "€"]


def test_a_query_wants_words_that_begin_so_and_pairs_as_they_are() -> None:
    assert wanted("Cat’s 月球很") == [("cat", True), ("s", False), ("月球", False), ("球很", False)]
    assert wanted("月") == [("月", True)]
    assert wanted("😂") == [("😂", False)]
    assert wanted('" * ( ) : ^ -') == []


def test_there_is_an_end_to_tokens() -> None:
    assert len(indexed(" ".join(map(str, range(MOST_TOKENS * 2)))).split()) == MOST_TOKENS
    assert max(map(len, indexed("x" * 10_000).split())) < 100
    assert len(wanted(" ".join(map(str, range(1000))))) == MOST_QUERY_TOKENS


@given(st.text(max_size=60))
def test_a_text_has_every_token_that_it_asks_for_itself(text: str) -> None:
    tokens = indexed(text).split(" ")
    for token, begins in wanted(text):
        assert token in tokens or (begins and any(each.startswith(token) for each in tokens))
