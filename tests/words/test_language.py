"""Languages are told apart by script and by common words."""

from __future__ import annotations

import pytest

from bot.words.language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour authority reviewed the gate and found that it works."),
        ("en", "Fed raises rates"),
        ("zh", "桐口镇农村供水工程于2022年9月开工。"),
        ("zh", "本市GDP增长，WTO rules适用"),
        ("other", "Der Hund ist nicht da, und das ist gut so für uns alle hier im Haus."),
        ("other", "Le rapport est long et les chiffres sont dans les annexes du document."),
        ("other", "これは日本語の文章です。"),
        ("other", "Это русский текст."),
        ("other", "مرحبا بك"),
        ("other", "123 😀"),
        ("other", ""),
    ],
)
def test_a_text_says_its_language(language: str, text: str) -> None:
    assert detect(text) == language


def test_an_english_page_with_a_few_chinese_names_is_english() -> None:
    assert detect("The town of 桐口 is in the south and has a river that floods.") == "en"
