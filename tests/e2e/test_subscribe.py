"""A person subscribes in two taps and gets one brief a day, at their own time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.waiting import until
from tests.e2e.conftest import NOON, Clock, running, serving, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Person, Playground, Received


async def subscribed(ann: Person, command: str = "/subscribe 8:00 Europe/Berlin") -> Received:
    await ann.send(command)
    return await ann.reply()


async def test_two_taps_and_the_clock_on_the_wall_are_enough(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await ann.send("/start")
    await ann.press(await ann.reply(), "☀️ One brief a day")
    question = await ann.reply()
    assert question.buttons == [["7:00", "8:00", "Other"]]
    await ann.press(question, "8:00")
    clock_question = await question.edited()
    assert clock_question.text == "Is it 12:14 where you are?"
    assert clock_question.buttons == [["Yes, UTC time", "No"]]
    await ann.press(clock_question, "Yes, UTC time")
    settled = await clock_question.edited()
    assert settled.text == (
        "☀️ 08:00 · every day · UTC · headlines, a report, a joke\nFirst one: tomorrow 08:00."
    )
    assert settled.buttons == [["Try now", "Change", "Undo"]]


async def test_the_digest_comes_once_a_day_and_opens_with_the_top_headline(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann)
    clock.turn(hours=17, minutes=45)
    await ann.send("/about")
    await ann.reply()
    clock.turn(minutes=1.5)
    digest = await ann.reply()
    assert digest.text.startswith("📰 ")
    assert "📖 " in digest.text
    assert "😄 " in digest.text
    assert "This is late" not in digest.text
    assert digest.buttons == [["📰 More", "😂", "😐"], ["Tune", "⏸ Pause or stop"]]
    clock.turn(hours=24)
    second = await ann.reply()
    assert second.text != digest.text
    assert not ann.unread()


async def test_digests_are_paid_for_where_their_host_wants_that_and_answers_are_not(
    world: Playground, tmp_path: Path
) -> None:
    clock, ann = Clock(NOON), world.person("Ann")
    paying = settings_for(world, tmp_path, tick_seconds=0.02, paid_broadcast=True)
    async with serving(paying, clock):
        await subscribed(ann)
        clock.turn(days=1)
        await ann.reply()
    answer, digest = world.calls_of("sendMessage")
    assert "allow_paid_broadcast" not in answer.params
    assert digest.params["allow_paid_broadcast"]


async def test_a_bot_that_was_down_sends_one_late_digest(world: Playground, tmp_path: Path) -> None:
    clock, ann = Clock(NOON), world.person("Ann")
    async with running(world, tmp_path, clock):
        await subscribed(ann)
    clock.turn(days=3)
    async with running(world, tmp_path, clock):
        digest = await ann.reply()
        assert digest.text.endswith("This is late: it was due at 08:00.")
        await ann.send("/about")
        assert "digest" not in (await ann.reply()).text
        assert not ann.unread()


async def test_the_buttons_of_a_digest_work(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    await ann.send("/digest")
    digest = await ann.reply()
    assert digest.buttons[1] == ["Tune", "☀️ Every day"]
    assert await ann.press(digest, "😂") == "Glad you liked it."
    await ann.press(digest, "Tune")
    tuned = await digest.edited()
    assert tuned.buttons[0][:2] == ["1", "2"]
    await ann.press(tuned, "1")
    assert (await ann.reply()).buttons[1] == ["Follow", "Mute", "Why?", "☆"]
    await ann.press(tuned, "◂")
    assert (await tuned.edited()).buttons[1] == ["Tune", "☀️ Every day"]
    await ann.press(digest, "📰 More")
    assert (await ann.reply()).text.startswith("📰 Headlines")
    await ann.press(digest, "☀️ Every day")
    assert "At what time?" in (await ann.reply()).text
    assert clock.moment == NOON


async def test_what_a_digest_told_does_not_come_again(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    seen: set[str] = set()
    for _ in range(2):
        await ann.send("/digest")
        lines = (await ann.reply()).text.split("\n")
        titles = {line[2:].strip() for line in lines if line[:2] in {"📰 ", "2.", "3.", "4."}}
        assert not titles & seen
        seen |= titles
    assert len(seen) == 8
    assert clock.moment == NOON


async def test_everything_about_it_is_changed_under_its_card(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann)
    await ann.send("/subscriptions")
    card = await ann.reply()
    assert "08:00 · every day · Berlin" in card.text
    await ann.press(card, "🕗 Time")
    await ann.press(await card.edited(), "18:00")
    assert "18:00 · every day" in (await card.edited()).text
    await ann.press(card, "📅 Days")
    await ann.press(await card.edited(), "Weekdays")
    assert "18:00 · Mon–Fri" in (await card.edited()).text
    await ann.press(card, "😄 ✓")
    assert "headlines, a report\n" in (await card.edited()).text
    await ann.press(card, "🗂 Topics")
    for topic in ("science", "sport", "science ✓"):
        await ann.press(await card.edited(), topic)
    await ann.press(await card.edited(), "◂")
    assert "(sport)" in (await card.edited()).text
    await ann.press(card, "⏸ Pause")
    assert "Paused" in (await card.edited()).text
    await ann.press(card, "▶ Resume")
    assert "Next: today 18:00." in (await card.edited()).text
    await ann.press(card, "Stop")
    ended = await card.edited()
    assert ended.buttons == [["Undo"]]
    await ann.press(ended, "Undo")
    assert "18:00 · Mon–Fri" in (await ended.edited()).text
    assert clock.moment == NOON


async def test_no_is_answered_by_the_hour_and_a_city(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    question = await subscribed(ann, "/subscribe 7:30")
    await ann.press(question, "No")
    hours = await question.edited()
    assert sum(map(len, hours.buttons)) == 24
    await ann.press(hours, "20")
    places = await hours.edited()
    assert places.buttons[0][0].startswith("Shanghai 20:14")
    await ann.press(places, places.buttons[0][0])
    settled = await places.edited()
    assert "07:30 · every day · Shanghai" in settled.text
    assert "First one: tomorrow 07:30." in settled.text
    again = await subscribed(ann, "/subscribe 9:00")
    assert "09:00 · every day · Shanghai" in again.text
    assert clock.moment == NOON


async def test_who_is_asked_where_it_is_may_simply_send_a_city(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    question = await subscribed(ann, "/subscribe 7:30")
    await ann.press(question, "No")
    await ann.press(await question.edited(), "20")
    assert "send me your city, like Chengdu" in (await question.edited()).text
    await ann.send("harbour")
    assert "Found for “harbour”" in (await ann.reply()).text
    await ann.send("Springfield")
    assert (await ann.reply()).buttons[0][0].startswith("Springfield 07:14")
    await ann.send("chengdu")
    assert "07:30 · every day · Shanghai" in (await ann.reply()).text
    await ann.send("Chengdu")
    assert "Nothing here has “Chengdu”" in (await ann.reply()).text
    assert clock.moment == NOON


async def test_who_has_pressed_a_city_or_ended_it_only_searches_for_what_they_type(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    question = await subscribed(ann, "/subscribe 7:30")
    await ann.press(question, "No")
    hours = await question.edited()
    await ann.press(hours, "20")
    places = await hours.edited()
    await ann.press(places, places.buttons[0][0])
    settled = await places.edited()
    await ann.send("Chengdu")
    assert "Nothing here has “Chengdu”" in (await ann.reply()).text
    await ann.press(settled, "Change")
    card = await ann.reply()
    await ann.press(card, "🌍 Zone")
    await card.edited()
    await ann.press(settled, "Undo")
    await settled.edited()
    await ann.send("Chengdu")
    assert "Nothing here has “Chengdu”" in (await ann.reply()).text
    assert clock.moment == NOON


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "headlines,jokes 8:00 mon-fri Europe/Berlin",
            "08:00 · Mon–Fri · Berlin · headlines, a joke",
        ),
        ("7点半 重庆", "07:30 · every day · Shanghai"),
        ("every day at 8 in Berlin", "08:00 · every day · Berlin"),
        ("science 8:00 Chengdu", "headlines (science)"),
        ("8:00 20:00 北京", "08:00, 20:00 · every day · Shanghai"),
        ("every morning at 8 EST", "08:00 · every day · New York"),
    ],
)
async def test_it_can_be_typed_in_one_line(telegram: Playground, typed: str, told: str) -> None:
    assert told in (await subscribed(telegram.person("Ann"), f"/subscribe {typed}")).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("25:00", "not a time I can read"),
        ("8:00 Nowhereville", "I know no place called “nowhereville”"),
        ("😀", "neither a time nor a place in “😀”"),
        ("half past seven", "neither a time nor a place in “half past seven”"),
        ("jokes 8:00 mon Springfield", "/subscribe jokes 08:00 mon America/Chicago"),
        (
            "8:00 UTC+8",
            "Which one do you mean?\n/subscribe 08:00 Asia/",
        ),
        ("8:00 UTC+17", "I know no place called “utc+17:00”"),
        ("8:00 " + "x" * 300, "too long for a subscription"),
    ],
)
async def test_what_cannot_be_read_gets_one_clear_sentence(
    telegram: Playground, typed: str, told: str
) -> None:
    ann = telegram.person("Ann")
    assert told in (await subscribed(ann, f"/subscribe {typed}")).text
    await ann.send("/subscriptions")
    assert "At what time?" in (await ann.reply()).text


@pytest.mark.parametrize("word", ["/unsubscribe", "stop", "退订"])
async def test_who_wants_no_more_is_asked_once(world: Playground, clock: Clock, word: str) -> None:
    ann = world.person("Ann")
    await ann.send(word)
    assert "Nothing comes here by itself" in (await ann.reply()).text
    await subscribed(ann)
    await ann.send(word)
    asked = await ann.reply()
    assert asked.buttons == [["Stop", "⏸ Pause", "Keep"]]
    await ann.press(asked, "Stop")
    assert "Ended" in (await asked.edited()).text
    clock.turn(days=2)
    await ann.send("/about")
    await ann.reply()
    assert not ann.unread()


async def test_who_has_several_ends_all_with_one_press_and_may_take_it_back(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann)
    await subscribed(ann, "/subscribe jokes 20:00")
    await ann.send("stop")
    listed = await ann.reply()
    assert listed.buttons == [["1", "2"], ["Stop all in this chat"]]
    await ann.press(listed, "Stop all in this chat")
    ended = await listed.edited()
    assert ended.text == "Ended: 2 subscriptions. Nothing comes here by itself any more."
    clock.turn(days=1)
    await ann.send("/about")
    await ann.reply()
    assert not ann.unread()
    await ann.press(ended, "Undo")
    assert "2. 20:00 · every day · Berlin · a joke" in (await ended.edited()).text


async def test_a_group_that_could_not_be_written_to_has_its_digests_again_when_it_asks_for_them(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    club = world.group("Club", members=[ann])
    await ann.reply(in_=club)
    await ann.send("/subscribe jokes 8:00 Europe/Berlin", in_=club)
    await ann.reply(in_=club)
    refusal = "Bad Request: not enough rights to send text messages to the chat"
    world.faults.answer("sendMessage", 400, description=refusal, chat_id=club.id)
    clock.turn(hours=18)
    await until(world.world, lambda: not world.faults.armed, "the refusal", 10)
    await ann.send("/subscriptions", in_=club)
    assert "Next: " in (await ann.reply(in_=club)).text
    clock.turn(hours=24)
    assert (await ann.reply(in_=club)).text.startswith("😄 ")


async def test_in_a_group_only_its_admins_subscribe(world: Playground, clock: Clock) -> None:
    ann, ben = world.person("Ann"), world.person("Ben")
    club = world.group("Club", members=[ann, ben])
    await ann.reply(in_=club)
    await ben.reply(in_=club)
    refused = "Only this chat's admins can subscribe it or change that."
    await ben.send("/subscribe 8:00 Europe/Berlin", in_=club)
    assert (await ben.reply(in_=club)).text == refused
    await ann.reply(in_=club)
    await ann.send("/subscribe 8:00 Europe/Berlin", in_=club)
    settled = await ben.reply(in_=club)
    assert await ben.press(settled, "Undo") == refused
    clock.turn(hours=18)
    assert (await ben.reply(in_=club)).text.startswith("📰 ")


async def test_a_chinese_reader_reads_the_city_in_chinese(world: Playground, clock: Clock) -> None:
    li = world.person("Li", language_code="zh-hans")
    question = await subscribed(li, "/subscribe 早上8点")
    assert question.buttons == [["是，上海时间", "不是"]]
    await li.press(question, "不是")
    await li.press(await question.edited(), "20")
    assert (await question.edited()).buttons[0] == ["上海 20:14"]
    assert "08:00 · 每天 · 纽约" in (await subscribed(li, "/subscribe 早上8点 纽约")).text
    assert clock.moment == NOON


async def test_what_quiet_hours_hold_back_is_announced_for_their_end(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await ann.send("/settings")
    await ann.press(await ann.reply(), "0–9")
    held = "tomorrow 09:00, after the quiet hours (/settings)."
    settled = await subscribed(ann)
    assert settled.text.endswith(f"First one: {held}")
    await ann.press(settled, "Change")
    assert (await ann.reply()).text.endswith(f"Next: {held}")
    assert "First one: today 20:00." in (await subscribed(ann, "/subscribe 20:00 Berlin")).text
    assert clock.moment == NOON


async def test_on_quiet_days_it_may_stay_away(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    await subscribed(ann, "/subscribe headlines 8:00 Berlin")
    await ann.send("/subscriptions")
    card = await ann.reply()
    await ann.press(card, "🤫 Quiet days")
    question = await card.edited()
    assert question.buttons == [["Always ✓", "≥ 1", "≥ 3", "≥ 5"], ["◂"]]
    await ann.press(card, "≥ 3")
    await ann.press(await card.edited(), "Otherwise a joke –")
    await ann.press(await card.edited(), "◂")
    assert "with fewer than 3 new stories only a joke" in (await card.edited()).text
    for _ in range(9):
        clock.turn(hours=24)
        digest = await ann.reply()
    assert digest.text.startswith("😄 ")


async def test_a_digest_that_nobody_touches_asks_once_for_weekly(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann, "/subscribe jokes 8:00 Berlin")
    for _ in range(15):
        assert not ann.unread()
        clock.turn(hours=24)
        digest = await ann.reply()
    assert digest.text.endswith("Is once a week better?")
    assert await ann.press(digest, "As it is") == "It goes on as it is."
    await ann.press(digest, "Once a week")
    assert "08:00 · Thu · Berlin" in (await ann.reply()).text


async def test_in_a_forum_it_comes_to_the_topic_where_it_was_asked_for(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    club = world.group("Club", members=[ann])
    await ann.reply(in_=club)
    news, jokes = club.topic("News"), club.topic("Jokes")
    for topic, shelf in ((news, "headlines"), (jokes, "jokes")):
        await ann.send(f"/subscribe {shelf} 8:00 Europe/Berlin", in_=club, topic=topic)
        assert (await ann.reply(in_=club)).raw["message_thread_id"] == topic
    clock.turn(hours=18)
    digests = [await ann.reply(in_=club) for _ in range(2)]
    starts = {digest.raw["message_thread_id"]: digest.text[:2] for digest in digests}
    assert starts == {news: "📰 ", jokes: "😄 "}


async def test_an_hour_without_the_bot_makes_a_digest_late_and_the_next_one_on_time(
    world: Playground, tmp_path: Path
) -> None:
    clock, ann = Clock(NOON), world.person("Ann")
    async with running(world, tmp_path, clock):
        await subscribed(ann)
        clock.turn(hours=17, minutes=30)
    clock.turn(hours=1)
    async with running(world, tmp_path, clock):
        assert (await ann.reply()).text.endswith("This is late: it was due at 08:00.")
        clock.turn(hours=23, minutes=17)
        assert "This is late" not in (await ann.reply()).text
        assert not ann.unread()


async def test_it_may_be_for_some_days_only(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    settled = await subscribed(ann, "/subscribe jokes 8:00 Europe/Berlin for 2 days")
    assert "a joke · until May 3, 2024" in settled.text
    clock.turn(hours=18)
    assert "last one" not in (await ann.reply()).text
    clock.turn(hours=24)
    last = await ann.reply()
    assert "This was the last one" in last.text
    clock.turn(hours=24)
    await ann.press(last, "▶ Go on")
    card = await ann.reply()
    assert "Next: tomorrow 08:00." in card.text
    assert "until" not in card.text
    await ann.press(card, "⏳ How long")
    await ann.press(await card.edited(), "30 days")
    assert "until Jun 3, 2024" in (await card.edited()).text


async def test_a_digest_may_hold_only_what_one_follows(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    await ann.send("/follow Sample Courier")
    await ann.reply()
    settled = await subscribed(ann, "/subscribe follows 8:00 Europe/Berlin")
    assert "what you follow" in settled.text
    clock.turn(hours=18)
    digest = await ann.reply()
    lines = [line for line in digest.text.split("\n") if " · " in line]
    assert lines
    assert all("Sample Courier" in line or "sources" in line for line in lines)


async def test_an_anonymous_admin_is_nobody_that_could_subscribe_a_group(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    club = telegram.group("Club", members=[ann])
    await ann.reply(in_=club)
    for text in ("/subscribe 8:00 UTC", "/mute football"):
        await ann.send(text, in_=club, anonymous=True)
        assert "Only this chat's admins can" in (await ann.reply(in_=club)).text
