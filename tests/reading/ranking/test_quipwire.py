"""Our own ranker: what it prefers, and what it survives."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from bot.reading.rank import rank
from bot.reading.ranking.features import Features
from bot.reading.ranking.passages import Passages
from bot.reading.ranking.rating import rate
from bot.reading.ranking.scorer import learned, score
from bot.reading.ranking.summarizers import QuipwireSummarizer
from bot.reading.ranking.terms import split, terms

REPORT = [
    "The harbour board closed the flood gate four times this winter to keep water out of town.",
    "Closing the flood gate kept the water out of the town each time, the harbour board found.",
    "The flood gate needs new seals, and the board recommends to replace them before October.",
    "Perhaps you would like to see figure 3?",
    "Thank you, and good morning to you all.",
    "Seals for the flood gate cost 42,000 euros, and the town has set the money aside.",
]
MEETING = [
    "会议决定，今年第三季度完成水厂二期工程，日供水能力提高到三千立方米。",
    "大家好，那个，我们开始吧。",
    "水厂二期工程由县水务局负责，资金来自省级专项，工程款按季度拨付。",
    "嗯，对对，就是这样的。",
]


def best(sentences: list[str], language: str, count: int, title: str = "") -> list[str]:
    ratings = rate(Passages(sentences, list(range(len(sentences))), language, title))
    order = sorted(range(len(sentences)), key=lambda index: -ratings[index])[:count]
    return [sentences[index] for index in sorted(order)]


def test_small_talk_is_not_among_the_best() -> None:
    assert not {REPORT[3], REPORT[4]} & set(best(REPORT, "en", 4))
    assert best(MEETING, "zh", 2) == [MEETING[0], MEETING[2]]


def test_a_sentence_in_other_words_is_not_told_next_to_the_first() -> None:
    assert not {REPORT[0], REPORT[1]} <= set(best(REPORT, "en", 2))


def test_three_sentences_are_contained_in_seven() -> None:
    many = [f"The pump of village {index} gives {index} litres of water." for index in range(20)]
    few, more = best(many + REPORT, "en", 3), best(many + REPORT, "en", 7)
    assert set(few) <= set(more)


@pytest.mark.parametrize(
    "sentences",
    [
        ["One sentence stands alone."],
        ["The of and to.", "It is that."],
        ["😀 😀 😀", "🎉"],
        ["مرحبا بكم في المدينة القديمة.", "تقع المدينة على البحر."],
        ["The same again."] * 50,
        ["", " ", "?"],
        ["水" * 3000],
        ["1 2 3 4 5.", "6 7 8."],
        ["ไม่มีช่องว่างระหว่างคำ", "ภาษาไทย"],
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "other"])
def test_odd_texts_are_rated_too(sentences: list[str], language: str) -> None:
    ratings = rate(Passages.of(sentences, language))
    assert len(ratings) == len(sentences)
    assert all(map(math.isfinite, ratings))


def test_in_a_long_text_what_many_sentences_speak_of_is_found_and_told_once() -> None:
    many = [
        " ".join(f"word{(index * 7 + at) % 9_973}" for at in range(8)) for index in range(10_000)
    ]
    for index in range(500, 10_000, 1_000):
        many[index] = f"The board replaces the seals of the flood gate in harbour {index}."
    scores = rank(Passages.of(many, "en"))
    best = sorted(range(len(many)), key=lambda index: -scores[index])[:400]
    assert len(set(range(500, 10_000, 1_000)) & set(best)) == 1


def test_each_feature_has_a_weight_and_each_weight_a_feature() -> None:
    features, weights = Features(Passages.of(REPORT, "en")), learned()
    assert set(features.sentences) == set(weights.sentences)
    assert set(features.kind) == set(weights.kinds)
    for leaning in weights.leaning.values():
        assert set(leaning) <= set(weights.sentences)


def test_each_word_with_a_weight_is_one_that_a_text_can_have() -> None:
    words = learned().words
    assert words
    assert all(split(word) == [word.lower()] for word in words)


def test_a_sentence_has_a_word_or_not_however_often_and_in_whatever_letters() -> None:
    found = terms(["The GATE holds, the gate’s seals don’t.", "大家好。"], "en")
    held = found.holding(["the", "gate", "don't", "大家", "moat"]).toarray()
    assert held.tolist() == [[1, 1, 1, 0, 0], [0, 0, 0, 1, 0]]


def test_a_word_lifts_each_sentence_that_has_it() -> None:
    features, weights = Features(Passages.of(REPORT, "en")), replace(learned(), words={})
    lifted = score(features, replace(weights, words={"seals": 2.0})) - score(features, weights)
    assert lifted == pytest.approx([2.0 * ("seals" in text.lower()) for text in REPORT])


class Words:
    def to_words(self, text: str) -> list[str]:
        return text.split()


def test_sumy_finds_a_summarizer_like_its_own() -> None:
    words = Words()
    paragraph = [Sentence("Flood gate", words, is_heading=True)]
    paragraph += [Sentence(text, words) for text in REPORT]
    document = ObjectDocumentModel([Paragraph(paragraph)])
    chosen = [str(sentence) for sentence in QuipwireSummarizer("en")(document, 3)]
    assert chosen == [text for text in REPORT if text in chosen]
    assert len(chosen) == 3
    assert QuipwireSummarizer("en")(ObjectDocumentModel([]), 3) == ()
