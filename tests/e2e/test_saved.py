"""☆ and /saved as people live them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from bot.playground import Playground, people
from bot.services import saved
from bot.store.database import Database
from bot.store.jokes import jokes
from bot.store.reports import reports
from bot.store.stories import stories
from tests.e2e.conftest import serving, settings_for
from tests.store.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.playground import Person, Received
    from bot.store.database import Connection

KEPT, OFF = "Saved: /saved shows it.", "Taken off your list."


async def opened(ann: Person, command: str = "/report 1") -> Received:
    await ann.send(command)
    return await ann.reply()


async def a_story(ann: Person, number: str = "1") -> Received:
    await ann.press(await opened(ann, "/headlines"), number)
    return await ann.reply()


async def behind_the_dots(ann: Person) -> Received:
    joke = await opened(ann, "/joke")
    await ann.press(joke, "⋯")
    return await joke.edited()


def cleared(conn: Connection) -> None:
    """Stories and jokes as when their time is over, reports as when an editor removes them."""
    conn.execute(delete(stories))
    conn.execute(delete(jokes))
    conn.execute(update(reports).values(removed_at=NOW))


def title(message: Received) -> str:
    return message.text.splitlines()[0].partition(" ")[2]


async def test_a_star_saves_a_report_and_pressed_again_takes_it_off(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    assert report.buttons[2] == ["Full text", "↗ Share", "☆"]
    assert await ann.press(report, "☆") == KEPT
    kept = await report.edited()
    assert kept.buttons == [*report.buttons[:2], ["Full text", "↗ Share", "★"]]
    assert title(report) in (await opened(ann, "/saved")).text
    assert await ann.press(kept, "★") == OFF
    assert (await kept.edited()).buttons == report.buttons
    assert "Nothing saved yet: press ☆ under a report" in (await opened(ann, "/saved")).text


async def test_the_star_stays_full_wherever_the_same_report_is_shown(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    await ann.press(report, "☆")
    kept = await report.edited()
    await ann.press(kept, "7")
    assert (await kept.edited()).buttons[2][-1] == "★"
    assert (await opened(ann)).buttons[2][-1] == "★"
    assert (await opened(telegram.person("Ben"))).buttons[2][-1] == "☆"


async def test_an_empty_star_of_before_does_not_take_off_what_is_saved(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    first, second = await opened(ann), await opened(ann)
    assert await ann.press(first, "☆") == KEPT
    assert await ann.press(second, "☆") == KEPT
    assert (await second.edited()).buttons[2][-1] == "★"
    assert (await opened(ann, "/saved")).buttons == [["1"]]


async def test_the_list_has_all_shelves_newest_first_and_each_opens(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    report, story = await opened(ann), await a_story(ann)
    dots = await behind_the_dots(ann)
    assert story.buttons[1] == ["Follow", "Mute", "Why?", "☆"]
    for each in (report, story, dots):
        assert await ann.press(each, "☆") == KEPT
    assert (await dots.edited()).buttons == [["★", "🚩 Flag", "◂ Back"]]
    listed = await opened(ann, "/saved")
    head, joke, news, read = listed.text.split("\n\n")
    assert head == "★ What you saved"
    assert joke.startswith(f"1. 😄 {dots.text.split()[0]}")
    assert news.splitlines()[0] == f"2. 📰 {title(story)}"
    assert read.splitlines()[0] == f"3. 📖 {title(report)}"
    assert all("\nsaved " in item and item.endswith(" ago") for item in (joke, news, read))
    assert [e["type"] for e in listed.entities].count("text_link") == 1
    for number, text in (("1", dots.text), ("2", story.text), ("3", report.text)):
        await ann.press(listed, number)
        shown = await ann.reply()
        assert (shown.id > listed.id, shown.text) == (True, text)
    assert shown.buttons[2][-1] == "★"


async def test_the_star_of_a_story_comes_back_full_after_its_other_buttons(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    story = await a_story(ann)
    await ann.press(story, "☆")
    kept = await story.edited()
    await ann.press(kept, "Why?")
    why = await kept.edited()
    assert why.buttons[1][-1] == "★"
    await ann.press(why, "Mute")
    offered = await why.edited()
    await ann.press(offered, "◂")
    back = await offered.edited()
    assert back.buttons[1][-1] == "★"
    await ann.press(back, "Follow")
    offered = await back.edited()
    await ann.press(offered, offered.buttons[0][0])
    how_long = await offered.edited()
    await ann.press(how_long, "7 days")
    assert (await how_long.edited()).buttons[1][-1] == "★"


async def test_a_long_list_is_turned_in_place_five_at_a_time(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for _ in range(6):
        await ann.press(await behind_the_dots(ann), "☆")
    first = await opened(ann, "/saved")
    assert first.buttons == [["1", "2", "3", "4", "5"], ["▸"]]
    await ann.press(first, "▸")
    second = await first.edited()
    assert (second.buttons, "6. 😄" in second.text) == ([["6"], ["◂"]], True)
    await ann.press(second, "6")
    joke = await ann.reply()
    await ann.press(joke, "⋯")
    await ann.press(await joke.edited(), "★")
    assert await ann.press(second, "6") == "That is no longer on your list."
    await ann.press(second, "◂")
    assert (await second.edited()).buttons == [["1", "2", "3", "4", "5"]]


async def test_in_a_group_each_member_has_a_list_of_their_own(telegram: Playground) -> None:
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    club = telegram.group("Club", members=[ann, ben])
    await ann.reply(in_=club)
    await ann.send("/longread 1", in_=club)
    report = await ann.reply(in_=club)
    assert await ann.press(report, "☆") == KEPT
    assert await ben.press(report, "☆") == KEPT
    assert await ben.press(report, "☆") == OFF
    assert title(report) in (await opened(ann, "/saved")).text
    assert "Nothing saved yet" in (await opened(ben, "/saved")).text
    await ann.send("/saved", in_=club)
    refused = "Your list is for you alone: please ask me in our private chat."
    assert (await ann.reply(in_=club)).text == refused
    assert ("save:" in json.dumps(report.keyboard), report.buttons[2][-1]) == (True, "☆")


async def test_nobody_opens_or_takes_off_what_another_saved(telegram: Playground) -> None:
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    await ann.press(await opened(ann), "☆")
    await ben.press(await opened(ben), "☆")
    theirs, own = await opened(ann, "/saved"), await opened(ben, "/saved")
    own.keyboard[0][0]["callback_data"] = theirs.keyboard[0][0]["callback_data"]
    assert await ben.press(own, "1") == "That is no longer on your list."
    own.keyboard[0][0]["callback_data"] += ":off"
    await ben.press(own, "1")
    assert (await opened(ann, "/saved")).buttons == [["1"]]


async def test_what_the_shelves_have_no_more_stays_on_the_list_until_it_is_taken_off(
    tmp_path: Path,
) -> None:
    async with Playground() as telegram:
        settings, ann = settings_for(telegram, tmp_path), telegram.person("Ann")
        async with serving(settings):
            report, story, dots = await opened(ann), await a_story(ann), await behind_the_dots(ann)
            for each in (story, dots, report):
                await ann.press(each, "☆")
            db = await Database.open(settings.database)
            await db.write(cleared)
            await db.close()
            listed = await opened(ann, "/saved")
            assert listed.buttons == [["1", "2", "3"]]
            await ann.press(listed, "1")
            off_the_shelf = "That report is no longer on the shelf."
            assert (await ann.reply()).text == f"📖 {title(report)}\n{off_the_shelf}"
            await ann.press(listed, "2")
            joke = (await ann.reply()).text
            assert joke.startswith(f"😄 {dots.text.split()[0]}")
            assert joke.endswith("\nThat joke is no longer on the shelf.")
            await ann.press(listed, "3")
            gone = await ann.reply()
            over = "That story is over: stories are kept for 30 days. Only its link is left."
            assert gone.text == f"📰 {title(story)}\n{over}"
            assert "text_link" in [entity["type"] for entity in gone.entities]
            assert await ann.press(gone, "Take it off") == OFF
            assert (await gone.edited()).buttons == []
            assert (await opened(ann, "/saved")).buttons == [["1", "2"]]
            assert await ann.press(report, "★") == OFF
            assert await ann.press(await report.edited(), "☆") == off_the_shelf


async def test_stars_and_numbers_work_after_a_restart(tmp_path: Path) -> None:
    async with Playground() as telegram:
        settings, ann = settings_for(telegram, tmp_path), telegram.person("Ann")
        async with serving(settings):
            report, story = await opened(ann), await a_story(ann)
            await ann.press(report, "☆")
            listed = await opened(ann, "/saved")
        async with serving(settings):
            assert await ann.press(story, "☆") == KEPT
            await ann.press(listed, "1")
            assert (await ann.reply()).text == report.text
            assert await ann.press(report, "★") == OFF


async def test_under_a_message_that_telegram_shows_us_no_more_each_press_turns_it(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    data = report.keyboard[2][-1]["callback_data"]
    hidden = {"message_id": report.id, "chat": telegram.world.chat(ann.id).info, "date": 0}
    for toast in (KEPT, OFF):
        query = people.press(telegram.world, ann.user, telegram.world.chat(ann.id), hidden, data)
        await telegram.quiet()
        assert query.answer is not None
        assert query.answer["text"] == toast
    assert report.buttons[2][-1] == "☆"


async def test_a_full_list_says_so_until_something_is_taken_off(
    telegram: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "SAVED_PER_PERSON", 1)
    ann = telegram.person("Ann")
    report, story = await opened(ann), await a_story(ann)
    await ann.press(report, "☆")
    full = "Your list is full with 1: please take something off first. /saved shows it."
    assert await ann.press(story, "☆") == full
    assert await ann.press(await report.edited(), "★") == OFF
    assert await ann.press(story, "☆") == KEPT


async def test_a_chinese_reader_has_a_chinese_list(telegram: Playground) -> None:
    li = telegram.person("李", language_code="zh-hans")
    assert "还没有收藏" in (await opened(li, "/saved")).text
    report = await opened(li)
    assert await li.press(report, "☆") == "已收藏：发 /saved 就能看到。"
    listed = await opened(li, "/saved")
    assert listed.text.startswith("★ 你的收藏\n\n1. 📖 ")
    assert listed.text.endswith("收藏")


async def test_the_list_is_in_the_copy_and_is_forgotten_and_begins_anew_in_a_group(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    club = telegram.group("Club", members=[ann])
    await ann.reply(in_=club)
    await ann.send("/longread 1", in_=club)
    report = await ann.reply(in_=club)
    await ann.press(report, "☆")
    asked = await opened(ann, "/forget")
    assert "what you saved" in asked.text
    await ann.press(asked, "Send me a copy first")
    file = (await ann.reply()).document
    assert file is not None
    assert [row["title"] for row in json.loads(file.data)["saved"]] == [title(report)]
    await ann.press(asked, "Forget everything")
    await asked.edited()
    assert await ann.press(report, "☆") == KEPT
    assert (await opened(ann, "/saved")).buttons == [["1"]]
