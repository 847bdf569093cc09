"""Who comes in, in which language, and what strangers and floods are told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.config import PERSON_BURST
from bot.playground import people
from bot.services import access, chats
from bot.store import chats as rows
from bot.tg.context import Tools
from tests.tg.house import PING, presses, serving, utc_now

if TYPE_CHECKING:
    import pytest
    from telegram import Update

    from bot.playground import Playground
    from bot.store.database import Database
    from bot.tg.context import Context
    from tests.tg.house import House

STRANGER = "This bot is by invitation. Ask whoever runs it for a link."
SLOWLY = "That was a lot at once. Give me a minute, then I'm all yours again."


async def known_chats(db: Database) -> dict[int, tuple[str, str]]:
    found = await db.read(lambda conn: conn.execute(select(rows.chats)).all())
    return {row.id: (row.kind, row.title) for row in found}


async def known_people(db: Database) -> dict[int, str]:
    found = await db.read(lambda conn: conn.execute(select(rows.people)).all())
    return {row.id: row.name for row in found}


async def test_chats_and_people_are_remembered(telegram: Playground, db: Database) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("鲍勃 😀 בוב")
    team = telegram.group("The team", members=[ann, bob])
    async with serving(telegram, db, PING):
        await ann.send("/ping")
        await ann.reply()
        await bob.reply(in_=team)  # the greeting
        await bob.send("/ping", in_=team)
        await bob.reply(in_=team)
    assert await known_chats(db) == {
        ann.id: ("private", "Ann"), team.id: ("supergroup", "The team"),
    }  # fmt: skip
    assert await known_people(db) == {ann.id: "Ann", bob.id: "鲍勃 😀 בוב"}


async def test_who_has_no_name_left_is_answered(telegram: Playground, db: Database) -> None:
    nobody = telegram.person("")
    async with serving(telegram, db, PING):
        await nobody.send("/ping")
        assert (await nobody.reply()).text == "pong  en"
    assert await known_people(db) == {nobody.id: ""}


async def test_what_is_of_nobody_and_nowhere_is_let_go(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(telegram, db, PING) as house:
        await house.inbox.accept([{"update_id": 7, "new_kind": {"id": 1}}, {"update_id": 8}])
        assert await house.undone() == []
    assert caplog.text == ""


async def test_who_is_known_costs_no_look_up(telegram: Playground, db: Database) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING) as house:
        await ann.send("/ping")
        await ann.reply()
        gate = house.application.bot_data[Tools].gate
        gate._db = None  # from here on a look-up would fail
        await ann.send("/ping again")
        assert (await ann.reply()).text == "pong again en"


async def test_a_person_who_changes_their_name_is_remembered_anew(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING):
        await ann.send("/ping")
        await ann.reply()
        ann.user["first_name"] = "Anna"
        await ann.send("/ping")
        await ann.reply()
    assert await known_people(db) == {ann.id: "Anna"}


async def test_a_chat_speaks_the_language_of_who_came_first_until_it_chooses(
    telegram: Playground, db: Database
) -> None:
    li, ann = telegram.person("李", language_code="zh-hans"), telegram.person("Ann")
    team = telegram.group("Team", members=[li, ann])
    async with serving(telegram, db, PING) as house:
        await li.reply(in_=team)
        await ann.reply(in_=team)
        for person, in_ in ((li, None), (ann, None), (ann, team)):
            await person.send("/ping", in_=in_)
        assert (await li.reply()).text == "pong  zh"
        assert (await ann.reply()).text == "pong  en"
        assert (await ann.reply(in_=team)).text == "pong  zh"
        await chats.speak(db, team.id, "en")
        house.application.bot_data[Tools].gate.forget(team.id)
        await ann.send("/ping", in_=team)
        assert (await ann.reply(in_=team)).text == "pong  en"


async def test_a_stranger_is_told_once_that_it_is_by_invitation_then_nothing(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING, access="invite", admins=(1,)) as house:
        for _ in range(3):
            await ann.send("/ping")
        assert (await ann.reply()).text == STRANGER
        await house.quiet()
        assert not ann.unread()


async def test_a_host_who_forgot_to_name_an_owner_is_told_too(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING, access="invite"):
        await ann.send("/ping")
        assert (await ann.reply()).text == STRANGER
    assert f"set BOT_ADMINS={ann.id}" in caplog.text


async def test_a_stranger_who_tried_inline_first_is_still_told(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING, access="invite", admins=(1,)) as house:
        query = people.ask_inline(telegram.world, ann.user, "cats")
        await house.quiet()
        assert query.answer is None
        await ann.send("/ping")
        assert (await ann.reply()).text == STRANGER


async def test_in_strange_groups_and_channels_there_is_silence(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    news = telegram.channel("News", owner=ann)
    async with serving(telegram, db, PING, access="invite", admins=(1,)) as house:
        await ann.send("/ping", in_=team)
        await news.post("/ping")
        await house.quiet()
        assert not ann.unread(in_=team)
        assert not telegram.calls_of("sendMessage")


async def test_admins_and_those_who_were_let_in_come_in(telegram: Playground, db: Database) -> None:
    owner, ann, bob = (telegram.person(name) for name in ("Owner", "Ann", "Bob"))
    async with serving(telegram, db, PING, access="invite", admins=(owner.id,)) as house:
        await owner.send("/ping")
        assert (await owner.reply()).text.startswith("pong")
        await ann.send("/ping")
        assert (await ann.reply()).text == STRANGER
        code = await access.invite(db, owner.id, utc_now())
        assert await access.redeem(db, code, ann.id, utc_now())
        await ann.send("/ping")
        assert (await ann.reply()).text.startswith("pong")
        team = telegram.group("Team", members=[bob])
        await bob.send("/ping", in_=team)
        await house.quiet()
        assert not bob.unread(in_=team)
        await access.admit_chat(db, team.id, utc_now())
        await bob.send("/ping", in_=team)
        assert (await bob.reply(in_=team)).text.startswith("pong")


async def test_only_the_message_itself_opens_the_door_with_an_invitation(
    telegram: Playground, db: Database
) -> None:
    """A stranger's other words do not pass, whatever they begin with."""
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING, access="invite", admins=(1,)):
        await ann.send("/ping /start invite-x")
        assert (await ann.reply()).text == STRANGER


