"""What comes by itself into a topic of a forum, which may be closed and opened again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.playground.waiting import PATIENCE, until
from tests.e2e.test_delivery import refused

if TYPE_CHECKING:
    from bot.playground import Person, Playground
    from bot.playground.client import Group
    from tests.e2e.conftest import Clock


async def subscribed(world: Playground) -> tuple[Person, Group, int]:
    """Somebody, their forum and a topic of it that gets a brief at eight."""
    ann = world.person("Ann")
    forum = world.group("Forum", members=[ann])
    await ann.reply(in_=forum)
    jokes = forum.topic("Jokes")
    await ann.send("/subscribe 8:00 Europe/Berlin", in_=forum, topic=jokes)
    assert "08:00" in (await ann.reply(in_=forum)).text
    return ann, forum, jokes


async def card(ann: Person, forum: Group) -> str:
    await ann.send("/subscriptions", in_=forum)
    return (await ann.reply(in_=forum)).text


async def test_its_digest_goes_on_when_a_closed_topic_is_open_again(
    world: Playground, clock: Clock
) -> None:
    ann, forum, jokes = await subscribed(world)
    forum.close_topic(jokes)
    clock.turn(hours=18)
    await until(world.world, partial(refused, world), "a refusal", PATIENCE)
    while "Paused:" not in await card(ann, forum):
        pass
    forum.close_topic(jokes)
    assert "Paused:" not in await card(ann, forum)
    clock.turn(hours=24)
    digest = await ann.reply(in_=forum)
    assert digest.text.startswith("📰 ")
    assert digest.raw["message_thread_id"] == jokes


async def test_what_a_person_paused_stays_so_when_the_topic_is_open_again(
    world: Playground, clock: Clock
) -> None:
    ann, forum, jokes = await subscribed(world)
    await ann.send("/subscriptions", in_=forum)
    shown = await ann.reply(in_=forum)
    await ann.press(shown, "Pause")
    await shown.edited()
    forum.close_topic(jokes)
    forum.close_topic(jokes)
    assert "Paused:" in await card(ann, forum)
    assert clock.moment.hour == 12
