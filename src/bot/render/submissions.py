"""What waits for a moderator, and what its sender hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from bot.models.messages import Button, Message
from bot.render.foreign import harmless
from bot.render.jokes import body
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.models.submissions import Case, Wording
    from bot.texts import Texts

SHORT_UNITS, NAME_UNITS, REASON_UNITS = 120, 60, 500
VERDICTS = {
    "approve": mark("Approve"), "reject": mark("Reject"), "keep": mark("Keep it"),
    "remove": mark("Take it down"),
}  # fmt: skip
REASONS = {
    "known": mark("It is well known here"),
    "unkind": mark("It may hurt somebody"),
    "unclear": mark("Not everybody will understand it"),
    "none": mark("It does not fit here"),
}


def short(wording: Wording) -> str:
    """A joke in one line."""
    return clip(harmless(" ".join(str(wording).split())), SHORT_UNITS)


def case(
    found: Case,
    total: int,
    texts: Texts,
    now: datetime,
    cast: Mapping[str, int] | None = None,
    wanted: int = 1,
) -> Message:
    """One case as people would see it, with what can be done about it and who agrees so far."""
    parts = [_head(found, total, texts, now), Markup(), body(found.wording)]
    if found.like is not None:
        like = texts.say("Alike to {percent} %: {text}", percent=round(found.like.likeness * 100),
                         text=short(found.like.wording))  # fmt: skip
        parts += [Markup(), Markup("<i>{}</i>").format(like)]
    if cast:
        said = ", ".join(f"{texts.say(VERDICTS[what])} {many}/{wanted}"
                         for what, many in cast.items())  # fmt: skip
        parts += [Markup(), Markup("<i>{}</i>").format(said)]
    return Message(Markup("\n").join(parts), _buttons(found, texts))


def nothing(texts: Texts) -> Message:
    """The queue is empty."""
    return Message.of(texts.say("Nothing is waiting. Well done."))


def reasons(found: Case, texts: Texts) -> Message:
    """Why it is refused: the sender reads it."""
    rows = [(Button(texts.say(text), f"queue:{found.key}:because:{name}"),)
            for name, text in REASONS.items()]  # fmt: skip
    last = (
        Button("✎ " + texts.say("Other words"), f"queue:{found.key}:reason"),
        Button("◂ " + texts.say("Back"), f"queue:{found.key}:show"),
    )
    asked = texts.say("Why? Whoever sent it will read this.")
    return Message(Markup("{}\n\n{}").format(body(found.wording), asked), (*rows, last))


def wanted(found: Case, what: str, texts: Texts) -> Message:
    """The moderator is asked to type something."""
    asked = (
        texts.say("Send me the joke as it should be, a punchline after | or on its last line:")
        if what == "edit"
        else texts.say("Send me the reason in one message; whoever sent the joke will read it.")
    )
    now = Markup("\n\n<code>{}</code>").format(_source(found.wording)) if what == "edit" else ""
    cancel = Button(texts.say("Cancel"), f"queue:{found.key}:cancel")
    return Message(escape(asked) + now, ((cancel,),))


def banning(found: Case, texts: Texts) -> Message:
    """Asked once more: it can be taken back in /users only."""
    asked = texts.say(
        "Ban {name}? I answer them no more, and all they sent in is refused.",
        name=clip(harmless(found.person or ""), NAME_UNITS),
    )
    key = f"queue:{found.key}"
    ban = Button("🚫 " + texts.say("Ban"), f"{key}:banned")
    return Message.of(asked, ((ban, Button("◂ " + texts.say("Back"), f"{key}:show")),))


def notice(found: Case, what: str, reason: str, texts: Texts) -> Message:
    """What its sender hears in the end."""
    if what == "approved":
        said = texts.say("Your joke stands on the shelf now. Thank you!")
    elif what == "expired":
        said = texts.say("Nobody got round to your joke, sorry. You are welcome to send it again.")
    else:
        why = texts.say(REASONS[reason]) if reason in REASONS else clip(
            harmless(reason), REASON_UNITS)  # fmt: skip
        said = texts.say("Your joke was not taken this time: {why}", why=why)
    return Message(Markup("{}\n\n<i>{}</i>").format(said, short(found.wording)))


def _head(found: Case, total: int, texts: Texts, now: datetime) -> Markup:
    ago = texts.ago(found.since, now)
    if found.kind == "sent":
        name = clip(harmless(found.person or ""), NAME_UNITS)
        what = texts.say("📥 Sent in by {name}, {ago}", name=name, ago=ago)
    else:
        what = "🚩 " + texts.plural("flagged by one, {ago}", "flagged by {n}, {ago}",
                                    found.flags, ago=ago)  # fmt: skip
    if found.hidden:
        what += " · " + texts.say("hidden")
    left = texts.plural("one waits", "{n} wait", total)
    return Markup("<b>{}</b>\n<i>{} · {}</i>").format(what, texts.name_of(found.language), left)


def _source(wording: Wording) -> str:
    end = f" | {wording.punchline}" if wording.punchline else ""
    return harmless(wording.text + end)


def _buttons(found: Case, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    key = f"queue:{found.key}"
    edit, skip = Button("✎ " + texts.say("Edit"), f"{key}:edit"), Button("▸", f"{key}:skip")
    if found.kind == "flagged":
        keep = Button("✓ " + texts.say("Keep it"), f"{key}:keep")
        remove = Button("🗑 " + texts.say("Take it down"), f"{key}:remove")
        return ((keep, remove), (edit, skip))
    approve = Button("✓ " + texts.say("Approve"), f"{key}:approve")
    refuse = Button("✗ " + texts.say("Reject"), f"{key}:reject")
    ban = Button("🚫 " + texts.say("Ban"), f"{key}:ban")
    return ((approve, refuse), (edit, ban, skip))
