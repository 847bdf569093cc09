"""How the bot is doing, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.models.deliveries import Outlook
from bot.models.health import Health
from bot.render import health as render
from bot.texts import Texts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NONE = timedelta()


@pytest.mark.parametrize(
    ("language", "unsure"), [("en", "nobody knows if it arrived"), ("zh", "不知道是否送达")]
)
def test_why_messages_never_arrived_is_told_in_the_reader_s_words(
    language: str, unsure: str
) -> None:
    failures = (("", 3), ("nobody knows if it arrived", 2), ("Message to copy not found", 1))
    health = Health(Outlook(0, NONE, NONE, 0, 6), failures, 0, 0, 0, 10**10, 10**6, NOW)
    lines = str(render.message(health, Texts(language), NOW).html).splitlines()
    assert [line for line in lines if "×" in line] == [
        f"  5 × {unsure}", "  1 × Message to copy not found",
    ]  # fmt: skip
