"""The audit: who did what and when, by kind and by person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.models.messages import Button, Message
from bot.render.acts import name
from bot.render.foreign import harmless
from bot.render.pages import grid, pager, ticked
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.roles import Act
    from bot.texts import Texts

PAGE = 15
NAME_UNITS, DETAIL_UNITS, TITLE_UNITS = 40, 120, 60
# What a moderator decided about has a number, but nobody calls it by that.
_IN_QUEUE = re.compile(r"(sent|flagged) \d+")
_ANNOUNCED = re.compile(r"#\d+: (\d+)")
ACTS = {
    "grant": mark("granted {detail}"),
    "revoke": mark("revoked {detail}"),
    "announce": mark("sent an announcement to {detail}"),
    "retract": mark("deleted an announcement everywhere"),
    "ban": mark("banned {detail}"),
    "unban": mark("unbanned {detail}"),
    "add": mark("added {detail}"),
    "edit": mark("changed {detail}"),
    "remove": mark("removed {detail}"),
    "undo": mark("took back: {detail}"),
    "undo.add": mark("took back the new {detail}"),
    "undo.edit": mark("changed back {detail}"),
    "undo.remove": mark("put back {detail}"),
    "import": mark("imported {detail}"),
    "import.undo": mark("took back {detail}"),
    "plan": mark("planned {detail}"),
    "unplan": mark("called off {detail}"),
    "expire": mark("let expire {detail}"),
    "boiler": mark("dropped a line of {detail}"),
    "boiler.undo": mark("quotes a line of {detail} again"),
    "feed.add": mark("followed {detail}"),
    "feed.pause": mark("paused {detail}"),
    "feed.resume": mark("resumed {detail}"),
    "feed.topic": mark("filed {detail} under another topic"),
    "feed.language": mark("changed the language of {detail}"),
    "feed.pace": mark("changed how often {detail} is asked"),
    "feed.remove": mark("stopped following {detail}"),
    "feed.restore": mark("followed {detail} again"),
    "refused": mark("was refused {detail}"),
    "backup": mark("took a backup"),
    "move": mark("took in the people of another bot"),
    "queue.approve": mark("approved {detail}"),
    "queue.reject": mark("rejected {detail}"),
    "queue.edit": mark("edited {detail}"),
    "queue.keep": mark("kept {detail}"),
    "queue.remove": mark("took down {detail}"),
}
_SHELVES = (
    "add", "edit", "remove", "import", "import.undo", "plan", "unplan", "expire",
    *(what for what in ACTS if what.startswith(("undo", "boiler", "feed."))),
)  # fmt: skip
_QUEUE = tuple(what for what in ACTS if what.startswith("queue."))
# What a button shows, by its letter.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "a": (mark("All"), ()),
    "s": (mark("Shelves"), _SHELVES),
    "q": (mark("Queue"), _QUEUE),
    "r": (mark("Refused"), ("refused",)),
    "o": (mark("Others"), tuple(what for what in ACTS
                                if what not in (*_SHELVES, *_QUEUE, "refused"))),
}  # fmt: skip


def page(
    acts: Sequence[Act], total: int, kind: str, offset: int, word: str, texts: Texts
) -> Message:
    """The newest first, a line each; buttons for the kinds and the pages."""
    nothing = texts.say("Nothing about “{word}”.", word=word) if word else texts.say("Nothing yet.")
    lines = [_line(act, texts) for act in acts] or [nothing]
    kinds = [
        Button(ticked(texts.say(label), each == kind), f"audit:{each}:0:{word}")
        for each, (label, _) in KINDS.items()
    ]
    turn = pager(lambda to: f"audit:{kind}:{to}:{word}", offset, len(acts), total, size=PAGE)
    return Message.of("\n".join(lines), (*grid(kinds, across=3), turn))


def _line(act: Act, texts: Texts) -> str:
    """A line in UTC, whoever reads it."""
    what = texts.say(ACTS[act.what], detail=_detail(act, texts))
    who = act.name and f"{clip(harmless(act.name), NAME_UNITS)} ({act.person_id})"
    return f"{act.at:%Y-%m-%d %H:%M} · {who or act.person_id} {what}"


def _detail(act: Act, texts: Texts) -> str:
    """By its words and by what commands call it."""
    named = clip(harmless(act.detail), DETAIL_UNITS)
    if _IN_QUEUE.fullmatch(act.detail):
        return name(act.item, TITLE_UNITS) if act.item else texts.say("a joke")
    if announced := _ANNOUNCED.fullmatch(act.detail):
        return texts.plural("{n} chat", "{n} chats", int(announced[1]))
    return f"{name(act.item, TITLE_UNITS)} ({named})" if act.item else named
