"""Sentences: where they begin and end, in any mix of English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.sentences import sentences
from tests.words.samples import STORY, story

SIGNS = "aZ9.!?…。！？”“\"'）(《》,，、 \t\n\r\u3000\u2028\ufeff\x00"
WORDS = [
    "Dr.",
    "3.5",
    "U.S.",
    "说",
    "树",
    "...",
    "。”",
    "\r\n\r\n",
    "The",
    "😀",
    "\ud800",
    "مرحبا",
    "नमस्ते",
    "z. B.",
    " »",
    "“ ",
    "¿",
    "؟ ",
    "です。",
]
PIECES = st.sampled_from([*SIGNS, *WORDS])


def cut(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. J. Smith paid $3.5 million.", "He left at 5 p.m.", "The rest stayed."],
        ["The U.S. Government said so.", "It happened in the U.S.", "The end came later."],
        ["See Fig. 3 and No. 4 of vol. 2.", "It is on p. 9."],
        ["1. The river was cleaned.", "2. The trees were planted.", "He was 40.", "So was she."],
        ["Wait... what did he say?", "Nothing..."],
        ["I'm A Celebrity ... Get Me Out Of Here was on.", "Nobody watched."],
        ['He said "Go."', "Then he went.", '"Really?" she asked.', "(It was late.)"],
        ["What?!", "No way!", "Yahoo! is a firm."],
        ["the results were good .", "the mice slept ."],
    ],
)
def test_english_is_cut_where_a_reader_would_cut(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“你好！”他说。", "真的吗？！", "是的。”", "第二天他走了。"],
        ["他说：“我……”然后走了。", "他来了（真的！）然后走。", "（完。）", "好。"],
        ["增长3.5%。", "ABC Inc.今天宣布。", "下一句!", "又一句?", "没有句号"],
        ["一，二；三：四。", "五！", "六？"],
    ],
)
def test_chinese_is_cut_after_its_stops_and_closing_quotes(expected: list[str]) -> None:
    assert cut("".join(expected)) == expected


@pytest.mark.parametrize("language", STORY)
def test_every_language_is_cut_where_its_readers_would_cut(language: str) -> None:
    assert cut(story(language), language) == STORY[language]


def test_an_abbreviation_ends_a_sentence_before_a_word_that_opens_one() -> None:
    german = ["Er kaufte Tore, Boote usw.", "Das war im Jahr 1990.", "Die Stadt zahlte."]
    assert cut(" ".join(german), "de") == german
    russian = ["Это было в 1990 г.", "Он жил в г. Пскове."]
    assert cut(" ".join(russian), "ru") == russian


def test_quotes_of_any_language_close_with_their_sentence() -> None:
    assert cut("»Es hält.« Dann ging er.", "de") == ["»Es hält.«", "Dann ging er."]
    assert cut("« Ça tient ! » dit-il. Il part.", "fr") == ["« Ça tient ! » dit-il.", "Il part."]
    assert cut("”Det håller.” Han gick.", "sv") == ["”Det håller.”", "Han gick."]


def test_what_is_a_question_in_greek_goes_on_elsewhere() -> None:
    assert len(cut("Είναι αλήθεια; Ναι.", "el")) == 2
    assert len(cut("Is it true; Yes it is.")) == 1


def test_an_unbalanced_quote_does_not_swallow_the_end_of_a_sentence() -> None:
    text = 'Grasp the secretary” mechanism. "One hand is hard. Next comes “the other.'
    assert cut(text) == [
        "Grasp the secretary” mechanism.",
        '"One hand is hard.',
        "Next comes “the other.",
    ]


def test_a_missing_space_after_a_stop_is_seen_before_a_common_opening_word() -> None:
    assert cut("It ended.The next day came. See node.js or Asp.Net.") == [
        "It ended.",
        "The next day came.",
        "See node.js or Asp.Net.",
    ]


def test_a_line_end_keeps_a_sentence_together_and_an_empty_line_ends_it() -> None:
    assert cut("One line\nand another\r\n\r\nA new one") == ["One line\nand another", "A new one"]


@pytest.mark.parametrize("text", ["", " \n ", "...", "😀😀", "\x00"])
def test_there_is_no_sentence_without_a_letter_or_digit(text: str) -> None:
    assert cut(text) == []


@pytest.mark.parametrize(
    "piece", ["a", ".", ". ", '."', "\n ", " ", "(。", "。", '"', "…", "\n\n", "a. ", ".a", "A."]
)
def test_a_long_monotonous_text_is_cut_without_trouble(piece: str) -> None:
    assert isinstance(cut(piece * 50_000), list)


@given(
    st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80),
    st.sampled_from(["en", "zh", "de", "fr", "el", "ja", "ru", "und"]),
)
def test_spans_are_trimmed_in_order_and_leave_out_nothing_that_is_a_word(
    text: str, language: str
) -> None:
    spans = sentences(text, language)
    rest, last = [], 0
    for start, end in spans:
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        rest.append(text[last:start])
        last = end
    assert not any(char.isalnum() for char in "".join(rest) + text[last:])
