"""Digests through kills, blocks, moves and a Telegram that is away, by the whole bot."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from bot.playground.methods.chats import member_object
from bot.playground.waiting import until
from bot.tg.window import MOST
from tests.e2e.kills import killed_fan_out
from tests.e2e.test_subscribe import subscribed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Playground
    from tests.e2e.conftest import Clock

# A hundred kills in a fan-out to 2,000 chats take some minutes: `python -m bench.delivery`.
CHATS, KILLS = 200, 3
JOKES = "/subscribe jokes 8:00 Europe/Berlin"


async def test_kills_in_mid_fan_out_lose_no_digest_and_double_no_more_than_was_on_its_way(
    tmp_path: Path,
) -> None:
    outcome = await killed_fan_out(tmp_path, CHATS, KILLS, random.Random(6), per_second=300)
    assert outcome.lost == 0
    assert outcome.kills >= 2
    assert outcome.doubled <= outcome.kills * MOST


async def test_who_blocked_the_bot_gets_digests_again_after_start(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann, JOKES)
    ann.block()
    await world.quiet()
    clock.turn(days=1)
    ben = world.person("Ben")
    await ben.send("/about")
    await ben.reply()
    ann.unblock()
    await ann.send("/start")
    await ann.reply()
    assert not ann.unread()
    clock.turn(days=1)
    assert (await ann.reply()).text.startswith("😄 ")


async def test_a_block_that_only_the_refusal_tells_of_pauses_the_chat(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    await subscribed(ann, JOKES)
    world.faults.answer("sendMessage", 403, chat_id=ann.id)
    clock.turn(days=1)
    await until(world.world, partial(refused, world), "a refusal", 10)
    clock.turn(days=1)
    await ann.send("/start")
    assert (await ann.reply()).buttons
    clock.turn(days=1)
    assert (await ann.reply()).text.startswith("😄 ")
    assert not ann.unread()


async def test_a_digest_follows_a_group_that_became_a_supergroup(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    club = world.group("Club", members=[ann], supergroup=False)
    await ann.reply(in_=club)
    await ann.send(JOKES, in_=club)
    await ann.reply(in_=club)
    club.migrate()
    clock.turn(days=1)
    assert (await ann.reply(in_=club)).text.startswith("😄 ")


async def test_that_the_bot_left_the_old_group_does_not_silence_the_supergroup(
    world: Playground, clock: Clock
) -> None:
    ann = world.person("Ann")
    club = world.group("Club", members=[ann], supergroup=False)
    await ann.reply(in_=club)
    await ann.send(JOKES, in_=club)
    await ann.reply(in_=club)
    here, gone = (member_object(world.world.bot, status) for status in ("member", "left"))
    change = {"chat": club.chat.info, "from": ann.user, "date": int(clock().timestamp())}
    change |= {"old_chat_member": here, "new_chat_member": gone}
    world.world.updates.push("my_chat_member", change)
    club.migrate()
    await ann.send("/about", in_=club)
    await ann.reply(in_=club)
    clock.turn(days=1)
    assert (await ann.reply(in_=club)).text.startswith("😄 ")


async def test_replies_come_while_telegram_takes_no_digests(
    world: Playground, clock: Clock
) -> None:
    ann, ben = world.person("Ann"), world.person("Ben")
    await subscribed(ann, JOKES)
    world.faults.answer("sendMessage", 502, times=3, chat_id=ann.id)
    clock.turn(days=1)
    for number in (1, 2, 3):
        await until(world.world, partial(refused, world, number), "a refusal", 10)
        await ben.send("/about")
        await ben.reply()
        clock.turn(minutes=1)
    digest = await ann.reply()
    assert digest.text.startswith("😄 ")


def refused(world: Playground, number: int = 1) -> bool:
    """Whether Telegram refused so many messages."""
    return sum(call.status >= 400 for call in world.calls_of("sendMessage")) >= number
