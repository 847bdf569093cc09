"""No update is lost: it is kept before Telegram may forget it, and handed on until it is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import pytest

from bot.store import inbox as rows
from bot.tg import inbox as module
from bot.tg.inbox import Inbox, chat_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from bot.store.database import Database
    from bot.tg.inbox import Raw

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
BOT = 7


def update(number: int, text: str = "/joke") -> Raw:
    message = {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


def updates(*numbers: int) -> list[Raw]:
    return [update(number) for number in numbers]


class Disk:
    """The database; its disk is full for the next `full` writes."""

    def __init__(self, db: Database) -> None:
        self._db, self.full = db, 0
        self.read = db.read

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        if self.full:
            self.full -= 1
            raise OSError("No space left on device")
        return await self._db.write(work, *args, **kwargs)


class Run:
    """One life of the bot: what its inbox handed on."""

    def __init__(self, db: Database | Disk, bot: int = BOT) -> None:
        self.now = NOW
        self.inbox = Inbox(cast("Database", db), bot, lambda: self.now, self._put)
        self.handed: list[int] = []
        self.raw: list[Raw] = []

    async def _put(self, raw: Raw) -> None:
        self.handed.append(raw["update_id"])
        self.raw.append(raw)

    def do(self, *numbers: int) -> None:
        for number in numbers:
            self.inbox.hold(number)
            self.inbox.release(number)

    async def fail(self, number: int, *, minutes: float = 0) -> None:
        """Nothing reaches Telegram; then so much time goes by, and it can be reached."""
        self.inbox.hold(number)
        self.inbox.fail(number)
        self.inbox.release(number)
        self.now += timedelta(minutes=minutes)
        await self.inbox.again()


async def left(db: Database, bot: int = BOT) -> list[int]:
    """What a next run would find undone."""
    run = Run(db, bot)
    await run.inbox.replay()
    return run.handed


@pytest.fixture(autouse=True)
def _notes_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DONE_EVERY_SECONDS", 0)


async def test_new_updates_are_handed_on_in_order_and_kept(db: Database) -> None:
    run = Run(db)
    await run.inbox.replay()
    await run.inbox.accept(updates(5, 6, 7))
    assert run.handed == [5, 6, 7]
    assert await left(db) == [5, 6, 7]


async def test_an_update_survives_word_for_word(db: Database) -> None:
    first, second = Run(db), Run(db)
    raw = update(5, "汉 😀 שלום \u202e \x00 \\ \"'")
    await first.inbox.accept([raw])
    await second.inbox.replay()
    assert second.raw == [raw]


async def test_what_telegram_delivers_again_is_not_handed_on_again(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5, 6))
    await run.inbox.accept(updates(5, 6, 7))
    assert run.handed == [5, 6, 7]


@pytest.mark.parametrize("ends", ["goes on", "closes"])
async def test_what_is_answered_before_it_is_committed_is_noted_all_the_same(
    db: Database, ends: str
) -> None:
    class Quick(Run):
        async def _put(self, raw: Raw) -> None:
            await super()._put(raw)
            self.do(raw["update_id"])
            await self.inbox.flush()

    run = Quick(db)
    await run.inbox.accept(updates(5, 6))
    if ends == "closes":
        await run.inbox.close()
    else:
        await run.inbox.flush()
    assert await left(db) == []


async def test_nor_is_it_after_a_restart_done_or_not(db: Database) -> None:
    first = Run(db)
    await first.inbox.accept(updates(5, 6))
    first.do(5)
    await first.inbox.close()
    second = Run(db)
    await second.inbox.replay()
    await second.inbox.accept(updates(5, 6, 7))
    assert second.handed == [6, 7]


async def test_an_older_number_that_nobody_has_seen_is_handed_on_once(db: Database) -> None:
    """Telegram begins anew at a random number when a bot was idle for a week."""
    run = Run(db)
    await run.inbox.accept(updates(900, 901))
    await run.inbox.accept(updates(20, 21))
    await run.inbox.accept(updates(20, 21, 22))
    assert run.handed == [900, 901, 20, 21, 22]
    assert await left(db) == [20, 21, 22, 900, 901]


async def test_what_is_done_is_not_replayed(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5, 6, 7))
    run.do(5, 7)
    await run.inbox.close()
    assert await left(db) == [6]


async def test_it_is_done_only_when_all_who_hold_it_have_let_go(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5))
    run.inbox.hold(5)
    run.inbox.hold(5)
    run.inbox.release(5)
    await run.inbox.close()
    assert await left(db) == [5]
    run.inbox.release(5)
    await run.inbox.close()
    assert await left(db) == []


@pytest.mark.parametrize("failed_by", ["first", "last"])
async def test_an_answer_that_could_not_be_sent_is_tried_at_the_next_start(
    db: Database, failed_by: str
) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5, 6))
    run.inbox.hold(5)
    run.inbox.hold(5)
    if failed_by == "first":
        run.inbox.fail(5)
    run.inbox.release(5)
    if failed_by == "last":
        run.inbox.fail(5)
    run.inbox.release(5)
    run.do(6)
    await run.inbox.close()
    assert await left(db) == [5]


async def test_two_bots_on_one_database_keep_their_updates_apart(db: Database) -> None:
    ours, theirs = Run(db, 1), Run(db, 2)
    await ours.inbox.accept(updates(5, 6))
    await theirs.inbox.accept(updates(5))
    assert theirs.handed == [5]
    ours.do(5, 6)
    await ours.inbox.close()
    assert (await left(db, 1), await left(db, 2)) == ([], [5])


async def test_many_notes_are_written_together(db: Database) -> None:
    written: list[int] = []

    class Counting(Disk):
        async def write(self, work: Any, *args: Any, **kwargs: Any) -> Any:
            if work is rows.mark_done:
                written.append(len(args[1]))
            return await super().write(work, *args, **kwargs)

    run = Run(Counting(db))
    await run.inbox.accept(updates(*range(100)))
    run.do(*range(100))
    await run.inbox.close()
    assert written == [100]


async def test_an_update_that_could_not_be_kept_is_told_and_not_handled_twice(
    db: Database,
) -> None:
    disk = Disk(db)
    run = Run(disk)
    disk.full = 2
    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            await run.inbox.accept(updates(5, 6))
    await run.inbox.accept(updates(5, 6, 7))
    assert run.handed == [5, 6, 7]
    assert await left(db) == [5, 6, 7]


async def test_a_note_that_comes_while_others_are_written_is_written_too(db: Database) -> None:
    class Slow(Disk):
        async def write(self, work: Any, *args: Any, **kwargs: Any) -> Any:
            if work is rows.mark_done and args[1] == [5]:
                run.do(6)
            return await super().write(work, *args, **kwargs)

    run = Run(Slow(db))
    await run.inbox.accept(updates(5, 6))
    run.do(5)
    assert run.inbox._flusher is not None
    await run.inbox._flusher
    assert await left(db) == []


async def test_notes_that_could_not_be_written_are_written_later(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(db)
    run = Run(disk)
    await run.inbox.accept(updates(5, 6))
    disk.full = 1
    run.do(5)
    await run.inbox.close()
    assert "could not be noted" in caplog.text
    run.do(6)
    await run.inbox.close()
    assert await left(db) == []


async def test_a_disk_that_is_full_at_the_end_does_not_keep_the_bot_from_ending(
    db: Database,
) -> None:
    disk = Disk(db)
    run = Run(disk)
    await run.inbox.accept(updates(5))
    disk.full = 99
    run.do(5)
    await run.inbox.close()
    assert await left(db) == [5]


PRIVATE, GROUP = {"id": 11, "type": "private"}, {"id": -22, "type": "supergroup"}


@pytest.mark.parametrize(
    ("content", "chat"),
    [
        ({"message": {"chat": GROUP, "from": {"id": 11}}}, -22),
        ({"edited_message": {"chat": PRIVATE}}, 11),
        ({"channel_post": {"chat": {"id": -33}, "sender_chat": {"id": -33}}}, -33),
        ({"callback_query": {"from": {"id": 11}, "data": "x", "message": {"chat": GROUP}}}, -22),
        ({"callback_query": {"from": {"id": 11}, "data": "x", "inline_message_id": "y"}}, 11),
        ({"callback_query": {"from": {"id": 11}, "data": "x", "message": None}}, 11),
        ({"inline_query": {"from": {"id": 11}, "query": "cats"}}, 11),
        ({"my_chat_member": {"chat": GROUP, "from": {"id": 11}}}, -22),
        ({"something_new": {"chat": {}}}, None),
        ({"something_new": {"chat": {"title": "no id"}, "from": {"id": 11}}}, 11),
        ({"something_new": ["?"]}, None),
        ({"something_new": {"chat": 5}}, None),
        ({"message": {"chat": {"id": 10**30}, "from": {"id": 2**70}}}, None),
        ({"callback_query": {"from": {"id": 11}, "data": "x", "message": "?"}}, 11),
        ({"callback_query": {"from": "?", "data": "x", "message": ["?"]}}, None),
        ({}, None),
    ],
)
def test_an_update_stands_in_the_line_of_its_chat(content: Raw, chat: int | None) -> None:
    assert chat_id({"update_id": 9, **content}) == chat


async def test_what_failed_in_an_outage_is_handed_on_again_when_it_is_over(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5, 6))
    run.do(6)
    await run.fail(5)
    assert run.handed == [5, 6]
    run.now += timedelta(minutes=1)
    await run.inbox.again()
    await run.inbox.again()
    assert run.handed == [5, 6, 5]
    run.do(5)
    await run.inbox.close()
    assert await left(db) == []


async def test_what_failed_while_the_disk_was_full_is_handed_on_again_once_it_is_kept(
    db: Database,
) -> None:
    disk = Disk(db)
    run, disk.full = Run(disk), 1
    with pytest.raises(OSError, match="No space"):
        await run.inbox.accept(updates(5))
    await run.fail(5, minutes=1)
    assert run.handed == [5]
    await run.inbox.accept(updates(5))
    await run.inbox.again()
    assert run.handed == [5, 5]


async def test_what_fails_for_ever_waits_for_the_next_start_at_last(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5))
    for _ in range(9):
        await run.fail(5, minutes=10)
    assert run.handed == [5] * 5
    assert await left(db) == [5]


async def test_what_went_well_meanwhile_may_fail_as_often_as_new(db: Database) -> None:
    run = Run(db)
    await run.inbox.accept(updates(5))
    await run.fail(5, minutes=5)
    run.do(5)
    await run.inbox.close()
    assert run.inbox._tries == {}
