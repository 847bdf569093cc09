"""What was typed after a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tg.context import Context

# A word travels in callback data of 64 bytes, beside a noun and two numbers; a few letters take
# half as many bytes again in lower case.
MOST_BYTES = 32


def argument(context: Context) -> str:
    """The words after the command as one line, cut to what a button can carry."""
    return cut(" ".join(context.args or []))


def cut(text: str) -> str:
    """As much of a text as a button can carry."""
    return text.encode()[:MOST_BYTES].decode(errors="ignore").strip()
