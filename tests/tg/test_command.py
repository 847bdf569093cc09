"""What is typed and what is pressed reaches its command, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.models.messages import Message
from bot.texts import mark
from bot.tg.sender import reply
from tests.tg.house import SORRY, command, presses, serving

if TYPE_CHECKING:
    from telegram import Update

    from bot.playground import Playground
    from bot.store.database import Database
    from bot.tg.context import Context

FORBIDDEN = "/secret is for those who look after this bot."
GONE = mark("That report is no longer on the shelf.")


async def tell(update: Update, context: Context) -> None:
    await reply(context.bot, update, Message.of(f"told {' '.join(context.args or [])}"))


REPORT = command("report", tell, aliases=("longread",), shy_in_groups=True)
SECRET = command("secret", tell, needs="admin")


async def test_a_command_is_known_by_its_name_and_aliases_in_any_case(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, command("joke", tell, aliases=("fun",))):
        for text in ("/joke cats", "/fun cats", "/JOKE cats", "/joke@quipwire_bot cats"):
            await ann.send(text)
            assert (await ann.reply()).text == "told cats"


async def test_in_groups_a_bare_report_calls_the_moderators_not_us(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann], admin=True)
    async with serving(telegram, db, REPORT) as house:
        await ann.reply(in_=team)
        for text in ("/report", "/report him", "/REPORT", "/report@other_bot", "see /report"):
            await ann.send(text, in_=team)
        await house.quiet()
        assert not ann.unread(in_=team)
        for text in ("/report@quipwire_bot x", "/Report@Quipwire_Bot x", "/longread x"):
            await ann.send(text, in_=team)
            assert (await ann.reply(in_=team)).text == "told x"


async def test_in_a_private_chat_a_bare_report_is_for_us(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, REPORT):
        await ann.send("/report 2")
        assert (await ann.reply()).text == "told 2"


async def test_an_admin_s_command_answers_the_admin_alone(
    telegram: Playground, db: Database
) -> None:
    owner, ann = telegram.person("Owner"), telegram.person("Ann")
    team = telegram.group("Team", members=[owner, ann])
    async with serving(telegram, db, SECRET, admins=(owner.id,)) as house:
        await owner.reply(in_=team)
        await owner.send("/secret x")
        assert (await owner.reply()).text == "told x"
        await owner.send("/secret y", in_=team)
        assert (await owner.reply(in_=team)).text == "told y"
        await ann.send("/secret")
        assert (await ann.reply()).text == FORBIDDEN
        await ann.send("/secret", in_=team)
        await house.quiet()
        assert not owner.unread(in_=team)


async def test_without_admins_nobody_is_one(telegram: Playground, db: Database) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, SECRET):
        await ann.send("/secret")
        assert (await ann.reply()).text == FORBIDDEN


async def test_what_an_admin_forwards_edits_or_posts_unseen_is_no_command(
    telegram: Playground, db: Database
) -> None:
    owner, ann = telegram.person("Owner"), telegram.person("Ann")
    team = telegram.group("Team", members=[owner, ann], admin=True)
    news = telegram.channel("News", owner=owner)
    async with serving(telegram, db, SECRET, admins=(owner.id,)) as house:
        theirs = await ann.send("/secret theirs")
        await owner.forward(theirs)
        mine = await owner.send("good morning", in_=team)
        await owner.edit(mine, "/secret edited")
        await owner.send("/secret anonymous", in_=team, anonymous=True)
        await news.post("/secret post")
        await house.quiet()
    texts = [str(call.params["text"]) for call in telegram.calls_of("sendMessage")]
    assert not [text for text in texts if text.startswith("told")]


async def test_an_edited_command_is_not_carried_out_again(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, command("joke", tell)) as house:
        sent = await ann.send("/joke one")
        await ann.reply()
        await ann.edit(sent, "/joke two")
        await house.quiet()
        assert not ann.unread()


async def test_a_press_gets_its_data_and_its_answer(telegram: Playground, db: Database) -> None:
    async def say(_: Update, __: Context, data: str) -> str:
        return f"pressed {data}"

    async def hush(_: Update, __: Context, ___: str) -> None:
        return None

    async def long(_: Update, __: Context, ___: str) -> str:
        return "😀" * 500

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(say=say, sayings=hush, long=long)):
        await ann.send("/board")
        board = await ann.reply()
        toast = await ann.press(board, "say")
        assert (toast, toast.alert) == ("pressed a:b", False)
        assert await ann.press(board, "sayings") == ""
        assert await ann.press(board, "long") == "😀" * 200


async def test_a_press_is_answered_even_if_its_handler_fails(
    telegram: Playground, db: Database
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    async def refuse(*_: object) -> None:
        raise UserError(GONE)

    ann, li = telegram.person("Ann"), telegram.person("李", language_code="zh")
    async with serving(telegram, db, presses(fail=fail, refuse=refuse)) as house:
        await ann.send("/board")
        board = await ann.reply()
        for label, text in (("fail", SORRY), ("refuse", GONE)):
            toast = await ann.press(board, label)
            assert (toast, toast.alert) == (text, True)
        await li.send("/board")
        assert await li.press(await li.reply(), "refuse") == "这份报告已经下架了。"
        assert await house.undone() == []
        assert not ann.unread()


async def test_a_press_whose_long_work_fails_later_gets_a_message(
    telegram: Playground, db: Database
) -> None:
    async def fail() -> None:
        raise UserError(GONE)

    async def start(update: Update, context: Context, _: str) -> str:
        context.later(update, fail())
        return "One moment."

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(start=start)) as house:
        await ann.send("/board")
        assert await ann.press(await ann.reply(), "start") == "One moment."
        assert (await ann.reply()).text == GONE
        assert await house.undone() == []


async def test_a_press_in_a_chat_we_may_not_write_to_is_answered_too(
    telegram: Playground, db: Database
) -> None:
    async def speak(update: Update, context: Context, _: str) -> None:
        await reply(context.bot, update, Message.of("?"))

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(speak=speak)):
        await ann.send("/board")
        board = await ann.reply()
        telegram.faults.answer("sendMessage", 403)
        assert await ann.press(board, "speak") == ""


@pytest.mark.parametrize("data", ["gone:1", "say", "sayings", ":", "SAY:1"])
async def test_a_button_of_another_version_is_answered(
    telegram: Playground, db: Database, data: str
) -> None:
    async def say(_: Update, __: Context, rest: str) -> str:
        return f"said {rest!r}"

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(say=say)):
        await ann.send("/board")
        board = await ann.reply()
        board.keyboard[0][0]["callback_data"] = data
        answer = "said ''" if data == "say" else "This button is no longer in use."
        assert await ann.press(board, "say") == answer
