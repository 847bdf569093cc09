"""Words: what is counted, compared and looked up."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.words import tokens as words
from bot.words.count import count_words
from bot.words.tokens import stemmer, stopwords, tokens

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_numbers_stay_whole_and_words_keep_their_apostrophes_and_hyphens() -> None:
    text = "It’s 3.5 million in COVID-19 aid, or 42,500 a day."
    assert tokens(text) == [
        "it's", "3.5", "million", "in", "covid-19", "aid", "or", "42,500", "a", "day",
    ]  # fmt: skip


def test_chinese_is_cut_into_words_between_foreign_ones() -> None:
    assert tokens("农村供水GDP增长12.5%") == ["农村", "供水", "gdp", "增长", "12.5"]


def test_combining_marks_do_not_tear_a_word() -> None:
    assert tokens("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]


def test_loading_the_chinese_dictionary_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words.cutter.cache_clear()
    assert tokens("农村供水") == ["农村", "供水"]
    assert list(tmp_path.iterdir()) == []


def test_a_long_run_without_punctuation_is_cut_whole() -> None:
    assert "".join(tokens("村" * 5000)) == "村" * 5000


def test_words_with_one_stem_are_one_and_unknown_languages_have_none() -> None:
    stem = stemmer("en")
    assert stem("villages") == stem("village")
    assert stemmer("xx")("villages") == "villages"
    assert "the" in stopwords("en")
    assert "的" in stopwords("zh")
    assert not stopwords("xx")


def test_each_chinese_character_counts_and_each_run_of_letters() -> None:
    assert count_words("桐口镇 has 3412 houses") == 3 + 3
    assert count_words("") == 0
    assert count_words("ひらがな") == 4


@given(st.text())
def test_tokens_are_never_empty_and_any_text_has_a_count(text: str) -> None:
    assert all(word.strip() for word in tokens(text))
    assert count_words(text) >= 0
