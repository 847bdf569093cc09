"""What Telegram cut is one text again, and what was sent apart stays apart."""

from __future__ import annotations

from bot.words.count import MESSAGE_UNITS
from bot.words.joining import join

SENTENCE = "The committee met on Monday and planted forty trees. "


def full(end: str) -> str:
    """A message at the limit that ends so."""
    text = SENTENCE * 100
    return text[: MESSAGE_UNITS - len(end)] + end


def test_a_word_that_was_cut_in_two_is_one_again() -> None:
    assert join([full(" comm"), "ittee met."]).endswith(" committee met.")
    assert join([full(" xyl"), "ophone met."]).endswith(" xylophone met.")


def test_a_blank_that_telegram_took_away_comes_back() -> None:
    assert join([full(" the committee"), "planted trees."]).endswith("committee planted trees.")
    assert join([full("")[:3990] + " the", "end of it"]).endswith(" the end of it")


def test_chinese_is_joined_without_anything_between() -> None:
    text = "书记主持了党建工作会议，" * 700
    pieces = [text[at : at + MESSAGE_UNITS] for at in range(0, len(text), MESSAGE_UNITS)]
    assert join(pieces) == text


def test_emoji_count_as_telegram_counts_them() -> None:
    assert join(["😀" * 2048, "😀 end"]) == "😀" * 2049 + " end"


def test_short_messages_are_paragraphs_of_their_own() -> None:
    assert join(["One.", "Two."]) == "One.\n\nTwo."
    assert join([]) == ""
    assert join(["One."]) == "One."
