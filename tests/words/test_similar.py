"""Near-duplicates are found in spite of case, punctuation and a word changed."""

from __future__ import annotations

from bot.words.similar import alike, likeness, shingles

JOKE = "Why did the scarecrow win a prize? Because he was outstanding in his field."
SAME = "why did the SCARECROW win a prize - because he was outstanding in his field!"
NEAR = "Why did the scarecrow win an award? Because he was outstanding in his field."
OTHER = "Parallel lines have so much in common. It is a shame that they will never meet."


def measure(left: str, right: str) -> float:
    return likeness(shingles(left), shingles(right))


def test_case_and_punctuation_do_not_count() -> None:
    assert measure(JOKE, SAME) == 1.0


def test_a_changed_word_is_near_and_another_joke_is_far() -> None:
    assert measure(JOKE, NEAR) > 0.7
    assert measure(JOKE, OTHER) < 0.2


def test_chinese_is_compared_by_pairs_of_characters() -> None:
    assert measure("老王说：领导，这报告太长了。", "老王说，领导：这份报告太长了！") > 0.6
    assert measure("老王说：领导，这报告太长了。", "小李问老师，月亮有多远？") < 0.1


def test_empty_texts_are_the_same_and_unlike_all_others() -> None:
    assert measure("", "...") == 1.0
    assert measure("", JOKE) == 0.0


def test_pairs_are_told_by_their_indexes() -> None:
    assert [pair[:2] for pair in alike([JOKE, OTHER, NEAR, SAME], 0.6)] == [(0, 2), (0, 3), (2, 3)]
