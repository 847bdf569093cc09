"""/report: long texts in their own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground import Person, Playground, Received


async def opened(ann: Person, command: str = "/report 1") -> Received:
    await ann.send(command)
    return await ann.reply()


def quotes(message: Received) -> list[str]:
    text = message.text.encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.entities
        if e["type"] == "blockquote"
    ]


async def full_text(ann: Person, report: Received) -> str:
    await ann.press(report, "Full text")
    document = (await ann.reply()).document
    assert document is not None
    return document.data.decode("utf-8-sig")


async def test_the_shelf_lists_reports_and_a_number_opens_one(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/report")
    shelf = await ann.reply()
    assert shelf.text.startswith("📖 Reports, in their own words")
    await ann.press(shelf, "1")
    report = await ann.reply()
    assert len(quotes(report)) == 3
    assert report.buttons[0][0] == "3 ✓"


async def test_every_quoted_sentence_stands_word_for_word_in_the_full_text(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    await ann.press(report, "15")
    longer = await report.edited()
    source = await full_text(ann, report)
    assert len(quotes(longer)) > 7
    assert all(quote in source for quote in quotes(longer))


async def test_more_sentences_keep_the_first_three(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    three = quotes(report)
    await ann.press(report, "7")
    seven = await report.edited()
    assert len(quotes(seven)) == 7
    assert set(three) < set(quotes(seven))
    assert seven.buttons[0] == ["3", "7 ✓", "15"]


async def test_outline_and_figures_come_as_messages_of_their_own(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    await ann.press(report, "Outline")
    assert "1." in (await ann.reply()).text
    await ann.press(report, "Figures")
    assert "•" in (await ann.reply()).text


async def test_a_heading_of_the_outline_opens_its_part_and_arrows_turn_to_the_next(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    report = await opened(ann)
    source = await full_text(ann, report)
    await ann.press(report, "Outline")
    outline = await ann.reply()
    await ann.press(outline, outline.buttons[0][0])
    part = await ann.reply()
    assert outline.buttons[0][0].rstrip("…") in part.text
    assert 1 <= len(quotes(part)) <= 3
    first = quotes(part)
    await ann.press(part, "▸")
    turned = await part.edited()
    assert quotes(turned) != first
    assert all(quote in source for quote in (*first, *quotes(turned)))


async def test_in_groups_a_bare_report_calls_the_moderators_not_us(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    await ann.reply(in_=team)
    await ann.send("/report", in_=team)
    await ann.send("/longread", in_=team)
    assert (await ann.reply(in_=team)).text.startswith("📖")
    await ann.send("/report@quipwire_bot", in_=team)
    assert (await ann.reply(in_=team)).text.startswith("📖")
    await telegram.quiet()
    assert not ann.unread(in_=team)


async def test_a_chinese_reader_sees_a_chinese_frame_round_an_english_report(
    telegram: Playground,
) -> None:
    li = telegram.person("李", language_code="zh-hans")
    await li.send("/report")
    shelf = await li.reply()
    await li.press(shelf, "英文")
    english = await shelf.edited()
    await li.press(english, "1")
    report = await li.reply()
    assert "英文原文：以下为原文原句，未翻译、未改写。" in report.text


async def test_a_number_or_word_that_is_not_there_gets_one_sentence(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for wish in ("0", "999", "9" * 25, "zzzzqq", "<b>"):
        answer = await opened(ann, f"/report {wish}")
        assert answer.text.count("\n") == 0
        assert len(answer.text) < 120
        assert answer.buttons[0] == ["The whole shelf"]
