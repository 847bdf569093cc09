"""What an admin can take back: single changes, whole imports, and what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Message
from bot.render import acts, imports, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import Change
    from bot.models.imports import Import
    from bot.models.plans import Plan
    from bot.texts import Texts

MOST_SHOWN = 10


def page(
    changes: Sequence[Change], brought: Sequence[Import], planned: Sequence[Plan], texts: Texts
) -> Message:
    """A button for each, what is yet to come first, then the newest; imports as a whole."""
    if not changes and not brought and not planned:
        return Message.of(texts.say("There is nothing to take back."))
    coming = [(times.undo_button(plan, texts),) for plan in planned]
    buttons = [(change.at, acts.undo_button(change, texts)) for change in changes]
    buttons += [(one.at, imports.undo_button(one, texts)) for one in brought]
    newest = sorted(buttons, key=lambda each: each[0], reverse=True)
    rows = (*coming, *((button,) for _, button in newest))[:MOST_SHOWN]
    return Message.of(texts.say("What shall I take back?"), rows)
