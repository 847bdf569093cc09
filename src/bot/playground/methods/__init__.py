"""The roll of Bot API methods: one file for each group, one line for each here."""

from collections.abc import Callable
from typing import Any

from bot.playground.methods import (
    callbacks,
    chats,
    files,
    inline,
    messages,
    profile,
    updates,
    webhooks,
)
from bot.playground.params import Params
from bot.playground.world import World

Method = Callable[[World, Params], Any]

ROLL: dict[str, Method] = {
    **profile.ROLL,
    **updates.ROLL,
    **webhooks.ROLL,
    **messages.ROLL,
    **files.ROLL,
    **callbacks.ROLL,
    **inline.ROLL,
    **chats.ROLL,
}
NAMES = {name.lower(): name for name in ROLL}
