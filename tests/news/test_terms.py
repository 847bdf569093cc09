"""What an entry is about, as clustering sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.news import terms
from bot.news.notices import is_column, without_notices

if TYPE_CHECKING:
    from bot.models.stories import Sketch

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)


def sketch(title: str, text: str = "", *, pool: str = "en", source: str = "Times") -> Sketch:
    return terms.sketch(title, text, pool, source, AT)


def shared(left: Sketch, right: Sketch) -> int:
    return len(set(left.counts) & set(right.counts))


def test_forms_of_a_word_are_one_term_and_small_words_none() -> None:
    assert shared(sketch("The minister resigned"), sketch("Ministers resigning today")) == 2
    assert not sketch("What is it and why did they").counts


def test_case_genitives_and_hyphens_make_no_difference() -> None:
    assert shared(sketch("Berlin's long-awaited airport"), sketch("AIRPORT of BERLIN awaited")) == 3


@pytest.mark.parametrize(
    ("left", "right", "many"),
    [
        ("央行下调准备金率", "准备金率下调", 3),
        ("地铁九号线开通", "九号线今日开通", 3),
        ("我们的城市", "你们的城市", 1),
    ],
)
def test_chinese_is_compared_by_pairs_of_characters(left: str, right: str, many: int) -> None:
    assert shared(sketch(left, pool="zh"), sketch(right, pool="zh")) == many
    assert sketch(left, pool="zh").paired


def test_numbers_keep_their_decimals() -> None:
    assert shared(sketch("5.8级地震"), sketch("5.8级强震")) == 1
    assert shared(sketch("rates at 2.5 per cent"), sketch("rates at 3.5 per cent")) == 2


def test_other_languages_have_terms_too() -> None:
    assert shared(sketch("Землетрясение на Камчатке"), sketch("Камчатка после землетрясения")) == 2
    assert shared(sketch("زلزال في المغرب"), sketch("المغرب بعد زلزال")) >= 2
    assert not sketch("😀😀 !!!").counts
    assert not sketch("").counts


def test_entries_of_different_pools_have_nothing_in_common() -> None:
    live, sample = (terms.pool_of("en", sample=sample) for sample in (False, True))
    assert live != sample
    assert shared(sketch("Moon found", pool=live), sketch("Moon found", pool=sample)) == 0
    assert shared(sketch("Gold 2024", pool="en"), sketch("Gold 2024", pool="de")) == 0


def test_the_title_counts_more_than_the_text_and_the_beginning_more_than_the_end() -> None:
    entry = sketch("Comet", "Star " + "filler " * 300 + "planet")
    comet, star, planet = (next(iter(sketch(word).counts)) for word in ("Comet", "Star", "planet"))
    assert entry.counts[comet] > entry.counts[star] > entry.counts[planet] > 0
    assert planet not in entry.head


def test_names_are_words_with_a_capital_within_a_sentence() -> None:
    def names(title: str, text: str = "") -> int:
        return len(sketch(title, text).names)

    assert names("Strong quake hits Japan") == 1
    assert names("Estmark holds rates") == 0
    assert names("Estmark holds rates", "The central bank of Estmark said so.") == 1
    assert names("央行下调准备金率") == 0


def test_titles_that_differ_in_dates_and_numbers_have_one_skeleton() -> None:
    def skeleton(title: str) -> int:
        return sketch(title).skeleton

    assert skeleton("Weather for 3 May") == skeleton("Weather for Tuesday, 14 June")
    assert skeleton("江城天气（5月3日）") == skeleton("江城天气（12月14日）")
    assert skeleton("五月三日要闻") == skeleton("十二月十四日要闻")
    assert skeleton("Weather for 3 May") != skeleton("Traffic for 3 May")


@pytest.mark.parametrize(
    "notice",
    [
        "Please enable JavaScript to read this page.",
        "The page you requested was not found.",
        "Sign up for our newsletter!",
        "Media playback is not supported on this device",
        "此文未经授权不得转载。",
    ],
)
def test_what_only_speaks_of_the_page_is_no_evidence(notice: str) -> None:
    assert without_notices(notice) == ""
    news = "A comet was found. It is green."
    assert without_notices(f"{news}\n{notice}").split() == news.split()
    assert not sketch(notice, notice).counts


def test_news_about_such_things_stays() -> None:
    news = "The council bans cookies in schools. Robots may vote."
    assert without_notices(news) == news


@pytest.mark.parametrize(
    "title",
    [
        "Morning briefing: what you need to know on Tuesday",
        "The week in pictures",
        "Weather for 3 May",
        "Lottery results for draw 184",
        "Briefing | Trains and rain",
        "早报：5月3日你需要知道的事",
        "江城天气预报（5月3日）",
    ],
)
def test_a_column_is_about_nothing_in_particular(title: str) -> None:
    assert is_column(title)
    assert not sketch(title, "Rovers beat United and a comet was found.").counts


@pytest.mark.parametrize(
    "title",
    [
        "Roundup weedkiller trial begins",
        "Minister leaves briefing in anger",
        "Woman wins biggest lottery jackpot",
        "Weather kills three in the Alps",
        "晚间火灾致两人受伤",
    ],
)
def test_news_that_uses_the_words_of_columns_is_news(title: str) -> None:
    assert not is_column(title)


def test_a_huge_text_is_looked_at_in_its_beginning_only() -> None:
    assert len(sketch("x", "word" * 500_000).counts) <= 2
    assert len(sketch("汉" * 100_000, "字母" * 500_000, pool="zh").counts) <= 4


def test_halves_of_surrogate_pairs_do_no_harm() -> None:
    assert sketch("caf\ud800e terrace", "x\udfff y\0z").counts
