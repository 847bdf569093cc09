"""Owners, admins, editors, moderators and strangers; and who pretends to be one of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground.client import Person

PEOPLE = (
    "/invite", "/users", "/broadcast", "/grant 1 editor", "/revoke 1", "/ban x", "/unban x",
    "/audit", "/health", "/export", "/backup",
)  # fmt: skip
SHELVES = (
    "/feeds",
    "/addfeed",
    "/undo",
    "/addjoke",
    "/addreport",
    "/addheadline",
    "/edit",
    "/remove",
)
WORK = {"owner": PEOPLE + SHELVES, "admin": PEOPLE + SHELVES, "editor": SHELVES}
ROLES = ("admin", "editor", "moderator")
FORBIDDEN = "is for those who look after this bot."


@asynccontextmanager
async def team(folder: Path) -> AsyncIterator[tuple[Playground, dict[str, Person]]]:
    """Everybody has met the bot, and the owner has granted each role to its person."""
    async with Playground() as telegram:
        people = {name: telegram.person(name) for name in ("owner", *ROLES, "stranger")}
        async with serving(settings_for(telegram, folder, admins=(people["owner"].id,))):
            for person in people.values():
                await ask(person, "/about")
            for role in ROLES:
                said = await ask(people["owner"], f"/grant {people[role].id} {role}")
                assert said.startswith(f"{role} is {role} here now")
            yield telegram, people


async def ask(person: Person, text: str) -> str:
    await person.send(text)
    return (await person.reply()).text


async def test_each_role_does_its_own_work_and_no_other(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        for name, person in people.items():
            listed = await ask(person, "/help")
            for text in PEOPLE + SHELVES:
                allowed = text in WORK.get(name, ())
                assert (FORBIDDEN not in await ask(person, text)) == allowed, (name, text)
                assert (text.split()[0] in listed) == allowed, (name, text)


async def test_nobody_gives_or_takes_a_role_of_their_rank_or_above(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        ids = {name: person.id for name, person in people.items()}
        for text in (f"grant {ids['stranger']} admin", f"grant {ids['admin']} editor",
                     f"revoke {ids['admin']}"):  # fmt: skip
            assert "higher role" in await ask(people["admin"], f"/{text}")
        for text in (f"grant {ids['stranger']} owner", f"revoke {ids['owner']}"):
            assert "BOT_ADMINS" in await ask(people["admin"], f"/{text}")
        assert "stranger is editor" in await ask(
            people["admin"], f"/grant {ids['stranger']} EDITOR"
        )
        assert "no role" in await ask(people["owner"], f"/revoke {ids['admin']}")
        assert FORBIDDEN in await ask(people["admin"], "/audit")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/grant", "numeric id"),
        ("/grant @ann editor", "numeric id"),
        ("/grant -5 editor", "numeric id"),
        ("/grant ١٢٣ editor", "numeric id"),
        ("/grant 99999999999999999999 editor", "numeric id"),
        ("/grant 5", "Which role"),
        ("/grant 5 king", "Which role"),
        ("/grant 999999 editor", "haven't met 999999"),
        ("/revoke", "numeric id"),
        ("/revoke 5 6", "numeric id"),
    ],
)
async def test_what_cannot_be_granted_is_said(tmp_path: Path, text: str, said: str) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            assert said in await ask(owner, text)


async def test_the_audit_tells_what_was_done_and_tried(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        owner, stranger = people["owner"], people["stranger"]
        assert FORBIDDEN in await ask(stranger, f"/grant {stranger.id} admin")
        lines = (await ask(owner, "/audit")).splitlines()
        assert lines[0].endswith(f"stranger ({stranger.id}) was refused /grant")
        whom = f"moderator ({people['moderator'].id})"
        assert lines[1].endswith(f"owner ({owner.id}) granted {whom} moderator")
        both = telegram.group("Team", members=[owner, stranger])
        await owner.reply(in_=both)
        await owner.send("/audit", in_=both)
        assert "private chat" in (await owner.reply(in_=both)).text


async def test_the_audit_is_filtered_by_buttons_and_by_who_it_was(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, stranger = people["owner"], people["stranger"]
        assert FORBIDDEN in await ask(stranger, "/feeds")
        await owner.send("/audit")
        page = await owner.reply()
        assert "granted" in page.text
        await owner.press(page, "Refused")
        only = await page.edited()
        assert [line.endswith("was refused /feeds") for line in only.text.splitlines()] == [True]
        await owner.press(page, "Queue")
        assert (await page.edited()).text == "Nothing yet."
        assert "granted" not in await ask(owner, f"/audit {stranger.id}")
        assert "was refused" not in await ask(owner, "/audit OWN")
        assert await ask(owner, "/audit zzz") == "Nothing about “zzz”."


async def test_no_forged_word_is_an_admin_s(tmp_path: Path) -> None:
    """Forwarded, edited, anonymous, posted, in an owner's name: nobody has a role afterwards."""
    async with team(tmp_path) as (telegram, people):
        owner, stranger = people["owner"], people["stranger"]
        group = telegram.group("Team", members=[owner, stranger], admin=True)
        news = telegram.channel("News", owner=owner)
        double = telegram.person("owner")
        for role in ROLES:
            word = f"/grant {stranger.id} {role}"
            await owner.forward(await stranger.send(word))
            await owner.edit(await owner.send("good morning", in_=group), word)
            await owner.send(word, in_=group, anonymous=True)
            await news.post(word)
            await stranger.send(word, in_=group)
            await stranger.forward(await owner.send(f"see {word}", in_=group))
            await double.send(word)
        assert "/feeds" not in await past(stranger, "/help", "/joke – ")
        audit = await past(owner, "/audit", " · ")
        assert "was refused /grant" in audit
        assert "granted stranger" not in audit


async def past(person: Person, text: str, sign: str) -> str:
    """The answer to this, known by its sign, past all that is still on its way."""
    await person.send(text)
    while sign not in (answer := (await person.reply()).text):
        pass
    return answer


async def test_who_writes_for_a_group_or_channel_is_nobody_and_gets_no_role(
    tmp_path: Path,
) -> None:
    """Telegram shows all anonymous admins of all groups under one number."""
    async with team(tmp_path) as (telegram, people):
        owner = people["owner"]
        club = telegram.group("Club", members=[owner])
        await owner.reply(in_=club)
        await owner.send("/about", in_=club, anonymous=True)
        await owner.reply(in_=club)
        assert "haven't met 1087968824" in await ask(owner, "/grant 1087968824 admin")
