"""How the bot gets its updates: by asking, or at a webhook."""

from typing import Any

from bot.playground.chats import Json
from bot.playground.params import Params
from bot.playground.world import World


async def get_updates(world: World, params: Params) -> list[Json]:
    if "allowed_updates" in params.values:
        allow(world, params)
    return await world.updates.poll(
        params.number("offset"), params.number("limit", 100), params.number("timeout")
    )


def allow(world: World, params: Params) -> None:
    kinds = params.array("allowed_updates")
    world.updates.allowed = frozenset(map(str, kinds))


def log_out(world: World, params: Params) -> bool:
    world.updates.interrupt("terminated by close or logOut request")
    return True


ROLL: dict[str, Any] = {"getUpdates": get_updates, "close": log_out, "logOut": log_out}
