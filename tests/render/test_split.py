"""Long texts go out in parts that Telegram takes, and nobody misses a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from bot.playground.entities import utf16_length
from bot.playground.html import parse_html
from bot.render.split import clip, fit, plain, split
from bot.words.count import MESSAGE_UNITS, units
from tests.render.telegram import shown

# Whatever can stand in a message: no control characters but the line break, no lone surrogates.
anything = st.text(
    st.one_of(
        st.sampled_from("ab \n<>&\"'汉字。😀👩‍👩‍👧שלום\u202b"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=120,
)
TAGS = ("b", "i", "u", "s", "code", "tg-spoiler", "blockquote", "blockquote expandable",
        'a href="https://example.org/?a=1&amp;b=2"')  # fmt: skip


def wrapped(tag: str, inside: list[str]) -> str:
    return f"<{tag}>{''.join(inside)}</{tag.split(maxsplit=1)[0]}>"


html = st.lists(
    st.recursive(
        anything.map(lambda text: str(escape(text))),
        lambda inner: st.builds(wrapped, st.sampled_from(TAGS), st.lists(inner, max_size=4)),
        max_leaves=12,
    ),
    max_size=6,
).map("".join)
limits = st.integers(8, 120)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(html, limits)
def test_every_part_is_whole_html_within_the_limit(source: str, limit: int) -> None:
    for part in split(source, limit):
        text, _ = parse_html(part)
        assert utf16_length(text) <= limit


@given(html, limits)
def test_no_part_is_blank(source: str, limit: int) -> None:
    parts = split(source, limit)
    if len(parts) > 1:
        assert all(parse_html(part)[0].strip() for part in parts)


@given(html, limits)
def test_all_words_arrive_in_their_order(source: str, limit: int) -> None:
    whole, _ = parse_html(source)
    arrived = "".join(parse_html(part)[0] for part in split(source, limit))
    assert without_blanks(arrived) == without_blanks(whole)


@given(html, limits)
def test_what_was_bold_is_bold_in_every_part(source: str, limit: int) -> None:
    def bold(text: str) -> str:
        found, spans = parse_html(text)
        marked = {at for s in spans if s.kind == "bold" for at in range(s.start, s.end)}
        return without_blanks("".join(found[at] for at in sorted(marked)))

    assert "".join(map(bold, split(source, limit))) == bold(source)


@given(anything)
def test_plain_gives_back_what_was_escaped(text: str) -> None:
    assert plain(str(escape(text))) == text


@given(anything, st.integers(1, 60))
def test_clip_keeps_to_the_limit_and_says_that_it_cut(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert utf16_length(clipped) <= limit
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))


@given(anything, st.integers(0, 60))
def test_fit_takes_as_much_as_goes_in_and_no_half_characters(text: str, limit: int) -> None:
    count = fit(text, limit)
    assert utf16_length(text[:count]) <= limit
    assert count == len(text) or utf16_length(text[: count + 1]) > limit


@given(anything)
def test_units_count_as_telegram_counts(text: str) -> None:
    assert units(text) == utf16_length(text)


@given(html, limits)
def test_markup_is_cut_as_any_html_and_not_escaped_again(source: str, limit: int) -> None:
    assert split(Markup(source), limit) == split(source, limit)  # noqa: S704
    assert plain(Markup(source)) == plain(source)  # noqa: S704


def test_a_short_text_goes_out_as_it_is() -> None:
    assert split("<b>Grüße</b> &amp; 笑话") == ["<b>Grüße</b> &amp; 笑话"]


def test_a_text_of_exactly_the_limit_is_one_part_and_one_more_makes_two() -> None:
    assert len(split("<i>" + "😀" * (MESSAGE_UNITS // 2) + "</i>")) == 1
    assert len(split("<i>" + "😀" * (MESSAGE_UNITS // 2) + "a</i>")) == 2


def test_a_pair_of_surrogates_is_never_cut_in_two() -> None:
    first, second = split("a" + "😀" * MESSAGE_UNITS)[:2]
    assert first == "a" + "😀" * (MESSAGE_UNITS // 2 - 1)
    assert second == "😀" * (MESSAGE_UNITS // 2)


def test_a_line_break_is_the_best_place_to_cut_then_a_blank() -> None:
    assert split("one two\nthree four", 12) == ["one two", "three four"]
    assert split("one two three four", 10) == ["one two", "three four"]


def test_a_word_is_not_torn_because_a_tag_stands_before_it() -> None:
    parts = split("one two <b>three</b>", 10)
    assert [shown(part).text for part in parts] == ["one two", "three"]


def test_only_a_word_longer_than_a_message_is_torn() -> None:
    assert split("x" * 10 + " <b>" + "y" * 25 + "</b>", 10) == [
        "x" * 10, f"<b>{'y' * 10}</b>", f"<b>{'y' * 10}</b>", f"<b>{'y' * 5}</b>",
    ]  # fmt: skip


def test_chinese_without_blanks_fills_its_parts() -> None:
    parts = split("<b>标题</b>\n" + "汉" * 10_000)
    assert [shown(part).units for part in parts] == [4096, 4096, 1811]


def test_open_tags_are_closed_at_the_cut_and_opened_again() -> None:
    quote = '<blockquote expandable><a href="https://x.org/?a&amp;b">one two three</a></blockquote>'
    first, second = split(quote, 8)
    assert (
        first == '<blockquote expandable><a href="https://x.org/?a&amp;b">one two</a></blockquote>'
    )
    assert (
        second == '<blockquote expandable><a href="https://x.org/?a&amp;b">three</a></blockquote>'
    )


@pytest.mark.parametrize("blank", [" ", "\n", " \n"])
def test_a_desert_of_blanks_makes_no_empty_message(blank: str) -> None:
    desert = blank * 9000
    parts = split(desert + "oasis" + desert + "<b>" + desert + "</b>" + desert)
    assert [shown(part).text for part in parts] == ["oasis"]


def test_nothing_stays_nothing() -> None:
    assert split("") == [""]
    assert plain("") == clip("", 5) == ""


def test_it_cuts_between_paragraphs_and_never_within_a_quote_that_fits() -> None:
    items = ["<b>one</b> " + "a" * 40, "<blockquote>two\n\n" + "b" * 40 + "</blockquote>", "c" * 70]
    assert split("\n\n".join(items), 80) == items
