"""Admins look people up, give roles by their cards, and ban; who is banned gets no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import Playground
from bot.playground import people as acting
from bot.playground.waiting import PATIENCE, until
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_roles import FORBIDDEN, ask, team

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.client import Person, Received


async def card_of(admin: Person, whom: Person) -> Received:
    """The card, found by the numeric id."""
    await admin.send(f"/users {whom.id}")
    await admin.press(await admin.reply(), "1")
    return await admin.reply()


async def labels(admin: Person, whom: Person) -> list[str]:
    return [label for row in (await card_of(admin, whom)).buttons for label in row]


async def test_people_are_found_by_name_and_id_and_turned_over(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        owner = people["owner"]
        for name in ("李雷", "Élodie", *(f"guest {number}" for number in range(8))):
            await ask(telegram.person(name), "/about")
        assert "👥 1 person\n1. 李雷" in await ask(owner, "/users 李")
        assert "1. Élodie" in await ask(owner, "/users élo")
        assert "stranger" in await ask(owner, "/users STRAN")
        assert await ask(owner, "/users %") == "👥 I know nobody called “%”."
        assert "👥 I know nobody called “999" in await ask(owner, f"/users {'9' * 25}")
        assert f"stranger · {people['stranger'].id}" in await ask(
            owner, f"/users {people['stranger'].id}"
        )
        await owner.send("/users gue")
        found = await owner.reply()
        assert found.text.startswith("👥 8 people\n1. guest 7")
        await owner.press(found, "Team")
        assert (await found.edited()).text == "👥 Nobody of them is called “gue”."
        await owner.send("/users")
        found = await owner.reply()
        assert found.text.startswith("👥 15 people")
        await owner.press(found, "▸")
        assert "\n9. " in (await found.edited()).text
        await owner.press(found, "Team")
        assert "owner" in (await found.edited()).text
        assert "guest" not in found.text
        await owner.press(found, "Banned")
        assert (await found.edited()).text == "👥 Nobody is banned."


async def test_a_role_that_was_given_or_taken_is_taken_back_by_one_press(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, admin, stranger = people["owner"], people["admin"], people["stranger"]
        editor = people["editor"]
        await admin.send(f"/grant {stranger.id} moderator")
        said = await admin.reply()
        assert said.text == "stranger is moderator here now."
        assert "for whoever asked" in await owner.press(said, "Undo")
        await admin.press(said, "Undo")
        assert "no role" in (await said.edited()).text
        await admin.send(f"/revoke {editor.id}")
        said = await admin.reply()
        assert said.text == "editor has no role here any more."
        await admin.press(said, "Undo")
        assert "\neditor\n" in (await said.edited()).text
        await admin.send(f"/grant {editor.id} editor")
        assert (await admin.reply()).buttons == []


async def test_a_role_is_given_and_taken_on_the_card(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        admin, stranger = people["admin"], people["stranger"]
        assert await labels(admin, stranger) == ["Make editor", "Make moderator", "🚫 Ban"]
        assert await labels(admin, people["owner"]) == []
        assert await labels(admin, admin) == []
        assert "Make admin" in await labels(people["owner"], stranger)
        card = await card_of(admin, stranger)
        await admin.press(card, "Make editor")
        assert "\neditor\n" in (await card.edited()).text
        assert "/feeds" in await ask(stranger, "/help")
        await admin.press(card, "Take the role away")
        assert "no role" in (await card.edited()).text
        assert "/feeds" not in await ask(stranger, "/help")
        card.keyboard[0][0]["callback_data"] = card.keyboard[0][0]["callback_data"].replace(
            "editor", "admin"
        )
        assert "higher role" in await admin.press(card, "Make editor")


async def test_who_is_banned_gets_no_answer_anywhere(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        owner, stranger = people["owner"], people["stranger"]
        club = telegram.group("Club", members=[owner, stranger])
        await owner.reply(in_=club)
        await owner.send("/joke", in_=club)
        joke = await owner.reply(in_=club)
        said = await ask(owner, f"/ban {stranger.id}")
        assert "🚫 Banned since" in said
        assert "by owner: gets no answer" in said
        assert FORBIDDEN not in said
        await stranger.send("/joke")
        await stranger.send("/joke", in_=club)
        assert await stranger.press(joke, "😂") == ""
        query = acting.ask_inline(telegram.world, stranger.user, "cats")
        await ask(owner, "/about")
        await owner.send("/about", in_=club)
        assert str(owner.id) in (await owner.reply(in_=club)).text
        assert query.answer is None
        assert "😂 1" not in str(joke.buttons)
        assert not stranger.unread()
        assert "gets no answer" not in await ask(owner, f"/unban {stranger.id}")
        assert str(stranger.id) in await ask(stranger, "/about")
        audit = await ask(owner, "/audit")
        assert f" banned stranger ({stranger.id})" in audit
        assert f"unbanned stranger ({stranger.id})" in audit


async def test_a_ban_takes_the_role_and_keeps_it_away(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, editor = people["owner"], people["editor"]
        await ask(owner, f"/ban {editor.id}")
        assert f"/unban {editor.id} first" in await ask(owner, f"/grant {editor.id} editor")
        await ask(owner, f"/unban {editor.id}")
        assert FORBIDDEN in await ask(editor, "/feeds")


async def test_nobody_bans_their_equals_or_betters(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, admin = people["owner"], people["admin"]
        for whom in (owner, admin):
            assert "ban" in await ask(admin, f"/ban {whom.id}")
            assert str(whom.id) in await ask(whom, "/about")
        assert "numeric id" in await ask(owner, "/ban ١٢٣")
        assert "numeric id" in await ask(owner, "/ban stranger")
        assert "can't ban yourself" in await ask(owner, f"/ban {owner.id}")


async def test_a_ban_outlives_being_forgotten(tmp_path: Path) -> None:
    """Only the number is kept; somebody never met can be banned by it, too."""
    async with team(tmp_path) as (telegram, people):
        owner, stranger = people["owner"], people["stranger"]
        await stranger.send("/forget")
        asked = await stranger.reply()
        await stranger.press(asked, "Forget everything")
        await asked.edited()
        said = await ask(owner, f"/ban {stranger.id}")
        assert said.startswith("👤 somebody I haven't met")
        await stranger.send("/joke")
        assert "1. 🚫 somebody I haven't met" in await ask(owner, f"/users {stranger.id}")
        assert not stranger.unread()
        assert menu_of(telegram, people["editor"])


async def test_whoever_has_no_role_any_more_has_no_menu_of_it(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        editor = people["editor"]
        await editor.send("/forget")
        asked = await editor.reply()
        assert menu_of(telegram, editor)
        await editor.press(asked, "Forget everything")
        await asked.edited()
        assert not menu_of(telegram, editor)
        assert FORBIDDEN in await ask(editor, "/feeds")


async def test_a_banned_person_s_card_press_is_dropped_too(tmp_path: Path) -> None:
    async with team(tmp_path) as (_, people):
        owner, admin, stranger = people["owner"], people["admin"], people["stranger"]
        card = await card_of(admin, stranger)
        await ask(owner, f"/ban {admin.id}")
        assert await admin.press(card, "Make editor") == ""
        assert FORBIDDEN in await ask(stranger, "/feeds")


async def test_an_owner_who_writes_for_the_first_time_has_the_menu_at_once(
    tmp_path: Path,
) -> None:
    async with Playground() as telegram:
        owner, guest = telegram.person("owner"), telegram.person("guest")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            calls = telegram.calls_of
            await until(
                telegram.world,
                lambda: [call for call in calls("setMyCommands") if call.status == 400],
                "the owner's menu to be refused",
                PATIENCE,
            )
            for person in (owner, guest):
                await ask(person, "/start")
            assert menu_of(telegram, owner)
            assert not menu_of(telegram, guest)


def menu_of(telegram: Playground, person: Person) -> bool:
    """Whether this person's chat has a menu of its own now."""
    calls = [call for name in ("setMyCommands", "deleteMyCommands")
             for call in telegram.calls_of(name)
             if call.status == 200 and str(person.id) in str(call.params)]  # fmt: skip
    return bool(calls) and max(calls, key=lambda call: call.at).method == "setMyCommands"
