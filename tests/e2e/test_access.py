"""A bot by invitation, and who is its admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_stranger_is_told_once_and_an_invitation_lets_one_person_in(
    tmp_path: Path,
) -> None:
    async with Playground() as telegram:
        owner, ann, bob = (telegram.person(name) for name in ("Owner", "Ann", "Bob"))
        settings = settings_for(telegram, tmp_path, access="invite", admins=(owner.id,))
        async with serving(settings):
            await ann.send("/joke")
            assert "by invitation" in (await ann.reply()).text
            await owner.send("/invite")
            link = (await owner.reply()).text.split("start=")[1]
            await ann.send(f"/start {link}")
            assert "Jokes" in (await ann.reply()).text
            await ann.send("/joke")
            assert (await ann.reply()).buttons
            await bob.send(f"/start {link}")
            assert "expired or was used" in (await bob.reply()).text
            await bob.send("/joke")
            assert "by invitation" in (await bob.reply()).text


async def test_only_a_group_that_an_admin_added_is_served(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner, ann = telegram.person("Owner"), telegram.person("Ann")
        settings = settings_for(telegram, tmp_path, access="invite", admins=(owner.id,))
        async with serving(settings):
            ours = telegram.group("Ours", members=[owner, ann])
            theirs = telegram.group("Theirs", members=[ann])
            assert "Jokes" in (await ann.reply(in_=ours)).text
            await ann.send("/joke", in_=theirs)
            await ann.send("/joke", in_=ours)
            assert (await ann.reply(in_=ours)).buttons
            await telegram.quiet()
            assert not ann.unread(in_=theirs)


async def test_nobody_but_an_admin_gets_an_admins_command(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner, ann = telegram.person("Owner"), telegram.person("Ann")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            await ann.send("/invite")
            assert (await ann.reply()).text == "/invite is for those who look after this bot."
            await owner.send("/invite")
            assert "just share" in (await owner.reply()).text
