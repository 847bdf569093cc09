"""A page's address leads to its feeds."""

from __future__ import annotations

import pytest

from bot.child import tasks
from bot.errors import UserError
from bot.models.feeds import FeedLink, WebPage
from bot.news.discovery import MOST_LINKS, links

PAGE = """
<!doctype html><html><head><base href="/site/"><title>Paper</title>
<link rel="stylesheet" href="x.css"><link rel="alternate" hreflang="de" href="/de">
<link rel="alternate" type="application/rss+xml" title="Comments on Paper" href="comments.xml">
<link REL="Alternate" TYPE="application/atom+xml; charset=utf-8" title="All &amp; more"
href="all.xml">
<link rel="alternate" type="application/rss+xml" href="https://other.example/rss">
<link rel="alternate" type="application/rss+xml" href="all.xml">
</head><body><p>Words
"""


def test_the_feeds_of_a_page_come_in_its_order_and_comments_last() -> None:
    assert links(PAGE.encode(), "https://paper.example/town/") == (
        FeedLink("https://paper.example/site/all.xml", "All & more"),
        FeedLink("https://other.example/rss", ""),
        FeedLink("https://paper.example/site/comments.xml", "Comments on Paper"),
    )


def test_the_name_of_a_feed_is_read_in_the_letters_of_its_page() -> None:
    page = "<link rel=alternate type='application/rss+xml' href=/f title=Größe>"
    for encoding in ("utf-8", "latin1"):
        assert links(page.encode(encoding), "https://paper.example/")[0].title == "Größe"


def test_a_page_may_begin_with_what_xml_begins_with() -> None:
    page = '<?xml version="1.0" encoding="latin1"?>\n<html><head><title>Größe</title>' + PAGE
    assert len(links(page.encode("latin1"), "https://paper.example/town/")) == 3


@pytest.mark.parametrize("page", [b"", b"<html>", b"\0\xff", b"<link rel=alternate>"])
def test_a_page_without_feeds_names_none(page: bytes) -> None:
    assert links(page, "https://paper.example/") == ()


def test_of_very_many_only_the_first_are_named() -> None:
    many = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{number}.xml">'
        for number in range(1000)
    )
    assert len(links(many.encode(), "https://paper.example/")) == MOST_LINKS


def test_reading_a_page_as_a_feed_tells_its_feeds_or_that_there_are_none() -> None:
    found = tasks.read_feed(PAGE.encode(), "https://paper.example/", "text/html", None)
    assert isinstance(found, WebPage)
    assert found.links[0].title == "All & more"
    with pytest.raises(UserError, match="gives a web page, not a feed"):
        tasks.read_feed(b"<html><body>Hello", "https://paper.example/", "text/html", None)
