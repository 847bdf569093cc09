"""When something fails the person gets one sentence, the log the reason, and nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.models.messages import Message
from bot.store import chats as rows
from bot.texts import mark
from bot.tg.gate import Gate
from bot.tg.sender import reply
from tests.tg.house import PING, SORRY, command, serving

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.chats import Chat
    from bot.playground import Playground
    from bot.store.database import Database
    from bot.tg.command import Command
    from bot.tg.context import Context

GONE = mark("That joke is no longer on the shelf.")


def failing(error: Exception) -> Command:
    async def run(*_: object) -> None:
        raise error

    return command("fail", run)


async def paused(db: Database) -> set[int]:
    wanted = select(rows.chats.c.id).where(rows.chats.c.paused_at.is_not(None))
    return set(await db.read(lambda conn: conn.scalars(wanted).all()))


async def test_a_bug_is_one_sentence_to_the_person_and_a_traceback_to_the_log(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, failing(ZeroDivisionError("the bug"))) as house:
        await ann.send("/fail")
        assert (await ann.reply()).text == SORRY
        assert await house.undone() == []
    assert "ZeroDivisionError: the bug" in caplog.text


async def test_nobody_comes_in_by_a_gate_that_fails(
    telegram: Playground, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> bool:
        raise ZeroDivisionError

    ann = telegram.person("Ann")
    async with serving(telegram, db, PING) as house:
        monkeypatch.setattr(Gate, "_is_banned", fail)
        await ann.send("/ping")
        assert (await ann.reply()).text == SORRY
        await house.quiet()
        assert len(telegram.calls_of("sendMessage")) == 1


async def test_what_failed_and_could_not_be_told_waits_for_another_try(
    telegram: Playground, db: Database, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    async def fail(*_: object) -> Chat:
        raise ZeroDivisionError

    ann = telegram.person("Ann")
    async with serving(telegram, db, PING) as house:
        monkeypatch.setattr(Gate, "chat", fail)
        await ann.send("/ping")
        await house.quiet()
        assert len(await house.undone()) == 1
    assert telegram.calls_of("sendMessage") == []
    assert "What went wrong could not be told." in caplog.text


async def test_an_expected_failure_is_its_own_sentence_in_the_reader_s_language(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    li = telegram.person("李", language_code="zh-hans")
    async with serving(telegram, db, failing(UserError(GONE))):
        await li.send("/fail")
        assert (await li.reply()).text == "这个笑话已经下架了。"
    assert caplog.text == ""


async def test_values_that_people_wrote_are_shown_as_text(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, failing(UserError("No “{word}”.", word="<b>{x}</b>"))):
        await ann.send("/fail")
        assert (await ann.reply()).text == "No “<b>{x}</b>”."


async def test_after_a_failure_the_next_command_is_answered(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, failing(ValueError("x")), PING):
        await ann.send("/fail")
        await ann.send("/ping")
        assert (await ann.reply()).text == SORRY
        assert (await ann.reply()).text.startswith("pong")


async def test_who_blocked_the_bot_is_paused_without_noise(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    async with serving(telegram, db, PING) as house:
        telegram.faults.answer("sendMessage", 403, chat_id=ann.id)
        await ann.send("/ping")
        await bob.send("/ping")
        await bob.reply()
        await house.quiet()
        assert await paused(db) == {ann.id}
        assert await house.undone() == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len([c for c in telegram.calls_of("sendMessage") if c.status == 403]) == 1


@pytest.mark.usefixtures("_no_pauses")
async def test_an_answer_the_network_swallowed_is_given_at_the_next_start(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING) as house:
        telegram.faults.drop("sendMessage", times=2)
        await ann.send("/ping")
        undone = await house.undone()
        assert len(undone) == 1
        assert not ann.unread()
    assert telegram.token not in caplog.text
    assert "could not be sent" in caplog.text
    async with serving(telegram, db, PING) as house:
        assert (await ann.reply()).text.startswith("pong")
        assert await house.undone() == []


@pytest.mark.usefixtures("_no_pauses")
async def test_so_is_one_that_was_worked_on_beside_the_line(
    telegram: Playground, db: Database
) -> None:
    async def work(update: Update, context: Context) -> None:
        await reply(context.bot, update, Message.of("worked"))

    async def run(update: Update, context: Context) -> None:
        context.later(update, work(update, context))

    ann = telegram.person("Ann")
    async with serving(telegram, db, command("work", run)) as house:
        telegram.faults.drop("sendMessage", times=2)
        await ann.send("/work")
        assert len(await house.undone()) == 1
    async with serving(telegram, db, command("work", run)) as house:
        assert (await ann.reply()).text == "worked"
        assert await house.undone() == []


@pytest.mark.usefixtures("_no_pauses")
async def test_so_is_an_apology(telegram: Playground, db: Database) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, failing(UserError(GONE))) as house:
        telegram.faults.drop("sendMessage", times=2)
        await ann.send("/fail")
        assert len(await house.undone()) == 1
    async with serving(telegram, db, failing(UserError(GONE))):
        assert (await ann.reply()).text == GONE


async def test_a_chat_that_refuses_even_the_apology_is_let_go(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, failing(ValueError("x"))) as house:
        telegram.faults.answer("sendMessage", 400, description="Bad Request: chat not found")
        await ann.send("/fail")
        assert await house.undone() == []
        assert not ann.unread()


async def test_work_that_was_cut_off_in_the_middle_is_taken_up_again(
    telegram: Playground, db: Database
) -> None:
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def run(update: Update, context: Context) -> None:
        context.later(update, work())

    ann = telegram.person("Ann")
    async with serving(telegram, db, command("work", run)) as house:
        await ann.send("/work")
        await begun.wait()
        for task in asyncio.all_tasks():
            if task.get_coro().__qualname__.endswith("__create_task_callback"):  # type: ignore[union-attr]
                task.cancel()
        assert len(await house.undone()) == 1
    async with serving(telegram, db, command("work", PING.run)):
        assert (await ann.reply()).text.startswith("pong")


async def test_an_update_that_cannot_be_read_is_told_and_holds_up_nobody(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING) as house:
        telegram.world.updates.push("message", {"chat": {"id": ann.id}, "text": "no date, no id"})
        telegram.world.updates.push("message", {"message_id": 5, "date": "soon", "chat": 7})
        await ann.send("/ping")
        assert (await ann.reply()).text.startswith("pong")
        assert await house.undone() == []
    assert caplog.text.count("An update could not be read.") == 2


async def test_an_error_outside_of_any_update_is_only_logged(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(telegram, db, PING) as house:
        await house.application.process_error(None, ValueError("somewhere"))
        assert not telegram.calls_of("sendMessage")
    assert "ValueError: somewhere" in caplog.text


@pytest.mark.parametrize(
    "why", ["not enough rights to send text messages to the chat", "TOPIC_CLOSED"]
)
async def test_where_nothing_may_be_written_nothing_more_is_tried(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture, why: str
) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    async with serving(telegram, db, PING) as house:
        await ann.reply(in_=team)  # the greeting
        greeted = len(telegram.calls_of("sendMessage"))
        telegram.faults.answer("sendMessage", 400, description=f"Bad Request: {why}")
        await ann.send("/ping", in_=team)
        assert await house.undone() == []
        assert len(telegram.calls_of("sendMessage")) == greeted + 1
    assert caplog.text == ""
