"""People as admins see them: a list to turn over, and a card for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.models.roles import outranks
from bot.render.foreign import harmless
from bot.render.pages import grid, pager, ticked
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.people import Kind, Known
    from bot.models.roles import Role
    from bot.texts import Texts

PAGE = 8
NAME_UNITS = 60
KINDS: dict[str, Kind] = {"a": "all", "t": "team", "b": "banned"}
LABELS = {"a": mark("All"), "t": mark("Team"), "b": mark("Banned")}
ROLES: dict[Role, str] = {
    "owner": mark("owner"), "admin": mark("admin"), "editor": mark("editor"),
    "moderator": mark("moderator"),
}  # fmt: skip
MAKE: dict[Role, str] = {
    "admin": mark("Make admin"), "editor": mark("Make editor"),
    "moderator": mark("Make moderator"),
}  # fmt: skip


def changed(
    text: str, person: int, before: Role | None, now: Role | None, texts: Texts
) -> Message:  # fmt: skip
    """Somebody has another role, which one press takes back."""
    undo = Button(texts.say("Undo"), f"user:{person}:{before or 'none'}")
    return Message.of(text, ((undo,),) if before != now else ())


def page(
    found: Sequence[Known], total: int, kind: Kind, offset: int, word: str, texts: Texts
) -> Message:
    """Each with a number to open the card by."""
    head = Markup("👥 <b>{}</b>").format(_head(total, kind, word, texts))
    lines = [Markup("{}. {}").format(number, _line(one, texts))
             for number, one in enumerate(found, offset + 1)]  # fmt: skip
    numbers = [
        Button(str(number), f"user:{one.id}") for number, one in enumerate(found, offset + 1)
    ]
    choice = grid(numbers, across=4)
    return Message(
        Markup("\n").join([head, *lines]), (*choice, *_turns(total, kind, offset, word, texts))
    )


def _head(total: int, kind: Kind, word: str, texts: Texts) -> str:
    if not total and word:
        shown = harmless(word)
        if kind == "all":
            return texts.say("I know nobody called “{word}”.", word=shown)
        return texts.say("Nobody of them is called “{word}”.", word=shown)
    if not total and kind == "banned":
        return texts.say("Nobody is banned.")
    return texts.plural("{n} person", "{n} people", total)


def _turns(total: int, kind: Kind, offset: int, word: str, texts: Texts) -> Keyboard:
    letter = next(letter for letter, its in KINDS.items() if its == kind)
    turn = pager(lambda to: f"users:{letter}:{to}:{word}", offset, PAGE, total, size=PAGE)
    kinds = tuple(
        Button(ticked(texts.say(label), each == letter), f"users:{each}:0:{word}")
        for each, label in LABELS.items()
    )
    return (turn, kinds)


def card(one: Known, mine: Role | None, texts: Texts) -> Message:
    """All that is known, and the buttons for what somebody of the role `mine` may do."""
    lines = [
        Markup("👤 <b>{}</b>").format(_name(one, texts)),
        Markup("<code>{}</code>").format(one.id),
    ]
    role = texts.say(ROLES[one.role]) if one.role else texts.say("no role")
    lines.append(Markup("<i>{}</i>").format(role))
    if one.first_seen_at and one.seen_at:
        first, last = (texts.day(at) for at in (one.first_seen_at, one.seen_at))
        lines.append(Markup.escape(texts.say("Here since {first}, last {last}.",
                                             first=first, last=last)))  # fmt: skip
    counted = texts.plural("{n} subscription", "{n} subscriptions", one.subscriptions)
    lines.append(Markup.escape(counted))
    if one.banned_at:
        by = clip(harmless(one.banner), NAME_UNITS) if one.banner else one.banned_by
        banned = texts.say("🚫 Banned since {day}, by {who}: gets no answer.",
                           day=texts.day(one.banned_at), who=by)  # fmt: skip
        lines.append(Markup.escape(banned))
    return Message(Markup("\n").join(lines), _acts(one, mine, texts))


def _acts(one: Known, mine: Role | None, texts: Texts) -> Keyboard:
    """Nothing about one's equals and betters."""
    if not outranks(mine, one.role):
        return ()
    if one.banned_at:
        return ((Button("✓ " + texts.say("Unban"), f"user:{one.id}:unban"),),)
    ban = Button("🚫 " + texts.say("Ban"), f"user:{one.id}:ban")
    if one.name is None:
        return ((ban,),)
    given = [Button(texts.say(label), f"user:{one.id}:{role}") for role, label in MAKE.items()
             if role != one.role and outranks(mine, role)]  # fmt: skip
    none = Button(texts.say("Take the role away"), f"user:{one.id}:none")
    rows = tuple((button,) for button in given)
    return (*rows, *(((none,),) if one.role else ()), (ban,))


def _line(one: Known, texts: Texts) -> Markup:
    sign = "🚫 " if one.banned_at else ""
    role = f" · {texts.say(ROLES[one.role])}" if one.role else ""
    return Markup("{}{} · <code>{}</code>{}").format(sign, _name(one, texts), one.id, role)


def _name(one: Known, texts: Texts) -> str:
    if one.name is None:
        return texts.say("somebody I haven't met")
    return clip(harmless(one.name), NAME_UNITS)
