"""Where a feed has a teaser only, the article comes from its page, or it is said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.child import tasks
from bot.errors import UserError
from bot.services import articles, quotes
from bot.store import headlines
from tests.fetch.server import answers
from tests.news.samples import item, rss
from tests.services.test_refresh import NOW, Newsroom, children, db, room, server, web
from tests.store.samples import shelved

if TYPE_CHECKING:
    from bot.models.headlines import Headline

__all__ = ["children", "db", "room", "server", "web"]

STORY = (
    "<p>The town council of Elmford voted on Monday to rebuild the old bridge over the Elm.</p>"
    "<p>Work begins in March and is to take two years, the mayor said after the meeting. "
    "The county pays 40 percent of the cost of 12 million euros.</p>"
    "<p>Until then lorries have to take the long way round through the village of Ashby, where "
    "people complain of the noise. A petition against the plan had 300 signatures.</p>"
)
COOKIES = "<div class='note'><p>We use cookies. Accept all cookies to go on.</p></div>"


def page(body: str, head: str = "") -> bytes:
    text = f"<html><head><title>Bridge</title>{head}</head><body><article>{body}</article></body>"
    return text.encode()


async def bring(room: Newsroom, body: bytes, **values: str) -> Headline:
    """A teaser in a feed, its page on the same server, and the headline as a person gets it."""
    link = room.server.url("/story")
    entry = item(1, link=link, pubDate=NOW.isoformat(), **values)
    room.server.pages |= {"/feed": answers(200, rss(entry).encode()),
                          "/story": answers(200, body, Content_Type="text/html")}  # fmt: skip
    await room.follow()
    await room.refresh()
    return await shown(room)


async def shown(room: Newsroom) -> Headline:
    (headline, *_) = await room.db.read(shelved)
    (read,) = await quotes.of_headlines(room.db, room.children, [headline], room.web)
    return read


async def test_an_article_is_quoted_word_for_word_from_its_page(room: Newsroom) -> None:
    headline = await bring(room, page(STORY + COOKIES))
    assert headline.quotes is not None
    assert len(headline.quotes) == 2
    assert all(quote in STORY.replace("<p>", "") for quote in headline.quotes)
    texts = await room.db.read(headlines.texts, [headline.id])
    assert "cookies" not in texts[headline.id]
    assert await shown(room) == headline
    assert [asked.path for asked in room.server.asked] == ["/feed", "/story"]


async def test_the_newest_articles_are_fetched_before_anybody_asks(room: Newsroom) -> None:
    await bring(room, page(STORY))
    room.server.asked.clear()
    later = item(2, link=room.server.url("/story"), pubDate=NOW.isoformat(), guid="two")
    room.server.pages["/feed"] = answers(200, rss(later).encode())
    await room.follow("/feed?2")
    room.server.pages["/feed?2"] = room.server.pages["/feed"]
    await room.refresh()
    assert await articles.fetch_newest(room.db, room.web, room.children, NOW) == 1
    assert await articles.fetch_newest(room.db, room.web, room.children, NOW) == 0


async def test_a_whole_text_in_the_feed_needs_no_page(room: Newsroom) -> None:
    whole = STORY.replace("<", "&lt;") * 2
    headline = await bring(room, page(""), description=whole)
    assert headline.quotes
    assert [asked.path for asked in room.server.asked] == ["/feed"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (page("<p>Subscribe to continue reading.</p>"), "The article is behind a paywall."),
        (
            page("<p>A few words.</p>", '<script>{"isAccessibleForFree": false}</script>'),
            "The article is behind a paywall.",
        ),
        (page("<p>A few words.</p>"), "The page of the article has no text to quote."),
        (page(COOKIES * 50), "The page of the article has no text to quote."),
        (page(""), "The page of the article has no text to quote."),
        (b"%PDF-1.4 x", "The link leads to a file, not to a page with an article."),
        (b"", "The link leads to a file, not to a page with an article."),
    ],
)
def test_a_page_without_an_article_is_said_to_have_none(body: bytes, why: str) -> None:
    with pytest.raises(UserError) as told:
        tasks.read_article(body, None)
    assert str(told.value).startswith(why)


async def test_behind_a_paywall_only_what_the_feed_says_itself_is_quoted(room: Newsroom) -> None:
    cut = "The council voted for the bridge on Monday. The mayor spoke for an hour about…"
    headline = await bring(room, page("<p>Subscribe to continue.</p>"), description=cut)
    assert headline.quotes == ("The council voted for the bridge on Monday.",)
    why = await room.db.read(headlines.article_errors, [headline.id])
    assert str(why[headline.id]) == "The article is behind a paywall."


async def test_a_page_that_is_not_there_leaves_the_headline_alone(room: Newsroom) -> None:
    headline = await bring(room, b"", description="Cut off in the middle of…")
    assert headline.quotes == ()
    assert headline.title == "Story 1"


async def test_an_edited_teaser_fetches_its_article_anew(room: Newsroom) -> None:
    before = await bring(room, page(STORY))
    edited = item(
        1, link=room.server.url("/story"), pubDate=NOW.isoformat(), description="Corrected."
    )
    room.server.pages["/feed"] = answers(200, rss(edited).encode())
    other = STORY.replace("Elmford", "Ashby").replace("Monday", "Tuesday")
    room.server.pages["/story"] = answers(200, page(other))
    room.now = room.now.replace(day=3)
    assert (await room.refresh()).changed == 1
    after = await shown(room)
    assert after.id == before.id
    assert after.quotes
    assert after.quotes != before.quotes
