"""An owner looks after the feeds from the chat; nobody else can."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot import app
from tests.content.samples import put
from tests.e2e.conftest import settings_for
from tests.fetch.server import answers, serving
from tests.news.samples import item, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person, Playground
    from bot.playground.client import Received
    from tests.fetch.server import Server

PAGE = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
SPORT = '{"topic": "sport", "words": ["球迷", "马拉松", "教练"]}'
EMPTY = '<opml version="2.0"><body></body></opml>'


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as made:
        made.pages["/feed"] = answers(200, rss(item(1), item(2)).encode())
        made.pages["/"] = answers(200, PAGE.encode(), Content_Type="text/html")
        made.pages["/gone"] = answers(500, b"")
        yield made


@pytest.fixture
async def olga(world: Playground, tmp_path: Path) -> AsyncIterator[Person]:
    """The owner of a bot without feeds."""
    put(tmp_path, "content/feeds.opml", EMPTY)
    put(tmp_path, "content/topics/zh.jsonl", SPORT)
    owner = world.person("Olga")
    settings = settings_for(
        world, tmp_path, content_dir=tmp_path / "content", admins=(owner.id,),
        allow_private_addresses=True, tick_seconds=3600,
    )  # fmt: skip
    stop = asyncio.Event()
    task = asyncio.create_task(app.run(settings, stop))
    yield owner
    stop.set()
    await task


async def followed(olga: Person, address: str) -> Received:
    """Until it says that it follows it."""
    await olga.send(f"/addfeed {address}")
    preview = await olga.reply()
    await olga.press(preview, "✅ Follow")
    return await preview.edited()


async def test_a_site_is_enough_to_follow_its_feed_and_it_can_be_undone(
    olga: Person, server: Server
) -> None:
    await olga.send("/feeds")
    assert "No feed is followed yet" in (await olga.reply()).text
    await olga.send(f"/addfeed {server.url('/')}")
    preview = await olga.reply()
    assert preview.text.startswith(f"📡 Example Times\n{server.url('/feed')}\n1. Story 2\n")
    assert "\n2. Story 1\nExample Times · " in preview.text
    await olga.send("/feeds")
    assert "No feed is followed yet" in (await olga.reply()).text
    await olga.press(preview, "✅ Follow")
    added = await preview.edited()
    assert added.text == "Followed from now on: 📡 Example Times"
    await olga.send(f"/addfeed {server.url('/feed')}")
    card = await olga.reply()
    assert card.text.endswith("This one is followed already.")
    await olga.press(card, "🗑 Remove")
    removed = await card.edited()
    assert removed.text.startswith("No longer followed: 📡 Example Times")
    await olga.press(removed, "Undo")
    assert (await removed.edited()).text.endswith("and followed again: 📡 Example Times")
    await olga.press(added, "Undo")
    assert (await added.edited()).text.endswith("and no longer followed: 📡 Example Times")


async def test_a_feed_is_asked_for_until_an_address_gives_one(olga: Person, server: Server) -> None:
    await olga.send("/addfeed")
    asked = await olga.reply()
    assert asked.text.startswith("Send me the address of the feed")
    assert asked.buttons == [["Cancel"]]
    await olga.send(server.url("/gone"))
    assert "problem of its own" in (await olga.reply()).text
    await olga.send(server.url("/"))
    assert "📡 Example Times" in (await olga.reply()).text
    await olga.send("good morning")
    assert "Nothing here has" in (await olga.reply()).text


async def test_a_feed_is_followed_by_an_answer_to_its_address(olga: Person, server: Server) -> None:
    message = await olga.send(f"look at this: {server.url('/feed')}")
    await olga.reply()
    await olga.send("/addfeed", reply_to=message)
    assert "✅ Follow" in (await olga.reply()).buttons[-1]


async def test_a_feed_gets_another_title_topic_and_language_before_it_is_followed(
    olga: Person, server: Server
) -> None:
    await olga.send(f"/addfeed {server.url('/feed')}")
    preview = await olga.reply()
    await olga.press(preview, "Topic")
    await olga.press(await preview.edited(), "science")
    await olga.press(await preview.edited(), "Language")
    await olga.press(await preview.edited(), "German")
    await preview.edited()
    await olga.press(preview, "Title")
    assert (await olga.reply()).text == "Send me the title."
    await olga.send("Morgenblatt <b>")
    preview = await olga.reply()
    assert "📡 Morgenblatt <b>" in preview.text
    assert "Morgenblatt <b> · " in preview.text
    assert "science · German" in preview.text
    await olga.press(preview, "✅ Follow")
    assert (await preview.edited()).text == "Followed from now on: 📡 Morgenblatt <b>"


async def test_of_two_that_follow_a_feed_the_second_is_told(olga: Person, server: Server) -> None:
    previews = []
    for _ in range(2):
        await olga.send(f"/addfeed {server.url('/feed')}")
        previews.append(await olga.reply())
    await olga.press(previews[1], "✅ Follow")
    await previews[1].edited()
    assert await olga.press(previews[0], "✅ Follow") == "This one is followed already."
    server.pages["/other"] = answers(200, rss(item(1)).encode())
    await olga.send(f"/addfeed {server.url('/other')}")
    assert (
        "Very much like this is on the shelf already:\n📡 Example Times"
        in (await olga.reply()).text
    )


async def test_a_feed_is_edited_through_a_draft_and_may_end_by_itself(
    olga: Person, server: Server
) -> None:
    await followed(olga, server.url("/feed"))
    await olga.send("/feeds")
    await olga.press(await olga.reply(), "1")
    await olga.press(await olga.reply(), "Edit")
    draft = await olga.reply()
    await olga.press(draft, "⏰ When")
    await olga.press(await draft.edited(), "⌛ 30 days")
    assert "⌛ Goes " in (await draft.edited()).text
    await olga.press(draft, "✅ Save")
    saved = await draft.edited()
    assert saved.text == "Changed: 📡 Example Times"
    await olga.press(saved, "Undo")
    assert (await saved.edited()).text == "Taken back. It is as it was: 📡 Example Times"
    await olga.send("/edit feed-1")
    draft = await olga.reply()
    assert "⌛ Goes " in draft.text
    await olga.press(draft, "⏰ When")
    await olga.press(await draft.edited(), "⌛ For good")
    await draft.edited()
    await olga.press(draft, "✅ Save")
    await draft.edited()
    await olga.send("/edit feed-1")
    assert "⌛ Goes " not in (await olga.reply()).text


async def test_a_feed_is_paused_and_filed_under_its_card(olga: Person, server: Server) -> None:
    await followed(olga, server.url("/feed"))
    await olga.send("/feeds")
    listed = await olga.reply()
    assert listed.text == "📡 1 feed\n1. … Example Times"
    await olga.press(listed, "1")
    card = await olga.reply()
    await olga.press(card, "⏸ Pause")
    assert "Paused: it is not asked." in (await card.edited()).text
    await olga.press(card, "▶ Resume")
    assert "Paused" not in (await card.edited()).text
    await olga.press(card, "Topic")
    await olga.press(await card.edited(), "science")
    assert "English · science" in (await card.edited()).text
    await olga.press(card, "Language")
    await olga.press(await card.edited(), "German")
    assert "German · science" in (await card.edited()).text
    await olga.press(card, "⏱ How often")
    await olga.press(await card.edited(), "every hour")
    assert "German · science · every hour" in (await card.edited()).text
    await olga.press(card, "⏱ How often")
    await olga.press(await card.edited(), "as it has news")
    assert "every hour" not in (await card.edited()).text


async def test_feeds_are_found_by_a_word_and_all_are_a_button_away(
    olga: Person, server: Server
) -> None:
    for path in ("/feed", "/second"):
        server.pages[path] = answers(200, rss(item(1)).replace("Example", path[1:]).encode())
        await followed(olga, server.url(path))
    await olga.send("/feeds SECOND")
    listed = await olga.reply()
    assert listed.text == "📡 1 feed\n1. … second Times"
    await olga.press(listed, "All")
    assert (await listed.edited()).text.startswith("📡 2 feeds")
    await olga.send("/feeds nothing")
    assert (await olga.reply()).text == "No feed has “nothing” in its title or address."


async def test_the_audit_tells_what_was_done_about_feeds_and_undo_takes_it_back(
    olga: Person, server: Server
) -> None:
    await followed(olga, server.url("/feed"))
    await olga.send("/feeds")
    await olga.press(await olga.reply(), "1")
    card = await olga.reply()
    for label, further in (("⏸ Pause", ""), ("▶ Resume", ""), ("Topic", "science"),
                           ("🗑 Remove", "")):  # fmt: skip
        await olga.press(card, label)
        await card.edited()
        if further:
            await olga.press(card, further)
            await card.edited()
    await olga.send("/undo")
    listed = await olga.reply()
    labels = [row[0] for row in listed.buttons]
    assert labels == ["↩ Removed: 📡 Example Times", *["↩ Changed: 📡 Example Times"] * 3,
                      "↩ Added: 📡 Example Times"]  # fmt: skip
    await olga.press(listed, labels[0])
    await listed.edited()
    await olga.send("/audit")
    lines = [line.partition(") ")[2] for line in (await olga.reply()).text.splitlines()]
    shown = "📡 Example Times (feed-1)"
    assert lines == [
        f"put back {shown}", f"removed {shown}", f"filed {shown} under another topic",
        f"resumed {shown}", f"paused {shown}", f"added {shown}",
    ]  # fmt: skip


async def test_what_a_feed_is_about_and_its_language_are_guessed_from_what_it_says(
    olga: Person, server: Server
) -> None:
    said = [
        item(1, title="半决赛今晚开球，球迷提前入场", description="主教练说门将已经康复。" * 9),
        item(2, title="马拉松冠军谈训练：每天只多跑一百米", description="锦标赛下周开幕。" * 9),
    ]
    another = '<link rel="alternate" type="application/rss+xml" href="/comments"></head>'
    page = PAGE.replace("</head>", another)
    server.pages["/"] = answers(200, page.encode(), Content_Type="text/html")
    feed = rss(*said, head="<language>en-US</language>")
    server.pages["/feed"] = answers(200, feed.encode())
    await olga.send(f"/addfeed {server.url('/')}")
    added = await olga.reply()
    assert "sport · Chinese" in added.text
    other = f"The page names other feeds, too:\n/addfeed {server.url('/comments')}"
    assert added.text.endswith(other)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{gone}", "has a problem of its own; please try again later (answer 500)"),
        ("not an address", "There is no server called not."),
        ("ftp://x.example/feed", "Only addresses that begin with http"),
    ],
)
async def test_what_is_no_feed_is_said_in_one_sentence(
    olga: Person, server: Server, typed: str, told: str
) -> None:
    await olga.send(f"/addfeed {typed.format(gone=server.url('/gone'))}".strip())
    answer = (await olga.reply()).text
    assert told in answer
    assert "\n" not in answer
    await olga.send("/feeds")
    assert "No feed is followed yet" in (await olga.reply()).text


async def test_nobody_else_lists_adds_or_presses(
    world: Playground, olga: Person, server: Server
) -> None:
    await followed(olga, server.url("/feed"))
    eve = world.person("Eve")
    for command in ("/feeds", f"/addfeed {server.url('/feed')}"):
        await eve.send(command)
        assert "for those who look after this bot" in (await eve.reply()).text
    await eve.send("/help")
    assert "/addfeed" not in (await eve.reply()).text
    await eve.send("/start")
    hello = await eve.reply()
    for data in ("feed:1:remove", "feeds:all:0", "feed:1", "feed:1:topic:sport"):
        hello.keyboard[0][0]["callback_data"] = data
        assert await eve.press(hello, "Joke") == "This button is for the bot's admins."
    await eve.forward(await olga.send("/feeds"))
    assert (await eve.reply()).text.startswith("I don't know")
    await olga.send("/feeds")
    assert "1 feed" in (await olga.reply()).text
