"""A channel's admin has one brief a day come there, from a private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.methods import ROLL, chats
from bot.playground.methods.chats import bot_member, find_chat

if TYPE_CHECKING:
    from bot.playground import Playground
    from tests.e2e.conftest import Clock


async def test_a_channel_gets_a_brief_whose_buttons_are_votes(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    harbour = world.channel("Harbour", owner=ann, username="harbour_news")
    invited = await ann.reply()
    assert invited.text.startswith("I can post in Harbour now.")
    await ann.send("/subscribe 8:00 Europe/Berlin @harbour_news")
    assert (await ann.reply()).text.startswith("☀️ Harbour · 08:00 · every day · Berlin")
    clock.turn(hours=18)
    digest = await ann.reply(in_=harbour)
    assert digest.text.startswith("📰 ")
    assert digest.buttons == [["😂", "😐"]]
    assert await ann.press(digest, "😂") == "Glad you liked it."
    assert not ann.unread()


async def test_it_is_changed_and_ended_from_the_private_chat(
    world: Playground, clock: Clock
) -> None:
    ann, ben = world.person("Ann"), world.person("Ben")
    harbour = world.channel("Harbour", owner=ann)
    invited = await ann.reply()
    await ann.press(invited, "8:00")
    asked = await invited.edited()
    await ann.press(asked, "Yes, UTC time")
    assert "Harbour · 08:00" in (await asked.edited()).text
    await ann.press(asked, "Try now")
    assert (await ann.reply()).text.startswith("📰 ")
    await ben.send("/subscriptions")
    assert "At what time?" in (await ben.reply()).text
    await ann.send("/subscriptions")
    card = await ann.reply()
    harbour.chat.members[ann.id] = "member"
    assert await ann.press(card, "Stop") == (
        "Only this chat's admins can subscribe it or change that."
    )
    harbour.chat.members[ann.id] = "creator"
    await ann.press(card, "Stop")
    ended = await card.edited()
    await ann.press(ended, "Undo")
    assert "Harbour · 08:00" in (await ended.edited()).text
    assert clock.moment.hour == 12


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("@nowhere_at_all", "I can't post in @nowhere_at_all: make me an admin there"),
        ("t.me/the_club", "@the_club is not a channel: please send /subscribe there."),
        ("@bens_place", "Only admins of @bens_place can subscribe it."),
        ("@no_rights", "I can't post in @no_rights: make me an admin there"),
    ],
)
async def test_what_is_not_to_be_had_is_said(
    world: Playground, clock: Clock, name: str, told: str
) -> None:
    ann, ben = world.person("Ann"), world.person("Ben")
    world.group("Club", members=[ann], username="the_club")
    world.channel("Ben's", owner=ben, username="bens_place")
    mine = world.channel("Mine", owner=ann, username="no_rights")
    assert "Mine" in (await ann.reply()).text
    mine.kick_bot()
    await ann.send(f"/subscribe 8:00 {name}")
    assert told in (await ann.reply()).text
    assert clock.moment.hour == 12


async def test_in_a_group_it_is_said_where_a_channel_is_subscribed(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    club = world.group("Club", members=[ann])
    await ann.reply(in_=club)
    await ann.send("/subscribe 8:00 @harbour_news", in_=club)
    told = "A channel's digests are set up in our private chat: please send that there."
    assert (await ann.reply(in_=club)).text == told
    assert clock.moment.hour == 12


async def test_a_brief_is_offered_once_the_bot_may_post(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    harbour = world.channel("Harbour", owner=ann, admin=False, username="harbour_news")
    harbour.add_bot(admin=True, may_post=False)
    await ann.send("/subscribe 8:00 @harbour_news")
    assert (await ann.reply()).text.startswith("I can't post in @harbour_news:")
    harbour.add_bot(admin=True)
    invited = await ann.reply()
    assert invited.text.startswith("I can post in Harbour now.")
    still = bot_member(world.world, harbour.chat)
    change = {"chat": harbour.chat.info, "from": ann.user, "date": int(clock().timestamp())}
    change |= {"old_chat_member": still, "new_chat_member": {**still, "can_edit_messages": True}}
    world.world.updates.push("my_chat_member", change)
    await ann.send("/about")
    assert "I can post" not in (await ann.reply()).text
    harbour.add_bot(admin=True, may_post=False)
    assert (await ann.press(invited, "8:00")).startswith("I can't post in Harbour:")
    assert clock.moment.hour == 12


@pytest.mark.parametrize("rights", [("can_post_messages",), ()])
async def test_a_server_that_tells_less_of_a_channel_will_do(
    world: Playground, clock: Clock, monkeypatch: pytest.MonkeyPatch, rights: tuple[str, ...]
) -> None:
    monkeypatch.setitem(ROLL, "getChat", lambda world, params: find_chat(world, params).info)
    monkeypatch.setattr(chats, "_RIGHTS", rights)
    ann = world.person("Ann")
    harbour = world.channel("Harbour", owner=ann, admin=False, username="harbour_news")
    harbour.add_bot(admin=True)
    assert (await ann.reply()).text.startswith("I can post in Harbour now.")
    await ann.send("/subscribe 8:00 Europe/Berlin @harbour_news")
    assert (await ann.reply()).text.startswith("☀️ Harbour · 08:00 · every day · Berlin")
    assert clock.moment.hour == 12
