"""Every command that needs a role, tried in every way by who may not: none is ever accepted."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from bot.commands import ROLL
from bot.models.roles import may
from bot.playground import people as world_people
from bot.playground.waiting import PATIENCE, until
from bot.tg.errors import UNKNOWN
from tests.e2e.test_roles import FORBIDDEN, ask, team

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Playground
    from bot.playground.client import Person, Received

GUARDED = [command for command in ROLL if command.needs]
NOUNS = [(command, noun) for command in GUARDED for noun in command.buttons]
# What would show an accepted try: whatever these say afterwards that they did not say before.
TRACES = (
    "SELECT * FROM roles", "SELECT * FROM bans", "SELECT * FROM acts", "SELECT * FROM drafts",
    "SELECT * FROM announcements", "SELECT * FROM imports", "SELECT * FROM submissions",
    "SELECT * FROM invites", "SELECT id, removed_at, edited_at FROM jokes",
    "SELECT id, paused, removed_at, topic FROM feeds",
    "SELECT * FROM audit WHERE what <> 'refused'",
)  # fmt: skip
LEAST_TRIES = 60


def traces(folder: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folder / "quipwire.db")) as raw:
        return [raw.execute(query).fetchall() for query in TRACES]


def words(people: dict[str, Person]) -> list[str]:
    """What each command would really do something with."""
    stranger, editor = people["stranger"].id, people["editor"].id
    meant = {
        "grant": f"{stranger} admin", "revoke": f"{editor}", "ban": f"{editor}",
        "unban": f"{editor}", "addjoke": "Why the forged goose? | Because.",
        "addheadline": "A forged goose was seen", "addfeed": "http://127.0.0.1:9/feed",
        "edit": "joke-1", "remove": "joke-1", "users": "owner",
    }  # fmt: skip
    return [f"/{command.name} {meant.get(command.name, '')}".strip() for command in GUARDED]


async def pressed(person: Person, message: Received, data: str) -> str:
    """What a button says that this person made up."""
    world = person._world
    chat = world.chat(message.chat_id)
    query = world_people.press(world, person.user, chat, message.raw, data)
    answer = await until(world, lambda: query.answer, f"the answer to {data}", PATIENCE)
    return str(answer["text"])


async def test_no_forged_try_of_any_command_is_accepted(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        before = traces(tmp_path)
        tries = await typed(telegram, people) + await passed_on(telegram, people)
        tries += await captions(people) + await buttons(telegram, people)
        assert traces(tmp_path) == before
        assert tries >= LEAST_TRIES


async def test_a_made_up_button_is_told_kindly_that_it_is_not_known(
    tmp_path: Path,
) -> None:
    async with team(tmp_path) as (_, people):
        owner = people["owner"]
        await owner.send("/about")
        shown = await owner.reply()
        for command, noun in ((each, noun) for each in ROLL for noun in each.buttons):
            stamp = f"{owner.id:x}.{int(time.time()) + 3600:x}:" if command.lasts else ""
            for rest in ("", "made:up", f"1{'0' * 20}:go:0"):
                said = await pressed(owner, shown, f"{noun}:{stamp}{rest}")
                assert "Something went wrong" not in said, (noun, rest)
        assert await pressed(owner, shown, f"queue:{owner.id:x}.ffffffff:made") == UNKNOWN


async def typed(telegram: Playground, people: dict[str, Person]) -> int:
    """By a stranger, by a namesake of the owner, and by each role whose work it is not."""
    roles = {name: name for name in ("admin", "editor", "moderator")}
    persons = {**people, "double": telegram.person("owner")}
    del persons["owner"]
    await ask(persons["double"], "/about")
    tries = 0
    for name, person in persons.items():
        for command, text in zip(GUARDED, words(people), strict=True):
            if may(roles.get(name), command.needs):  # type: ignore[arg-type]
                continue
            said = await ask(person, text)
            assert said == f"/{command.name} {FORBIDDEN}", (name, text)
            tries += 1
    return tries


async def passed_on(telegram: Playground, people: dict[str, Person]) -> int:
    """Forwarded, edited, anonymous, posted in a channel: in a group nothing is even said."""
    owner, writer = people["owner"], telegram.person("writer")
    other = telegram.person("other")
    group = telegram.group("Team", members=[owner, other], admin=True)
    await owner.reply(in_=group)
    news = telegram.channel("News", owner=owner)
    await owner.reply()
    tries = 0
    for text in words(people):
        await news.post(text)
        await owner.edit(await owner.send("good morning", in_=group), text)
        await owner.send(text, in_=group, anonymous=True)
        await other.send(text, in_=group)
        await owner.forward(await owner.send("see " + text, in_=group), in_=group)
        await owner.forward(await writer.send(text, in_=group))
        assert (await owner.reply()).text.startswith("I don't know /"), text
        tries += 6
    assert not owner.unread(in_=group), (await owner.reply(in_=group)).text
    await owner.send("/about", in_=group)
    assert "Quipwire" in (await owner.reply(in_=group)).text
    return tries


async def captions(people: dict[str, Person]) -> int:
    """Under a file, by whom it is not for, and passed on by the owner."""
    tries = 0
    for name in ("addreport", "import"):
        person = people["stranger"]
        file = await person.upload(b"A forged goose. " * 60, "goose.txt", caption=f"/{name}")
        assert "Done" not in str((await person.reply()).buttons)
        await people["owner"].forward(file)
        assert "Done" not in str((await people["owner"].reply()).buttons)
        tries += 2
    return tries


async def buttons(telegram: Playground, people: dict[str, Person]) -> int:
    """Made up with one's own stamp, with the owner's, and pressed after their time."""
    owner, forger = people["owner"], telegram.person("forger")
    thief = telegram.person("thief")
    shown = await owner.send("/about")
    await owner.reply()
    soon, past = int(time.time()) + 3600, int(time.time()) - 1
    tries = 0
    for _, noun in NOUNS:
        rest = "1:go" if noun in {"import", "draft"} else "1"
        for person, stamp in (
            (forger, f"{forger.id:x}.{soon:x}"), (thief, f"{owner.id:x}.{soon:x}"),
        ):  # fmt: skip
            said = await pressed(person, shown, f"{noun}:{stamp}:{rest}")
            assert said == "This button is for the bot's admins.", noun
        said = await pressed(owner, shown, f"{noun}:{owner.id:x}.{past:x}:{rest}")
        assert "has had its time" in said, noun
        said = await pressed(people["admin"], shown, f"{noun}:{owner.id:x}.{soon:x}:{rest}")
        assert "for whoever asked for it" in said, noun
        tries += 4
    return tries
