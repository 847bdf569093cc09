"""/summarize: what people send, in its own sentences."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.playground.files import DOWNLOAD_LIMIT
from bot.tg import pieces
from bot.words.count import MESSAGE_UNITS
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_report import quotes
from tests.reading.formats.samples import column, pdf, word

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.playground import Person, Playground, Received

SUBJECTS = ("harbour", "gate", "bridge", "market", "school", "river", "mill", "road", "station")
TEXT = "\n".join(
    f"The {subject} of the town was built {number + 2} years ago and cost {number + 3} tons of "
    f"silver, which nobody in the town of {subject}s had expected."
    for number, subject in enumerate(SUBJECTS)
)

LONG = "\n".join(f"In the year {1900 + number} {line}" for number in range(10)
                 for line in TEXT.split("\n"))  # fmt: skip


async def summarized(ann: Person, data: bytes, name: str = "a.bin") -> Received:
    await ann.upload(data, name)
    return await ann.reply()


async def test_a_file_that_is_simply_sent_is_told_in_its_own_sentences(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    message = await summarized(ann, TEXT.encode(), "Town history.txt")
    assert message.text.startswith("📖 Town history\n")
    assert "1 min" in message.text
    assert len(quotes(message)) == 3
    assert all(quote in TEXT for quote in quotes(message))
    assert message.buttons == [["3 ✓", "7"], ["Outline", "Figures"]]


async def test_more_sentences_keep_the_first_three_and_figures_are_at_hand(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    message = await summarized(ann, TEXT.encode())
    three = quotes(message)
    await ann.press(message, "7")
    seven = await message.edited()
    assert set(three) < set(quotes(seven))
    assert seven.buttons[0] == ["3", "7 ✓"]
    await ann.press(message, "Figures")
    assert "• 3 tons of silver" in (await ann.reply()).text
    await ann.press(message, "Outline")
    assert "no headings" in (await ann.reply()).text


async def test_sentences_of_a_pdf_name_their_page(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    lines = [line for sentence in TEXT.split("\n") for line in re.split(r"(?<=ago) ", sentence)]
    data = pdf(column(["All of them are here."], 50, 700), column(lines, 50, 700))
    message = await summarized(ann, data, "scan.txt")
    assert "page 2" in message.text


async def test_a_word_file_is_told_by_its_headings(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    first, second = TEXT.split("\n")[:2]
    message = await summarized(ann, word("T|Town", "H1|Water", first, "H1|Walls", second))
    assert message.text.startswith("📖 Town\n")
    assert "2 parts" in message.text
    await ann.press(message, "Outline")
    outline = await ann.reply()
    assert outline.text == "📖 Town\n\nWater\nWalls"
    assert outline.buttons == [["Water"], ["Walls"]]
    await ann.press(outline, "Walls")
    part = await ann.reply()
    assert part.text.startswith("📖 Town\n2/2 Walls\n")
    assert quotes(part) == [second]
    await ann.press(part, "◂")
    assert quotes(await part.edited()) == [first]


async def test_the_command_takes_the_text_after_it_or_the_one_it_answers(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send(f"/summarize {TEXT}")
    assert len(quotes(await ann.reply())) == 3
    team = telegram.group("Team", members=[ann])
    await ann.reply(in_=team)
    said = await ann.send(TEXT, in_=team)
    await ann.send("/summarize", in_=team, reply_to=said)
    answer = await ann.reply(in_=team)
    assert answer.text.startswith("📖 Your text\n")
    assert all(quote in TEXT for quote in quotes(answer))


async def test_a_text_that_telegram_cut_is_read_as_one(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send(f"/summarize {LONG}")
    answer = await ann.reply()
    assert "2,610 words" in answer.text
    assert len(quotes(answer)) == 3
    assert all(quote in LONG for quote in quotes(answer))
    await telegram.quiet()
    assert not ann.unread()


async def test_a_long_text_that_is_simply_sent_is_told_and_not_searched_for(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    for text in (TEXT, LONG, "河边的小镇今天修好了那座老桥，镇上的人都来了。\n" * 20):
        await ann.send(text)
        answer = await ann.reply()
        assert answer.text.startswith("📖 Your text\n")
        assert all(quote in text for quote in quotes(answer))
    await telegram.quiet()
    assert not ann.unread()


async def test_a_cut_text_is_read_as_one_also_after_a_stop_in_the_middle(
    world: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest comes while the bot is away: what may go on is left for the next start."""
    ann, command = world.person("Ann"), "/summarize "
    monkeypatch.setattr(pieces, "WAIT_SECONDS", 1.0)
    monkeypatch.setattr(pieces, "APART", timedelta(minutes=5))
    sent = command + LONG[: 2 * MESSAGE_UNITS - len(command)]
    async with serving(settings_for(world, tmp_path)):
        await ann.send(sent[:MESSAGE_UNITS])
        await world.quiet()
    assert not ann.unread()
    await ann.send(sent[MESSAGE_UNITS:])
    async with serving(settings_for(world, tmp_path)):
        assert "1,717 words" in (await ann.reply()).text
        await world.quiet()
        assert not ann.unread()


