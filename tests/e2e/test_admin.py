"""The panel of what a role may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import ROLL
from bot.models.roles import may
from tests.e2e.test_roles import FORBIDDEN, ask, team

if TYPE_CHECKING:
    from pathlib import Path

# What is done by a button elsewhere, such as on a person's card.
ELSEWHERE = {"admin", "boiler", "remove", "grant", "revoke", "ban", "unban"}


async def test_everybody_with_a_role_sees_just_what_they_may_do(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        for role in ("owner", "admin", "editor", "moderator"):
            await people[role].send("/admin")
            panel = await people[role].reply()
            shown = {label for row in panel.buttons for label in row}
            allowed = [each for each in ROLL if each.needs and may(role, each.needs)]
            assert shown == {each.panel for each in allowed if each.name not in ELSEWHERE}
            assert "What shall we do?" in panel.text
            assert ("Edit and Remove" in panel.text) == (role != "moderator")
            assert ("Roles and bans" in panel.text) == (role in {"owner", "admin"})
        assert FORBIDDEN in await ask(people["stranger"], "/admin")


async def test_what_waits_is_said_at_once_to_those_who_may_look_at_it(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        await ask(people["stranger"], "/submit Why did the kettle blush? | It saw the tea strip.")
        assert (await ask(people["moderator"], "/admin")).startswith("1 joke waits for a look.")
        assert "waits" not in await ask(people["editor"], "/admin")


async def test_a_button_runs_its_command_or_says_how_it_is_typed(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner = people["owner"]
        await owner.send("/admin")
        panel = await owner.reply()
        await owner.press(panel, "📜 Audit")
        assert "granted" in (await owner.reply()).text
        await owner.press(panel, "👥 People")
        assert (await owner.reply()).text.startswith("👥 5 people")
        await owner.press(panel, "➕ Feed")
        assert (await owner.reply()).text.startswith("Send me the address of the feed")
        assert "/broadcast" in await owner.press(panel, "📣 Announce")


async def test_every_button_answers(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner = people["owner"]
        await owner.send("/admin")
        panel = await owner.reply()
        for row in panel.buttons:
            for label in row:
                toast = await owner.press(panel, label)
                assert "went wrong" not in toast
                if not toast:
                    assert "went wrong" not in (await owner.reply()).text


async def test_the_panel_of_somebody_who_lost_the_role_does_nothing(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, admin, editor = people["owner"], people["admin"], people["editor"]
        await admin.send("/admin")
        panel = await admin.reply()
        assert "whoever asked" in await editor.press(panel, "📜 Audit")
        await ask(owner, f"/grant {admin.id} editor")
        assert await admin.press(panel, "📜 Audit") == ""
        await ask(owner, f"/revoke {admin.id}")
        assert "bot's admins" in await admin.press(panel, "📜 Audit")
        assert not admin.unread()
