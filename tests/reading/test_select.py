"""Selection: so many sentences, or as many as a budget of words holds."""

from __future__ import annotations

from bot.models.reading import Sentence
from bot.models.summaries import Length
from bot.reading.keywords import keywords
from bot.reading.select import select


def ranked(*sizes: int, word: str = "word ") -> list[Sentence]:
    """The best first; the later ranked, the earlier it stands."""
    return [
        Sentence((word * size).strip(), 1000 - place, 0, None, None, 1.0)
        for place, size in enumerate(sizes)
    ]


def sizes(found: tuple[Sentence, ...]) -> list[int]:
    return [len(sentence.text.split()) for sentence in found]


def test_sentences_are_told_in_the_order_of_the_source() -> None:
    assert sizes(select(ranked(1, 2, 3, 4), Length(3))) == [3, 2, 1]
    assert sizes(select(ranked(1, 2), Length(9))) == [2, 1]


def test_the_sentence_that_crosses_the_budget_stays_if_that_lands_closer() -> None:
    assert sizes(select(ranked(10, 9), Length(16, "words"))) == [9, 10]
    assert sizes(select(ranked(10, 9), Length(14, "words"))) == [10]
    assert sizes(select(ranked(10, 10, 1), Length(20, "words"))) == [10, 10]


def test_a_budget_below_the_best_sentence_still_gives_that_sentence() -> None:
    assert sizes(select(ranked(30, 2), Length(5, "words"))) == [30]
    assert select([], Length(5, "words")) == ()


def test_each_chinese_character_is_a_word_of_the_budget() -> None:
    found = select(ranked(10, 10, word="水"), Length(12, "words"))
    assert [len(sentence.text) for sentence in found] == [10]


def test_keywords_are_few_and_none_is_a_stopword() -> None:
    text = "The gate keeps the water. Gates and the gate keep water from the town in 1998. " * 3
    assert keywords(text, "en")[0] == "gate"
    assert not {"the", "and", "from", "1998"} & set(keywords(text, "en"))
    assert len(keywords(" ".join(f"w{chr(97 + n)}rd" for n in range(26)), "en")) == 8
    assert "水厂" in keywords("新水厂的供水能力。水厂的管网。水厂的水。", "zh")
