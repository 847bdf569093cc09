"""When something comes onto its shelf, and when it leaves it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.models.messages import Button, Message
from bot.render.acts import name
from bot.render.pages import grid
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.models.drafts import Draft
    from bot.models.messages import Keyboard
    from bot.models.plans import Plan
    from bot.texts import Texts

NAME_UNITS = 120
WHEN = mark(
    "Send me a time, like tomorrow 8:00 or 2030-12-24 18:00; with until it goes again: "
    "mon 8:00 until 2030-12-24."
)
_UNTIL = re.compile(r"\buntil\b|\btill\b|直到|到|至", re.IGNORECASE)


def halves(text: str) -> tuple[str, str]:
    """When it comes and when it goes, as typed; each may be left out."""
    start, *end = _UNTIL.split(text, maxsplit=1)
    return start.strip(), end[0].strip() if end else ""


def choices(draft: Draft, texts: Texts) -> Keyboard:
    """Buttons for the usual times; of what is there already only how long it stays."""
    key = f"draft:{draft.id}"
    comes = [
        Button(f"⏰ {label}", f"{key}:at:{at}")
        for label, at in (
            (texts.say("At once"), "now"), (texts.say("In an hour"), "hour"),
            (texts.say("Tomorrow 8:00"), "morning"), (texts.say("Monday 8:00"), "monday"),
        )
    ]  # fmt: skip
    lengths = [(texts.plural("{n} day", "{n} days", days), str(days)) for days in (1, 7, 30)]
    stays = [
        Button(f"⌛ {label}", f"{key}:at:{until}")
        for label, until in ((texts.say("For good"), "ever"), *lengths)
    ]
    other = Button(texts.say("Another time"), f"{key}:when")
    back = Button("◂ " + texts.say("Back"), f"{key}:show")
    usual = stays if draft.item_id else [*comes, *stays]
    return (*grid(usual, across=2), (other, back))


def facts(
    publish_at: datetime | None, expires_at: datetime | None, zone: ZoneInfo, texts: Texts
) -> list[str]:
    """A line for each, on the reader's clock."""
    lines = []
    if publish_at is not None:
        lines.append(texts.say("⏰ Comes {when}", when=moment(publish_at, zone, texts)))
    if expires_at is not None:
        lines.append(texts.say("⌛ Goes {when}", when=moment(expires_at, zone, texts)))
    return lines


def planned(plan: Plan, zone: ZoneInfo, texts: Texts) -> Message:
    """It comes later, and how to call it off."""
    off = Button("↩ " + texts.say("Undo"), f"plan:{plan.id}")
    lines = [texts.say("Planned: {name}", name=_name(plan)),
             *facts(plan.due_at, plan.expires_at, zone, texts)]  # fmt: skip
    return Message.of("\n".join(lines), ((off,),))


def called_off(plan: Plan, texts: Texts) -> Message:
    """It does not come."""
    return Message.of(texts.say("Called off: {name}", name=_name(plan)))


def undo_button(plan: Plan, texts: Texts) -> Button:
    """In the list of what can be taken back."""
    return Button("↩ " + texts.say("Planned: {name}", name=_name(plan, 40)), f"plan:{plan.id}")


def moment(at: datetime, zone: ZoneInfo, texts: Texts) -> str:
    """A day and a time, with the zone."""
    local = at.astimezone(zone)
    return f"{texts.day(local)}, {texts.time(local)} ({zone.key})"


def _name(plan: Plan, most: int = NAME_UNITS) -> str:
    return name(plan.entry, most) if plan.entry else ""
