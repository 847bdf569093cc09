"""Languages are told apart by script and by common words; most have stop words and a stemmer."""

from __future__ import annotations

import pytest

from bot.words.language import LANGUAGES, detect, known_language
from bot.words.tokens import _STEMMERS, stemmer, stopwords, tokens
from tests.words.samples import STORY, story


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour authority reviewed the gate and found that it works."),
        ("en", "Fed raises rates"),
        ("zh", "桐口镇农村供水工程于2022年9月开工。"),
        ("zh", "本市GDP增长，WTO rules适用"),
        ("de", "Der Hund ist nicht da, und das ist gut so für uns alle hier im Haus."),
        ("ar", "مرحبا بك"),
        ("und", "Xyz qwv bnm ghj klz wrt pqs dfg zzz vvv nnn mmm kkk lll."),
        ("und", "123 😀"),
        ("und", ""),
    ],
)
def test_a_text_says_its_language(language: str, text: str) -> None:
    assert detect(text) == language


def test_an_english_page_with_a_few_chinese_names_is_english() -> None:
    assert detect("The town of 桐口 is in the south and has a river that floods.") == "en"


@pytest.mark.parametrize("language", STORY)
def test_a_short_story_tells_its_language(language: str) -> None:
    assert detect(story(language)) == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-AT", "de"),
        ("nb", "no"),
        ("zh_Hans", "zh"),
        ("PT-br", "pt"),
        ("tlh", None),
        (None, None),
    ],
)
def test_a_tag_names_a_language_or_is_not_believed(tag: str | None, language: str | None) -> None:
    assert known_language(tag) == language


@pytest.mark.parametrize("language", sorted(_STEMMERS))
def test_a_language_with_a_stemmer_has_stop_words_and_may_be_named(language: str) -> None:
    assert stemmer(language)("x")
    assert language in LANGUAGES
    assert len(stopwords(language)) > 10 or language == "ta"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häuser", "Häusern"),
        ("fr", "maison", "maisons"),
        ("es", "puertas", "puerta"),
        ("ru", "дома", "домов"),
        ("fi", "talot", "talossa"),
        ("tr", "evler", "evlerde"),
        ("ar", "المدينة", "مدينة"),
        ("el", "σπίτια", "σπίτι"),
    ],
)
def test_forms_of_one_word_have_one_stem(language: str, one: str, other: str) -> None:
    stem = stemmer(language)
    assert stem(tokens(one)[0]) == stem(tokens(other)[0])


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "ru", "sv", "fi", "hu", "ar"]
)
def test_stop_words_leave_what_a_text_is_about(language: str) -> None:
    words = tokens(story(language))
    kept = [word for word in words if word not in stopwords(language)]
    assert 4 < len(kept) < len(words)
