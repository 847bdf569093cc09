"""/joke as people in chats live it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground import Playground


async def test_a_joke_comes_with_its_buttons(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    joke = await ann.reply()
    assert joke.text
    assert joke.buttons == [["😂", "😐", "Another"], ["↗ Share", "⋯"]]


async def test_another_is_a_new_message_with_a_new_joke(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    first = await ann.reply()
    await ann.press(first, "Another")
    second = await ann.reply()
    assert second.id != first.id
    assert second.text != first.text


async def test_a_laugh_is_counted_once_for_each_person(telegram: Playground) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    team = telegram.group("Team", members=[ann, bob])
    await ann.reply(in_=team)
    await ann.send("/joke", in_=team)
    joke = await ann.reply(in_=team)
    assert await ann.press(joke, "😂") == "Glad you liked it."
    assert (await joke.edited()).buttons[0][0] == "😂 1"
    await bob.press(joke, "😂")
    assert (await joke.edited()).buttons[0][0] == "😂 2"
    await bob.press(joke, "😐")
    assert (await joke.edited()).buttons[0][:2] == ["😂 1", "😐 1"]


async def test_pressing_the_same_vote_twice_is_answered_and_changes_nothing(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    joke = await ann.reply()
    await ann.press(joke, "😂")
    after = await joke.edited()
    assert await ann.press(after, "😂 1") == "Glad you liked it."


async def test_the_complaint_waits_behind_the_dots_and_the_way_back_too(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    joke = await ann.reply()
    await ann.press(joke, "⋯")
    opened = await joke.edited()
    assert opened.buttons == [["☆", "🚩 Flag", "◂ Back"]]
    await ann.press(opened, "Back")
    closed = await opened.edited()
    await ann.press(closed, "⋯")
    opened = await closed.edited()
    assert await ann.press(opened, "Flag") == "Thank you: somebody will look at it."


async def test_a_category_is_told_through_before_it_starts_over_and_says_so(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    told: list[str] = []
    await ann.send("/joke music")
    message = await ann.reply()
    while not message.text.startswith("That was the last one"):
        told.append(message.text)
        await ann.press(message, "Another")
        message = await ann.reply()
    assert len(told) == len(set(told)) > 5
    assert message.text.split("\n\n", 1)[1] in told


async def test_a_word_nobody_jokes_about_offers_the_categories(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke <b>qwertz</b>")
    answer = await ann.reply()
    assert "“<b>qwertz</b>”" in answer.text
    await ann.press(answer, "office")
    assert (await ann.reply()).buttons[0][2] == "Another"


async def test_a_chinese_reader_hears_chinese_jokes(telegram: Playground) -> None:
    li = telegram.person("李", language_code="zh-hans")
    await li.send("/joke")
    joke = await li.reply()
    assert any("\u4e00" <= char <= "\u9fff" for char in joke.text)
    assert joke.buttons[0][2] == "再来一个"


async def test_a_huge_or_hostile_word_gets_one_short_answer(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for word in ("x" * 3000, "😀" * 300, "\u202eabc", "%_\\'\";--", "joke:1:2:3"):
        await ann.send(f"/joke {word}")
        answer = await ann.reply()
        assert answer.buttons
        assert len(answer.text) < 300


async def test_the_same_joke_can_be_shared_inline(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    joke = await ann.reply()
    query = joke.keyboard[1][0]["switch_inline_query"]
    results = await ann.inline(query)
    assert [result.text for result in results] == [joke.text]
    await ann.send(f"/start {query}")
    assert (await ann.reply()).text == joke.text


async def test_what_is_not_there_to_be_shared_is_answered_all_the_same(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    huge = "9" * 25
    for query in (f"joke-{huge}", f"report-{huge}", "joke-99999", "report-99999"):
        assert await ann.inline(query) == []
    for word in (f"joke-{huge}", f"report-{huge}"):
        await ann.send(f"/start {word}")
        assert (await ann.reply()).text.startswith("Jokes, headlines, and long reports")


async def test_a_group_that_laughs_is_answered_at_once_and_the_numbers_follow(
    telegram: Playground,
) -> None:
    people = [telegram.person(f"Guest {number}") for number in range(10)]
    team = telegram.group("Party", members=people)
    await people[0].reply(in_=team)
    await people[0].send("/joke", in_=team)
    joke = await people[0].reply(in_=team)
    telegram.faults.hang("editMessageReplyMarkup", chat_id=team.id)
    for person in people:
        assert await person.press(joke, "😂") == "Glad you liked it."
    telegram.faults.release()
    seen = [(await joke.edited()).buttons[0][0]]
    while seen[-1] != "😂 10":
        seen.append((await joke.edited()).buttons[0][0])
    assert len(seen) <= 2
