"""An entry stays the same entry whatever is changed about it but its name and its address."""

from __future__ import annotations

import pytest

from bot.news.addresses import absolute, canonical
from bot.news.feeds import parse
from tests.news.samples import ADDRESS, item, rss


def keys(*items: str) -> list[set[str]]:
    return [set(entry.keys) for entry in parse(rss(*items).encode(), ADDRESS).entries]


def test_an_entry_is_known_by_its_guid_and_by_its_address() -> None:
    (before,) = keys(item())
    (other_guid,) = keys(item(guid="cms-2"))
    (other_link,) = keys(item(link="https://news.example/moved"))
    (neither,) = keys(item(guid="cms-2", link="https://news.example/moved"))
    assert before & other_guid
    assert before & other_link
    assert not before & neither


def test_words_and_dates_do_not_make_another_entry_but_another_digest() -> None:
    items = (
        item(),
        item(title="Story 1, corrected"),
        item(description="what  happened in story 1."),
    )
    one, two, three = (parse(rss(each).encode(), ADDRESS).entries[0] for each in items)
    assert one.keys == two.keys == three.keys
    assert one.digest == three.digest != two.digest


def test_entries_that_share_an_address_are_told_apart_by_their_guids() -> None:
    shared = "https://news.example/live"
    one, two = keys(item(1, link=shared), item(2, link=shared))
    assert not one & two


def test_entries_that_share_a_guid_are_told_apart_by_their_addresses() -> None:
    one, two = keys(item(1, guid="always"), item(2, guid="always"))
    assert not one & two


def test_the_front_page_names_no_entry() -> None:
    one, two = (
        keys(item(1, link="https://news.example/")),
        keys(item(2, link="https://news.example")),
    )
    assert not one[0] & two[0]


def test_without_guid_and_address_the_title_names_it() -> None:
    one, two = keys(item(1, guid="", link=""), item(2, guid="", link=""))
    assert not one & two
    (again,) = keys(item(1, guid="", link="", description="Edited."))
    assert again in (one, two)


def test_the_same_entry_twice_in_a_feed_is_one() -> None:
    assert len(keys(item(1), item(1), item(2))) == 2


@pytest.mark.parametrize(
    "spelling",
    [
        "http://example.org/news/7?id=1&lang=en",
        "https://www.example.org/news/7/?lang=en&id=1",
        "https://EXAMPLE.org:443/news/7?id=1&lang=en#comments",
        "https://example.org/news/7?id=1&lang=en&utm_source=rss&utm_medium=feed",
        "https://example.org/news/7?fbclid=abc&id=1&gclid=1&lang=en&mc_cid=2&ref=home",
        "https://m.example.org/news/7?id=1&lang=en",
        "https://amp.example.org/news/7/amp/?id=1&lang=en",
        "https://example.org/amp/news/7?id=1&lang=en&outputType=amp",
        "https://example.org/news/./x/../7?id=1&lang=en",
        "https://example.org/news/%37?id=1&lang=en",
    ],
)
def test_one_page_has_one_canonical_address(spelling: str) -> None:
    assert canonical(spelling) == "example.org/news/7?id=1&lang=en"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/show?123", "https://example.org/show?124"),
        ("https://example.org/a?cid=1", "https://example.org/a?cid=2"),
        ("https://example.org/a?source=x&id=1", "https://example.org/a?source=y&id=1"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://m.org/a", "https://org/a"),
        ("https://example.org/文章/1", "https://example.org/文章/2"),
        ("https://example.org/camp", "https://example.org/c"),
    ],
)
def test_different_pages_stay_different(one: str, two: str) -> None:
    assert canonical(one) != canonical(two)


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "javascript:x()", "http://[::1/", "x y"])
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical(url) is None
    assert absolute("https://example.org/", url if ":" in url else None) is None


def test_addresses_are_made_whole() -> None:
    assert absolute("https://example.org/a/b", "../c") == "https://example.org/c"
    assert absolute("https://example.org/a", "//cdn.example/x") == "https://cdn.example/x"
    assert absolute("https://example.org/a", " https://x.example/\n1 ") == "https://x.example/1"
    assert absolute("https://example.org/a", "x" * 5000) is None
