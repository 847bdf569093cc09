"""A door that may open loopback, and servers behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.fetch import Limits, Web
from tests.fetch.server import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fetch.server import Server

# Long enough for a busy machine, short enough for a test that has to see it end.
QUICK = Limits(connect=5, idle=0.2, total=0.5)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as made:
        yield made


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web(allow_private=True) as made:
        yield made


@pytest.fixture
async def quick() -> AsyncIterator[Web]:
    async with Web(allow_private=True, limits=QUICK) as made:
        yield made