async def test_long_texts_of_two_people_that_are_passed_on_together_stay_two(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    for writer in (telegram.person("Bea"), telegram.person("Cid")):
        await ann.forward(await writer.send(LONG[:4000]))
    assert (await ann.reply()).text == (await ann.reply()).text


async def test_what_others_say_meanwhile_is_no_piece_of_it(telegram: Playground) -> None:
    ann, bea = telegram.person("Ann"), telegram.person("Bea")
    await ann.send(f"/summarize {LONG[:4000]}")
    await ann.send("/joke")
    await bea.send("/summarize")
    assert "20 MB" in (await bea.reply()).text
    assert "Another" in str((await ann.reply()).buttons)
    assert len(quotes(await ann.reply())) == 3


async def test_a_file_in_a_group_is_read_when_somebody_asks(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    await ann.reply(in_=team)
    file = await ann.upload(TEXT.encode(), "town.txt", in_=team)
    await ann.send("/summarize", in_=team, reply_to=file)
    assert (await ann.reply(in_=team)).text.startswith("📖 town\n")
    await ann.upload(TEXT.encode(), "again.txt", "/summarize", in_=team)
    assert (await ann.reply(in_=team)).text.startswith("📖 again\n")
    await telegram.quiet()
    assert not ann.unread(in_=team)


async def test_alone_it_says_what_it_takes(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/summarize")
    assert "20 MB" in (await ann.reply()).text


async def test_a_file_that_telegram_does_not_hand_out_is_asked_for_again(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    telegram.faults.answer("getFile", 400, description="Bad Request: wrong file_id")
    assert "please send it again" in (await summarized(ann, TEXT.encode())).text


async def test_what_can_t_be_read_gets_one_sentence(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    for data, why in (
        (bytes(range(256)) * 40, "binary"),
        (pdf([]), "only pictures of pages"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"x" * (DOWNLOAD_LIMIT + 1), "up to 20 MB"),
    ):
        answer = await summarized(ann, data)
        assert why in answer.text
        assert "\n" not in answer.text


async def test_a_chinese_reader_sees_a_chinese_frame(telegram: Playground) -> None:
    li = telegram.person("李", language_code="zh-hans")
    message = await summarized(li, TEXT.encode())
    assert "英文原文" in message.text


async def test_buttons_work_after_a_restart_but_only_for_their_own_chat(
    telegram: Playground, tmp_path: Path
) -> None:
    """A pair of its own: the bot of the other tests goes on meanwhile."""
    from bot.playground import Playground

    async with Playground() as other:
        settings = settings_for(other, tmp_path)
        ann, bob = other.person("Ann"), other.person("Bob")
        async with serving(settings):
            message = await summarized(ann, TEXT.encode())
        async with serving(settings):
            await ann.press(message, "7")
            assert len(quotes(await message.edited())) == 7
            await bob.send("/about")
            theirs = await bob.reply()
            theirs.raw["reply_markup"] = message.raw["reply_markup"]
            assert "no longer kept" in await bob.press(theirs, "Figures")
