"""feeds.opml is looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.content import read_folder, writing
from bot.content.feeds import read_feeds, read_others
from bot.models.feeds import FeedEntry
from tests.content.samples import put, told

if TYPE_CHECKING:
    from pathlib import Path

FEED = '<outline type="rss" title="Times" xmlUrl="https://example.org/rss" language="en"/>'


def opml(*feeds: str, topic: str = "world") -> str:
    body = "\n".join(feeds)
    return (
        f'<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="{topic}">\n'
        f"{body}\n</outline></body></opml>"
    )


def test_a_feed_has_an_address_a_title_a_language_and_a_topic(tmp_path: Path) -> None:
    put(tmp_path, "feeds.opml", opml(FEED, topic="sport"))
    content = read_folder(tmp_path)
    assert content.feeds == (FeedEntry("https://example.org/rss", "Times", "en", "sport"),)
    assert told(content) == []


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (FEED.replace(' language="en"', ""), "“language” is missing"),
        (FEED.replace('"en"', '"xx"'), "“xx” is no language"),
        (FEED.replace("https://", "feed://"), "should be a whole one"),
        (FEED.replace(' title="Times"', ""), "“title” is missing"),
        (FEED.replace("Times", " "), "“title” is empty"),
        (FEED.replace("type", "kind"), "“kind” is unknown"),
        (FEED.replace("/>", ">"), "no valid XML: mismatched tag"),
        (FEED.replace("Times", "A & B"), "no valid XML"),
    ],
)
def test_a_broken_feed_is_told_with_its_line(tmp_path: Path, feed: str, words: str) -> None:
    put(tmp_path, "feeds.opml", opml(feed))
    problem = told(read_folder(tmp_path))[-1]
    assert words in problem
    assert problem.startswith(("feeds.opml:3: ", "feeds.opml:4: "))


def test_a_feed_belongs_to_a_topic_that_exists(tmp_path: Path) -> None:
    put(tmp_path, "feeds.opml", opml(FEED, topic="gossip"))
    (problem,) = told(read_folder(tmp_path))
    assert problem.startswith("feeds.opml:3: The topic “gossip” is unknown")
    put(tmp_path, "feeds.opml", f"<opml><body>{FEED}</body></opml>")
    (problem,) = told(read_folder(tmp_path))
    assert "in the outline of its topic" in problem


def test_a_feed_stands_there_once(tmp_path: Path) -> None:
    put(tmp_path, "feeds.opml", opml(FEED, FEED))
    content = read_folder(tmp_path)
    assert told(content) == ["feeds.opml:4: This feed stands in line 3 already; please keep one."]
    assert len(content.feeds) == 1


def test_a_file_that_grows_when_it_is_read_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<opml>&b;</opml>'
    put(tmp_path, "feeds.opml", bomb)
    (problem,) = told(read_folder(tmp_path))
    assert problem.startswith("feeds.opml:1: A document type has no place here")


def test_how_often_a_feed_is_asked_and_that_it_is_paused_is_written_and_read_back() -> None:
    feeds = [
        FeedEntry("https://one.example/rss", "One", "en", "world", pace=60),
        FeedEntry("https://two.example/rss", "Two & <b>", "zh", "sport", paused=True),
        FeedEntry("https://three.example/rss", "Three", "de", "world"),
    ]
    read = {found for _, found in read_feeds(writing.opml(feeds))}
    assert read == set(feeds)
    assert {found for _, found in read_others(writing.opml(feeds), "en")} == set(feeds)


@pytest.mark.parametrize("pace", ["-5", "0", "1e9", "九", "1000000", "", "60 minutes"])
def test_a_pace_that_is_none_is_left_to_the_feed(pace: str) -> None:
    outline = FEED.replace("<outline ", f'<outline pace="{pace}" paused="no" ')
    ((_, found),) = read_feeds(opml(outline).encode())
    assert isinstance(found, FeedEntry)
    assert (found.pace, found.paused) == (0, False)