async def test_without_owners_the_log_says_once_who_wrote(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    li = telegram.person("Li\n2024 ERROR \u202eforged")
    team = telegram.group("Team", members=[li])
    async with serving(telegram, db, PING):
        for in_ in (None, None, team):
            await li.send("/ping", in_=in_)
        await li.reply()
        await li.reply(in_=team)
    hints = [text for text in caplog.messages if "BOT_ADMINS" in text]
    assert hints == [
        f"Li2024 ERROR forged (id {li.id}) wrote; if that is you, set BOT_ADMINS={li.id}"
    ]


async def test_with_owners_the_log_is_silent(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ann = telegram.person("Ann")
    async with serving(telegram, db, PING, admins=(1,)):
        await ann.send("/ping")
        await ann.reply()
    assert "BOT_ADMINS" not in caplog.text


async def flood(house: House, telegram: Playground, person_id: int) -> list[str]:
    person = telegram.person("Ann", id=person_id)
    for _ in range(PERSON_BURST + 20):
        await person.send("/ping")
    heard: list[str] = []
    await house.quiet()
    while person.unread():
        heard.append((await person.reply()).text)
    return heard


async def test_a_flood_is_told_once_then_met_with_silence(
    telegram: Playground, db: Database
) -> None:
    async with serving(telegram, db, PING, admins=(1,)) as house:
        heard = await flood(house, telegram, 76)
        pongs = [text for text in heard if text.startswith("pong")]
        assert heard.index(SLOWLY) >= PERSON_BURST
        assert heard.count(SLOWLY) == 1
        assert PERSON_BURST <= len(pongs) < PERSON_BURST + 10
        bob = telegram.person("Bob")
        await bob.send("/ping")
        assert (await bob.reply()).text.startswith("pong")


async def test_an_admin_is_never_too_fast(telegram: Playground, db: Database) -> None:
    async with serving(telegram, db, PING, admins=(77,)) as house:
        heard = await flood(house, telegram, 77)
        assert len(heard) == PERSON_BURST + 20
        assert SLOWLY not in heard


async def test_who_floods_with_presses_is_told_over_the_button(
    telegram: Playground, db: Database
) -> None:
    async def fine(_: Update, __: Context, ___: str) -> str:
        return "fine"

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(fine=fine), admins=(1,)):
        await ann.send("/board")
        board = await ann.reply()
        toasts = [await ann.press(board, "fine") for _ in range(PERSON_BURST - 1)]
        assert set(toasts) == {"fine"}
        seen = await ann.press(board, "fine")
        while seen == "fine":  # as many more as time has given back meanwhile
            seen = await ann.press(board, "fine")
        assert seen == SLOWLY
        assert seen.alert
