"""Ranking: sumy's methods on our own sentences and words."""

from __future__ import annotations

import socket
import sys
from unittest import mock

import pytest

from bot.errors import UserError
from bot.reading.rank import METHODS
from bot.reading.rank import rank as ranked
from bot.reading.ranking.passages import Passages
from bot.reading.ranking.summarizers import MOST_COMPARED

ENGLISH = [
    "The harbour gate was closed four times to keep the water out of the town.",
    "A gate in the harbour keeps the water of the spring tides out of the town.",
    "The committee drinks coffee.",
    "Water came into the town before the harbour had a gate.",
]
CHINESE = ["水厂每天供水一千八百立方米。", "水厂供水能力为三千立方米。", "委员会喝咖啡。"]


def rank(sentences: list[str], language: str, method: str = "quipwire") -> list[float]:
    return ranked(Passages.of(sentences, language), method)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_of_the_roll_scores_every_sentence(method: str) -> None:
    for sentences, language in ((ENGLISH, "en"), (CHINESE, "zh"), (ENGLISH[:1], "xx"), ([], "en")):
        scores = rank(sentences, language, method)
        assert len(scores) == len(sentences)
        assert all(0.0 <= score <= 1.0 for score in scores)


def test_the_sentence_that_shares_no_words_comes_last() -> None:
    scores = rank(ENGLISH, "en", "reduction")
    assert min(range(4), key=scores.__getitem__) == 2


def test_sentences_without_words_in_common_stay_in_their_order() -> None:
    scores = rank(["Alpha beta.", "Gamma delta."], "en", "lex-rank")
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_method_is_told_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="There is no method gpt; there are quipwire, lex-rank"):
        rank(ENGLISH, "en", "gpt")


def test_of_a_very_long_text_sumy_only_compares_the_nearest_sentences() -> None:
    common = ["The gate keeps the water out of the harbour town."] * MOST_COMPARED
    rare = [f"Word{index} stands alone here{index}." for index in range(50)]
    scores = rank([*rare, *common], "en", "lex-rank")
    assert scores[:50] == [0.0] * 50


def test_nothing_is_ever_downloaded() -> None:
    with (
        mock.patch.object(socket, "socket", side_effect=AssertionError("a socket was opened")),
        mock.patch("nltk.download", side_effect=AssertionError("nltk.download was called")),
        mock.patch("nltk.data.load", side_effect=AssertionError("nltk data was asked for")),
    ):
        for method in METHODS:
            rank(ENGLISH + CHINESE, "en", method)
    assert "sumy.nlp.tokenizers" not in sys.modules
