"""An import as its admin sees it: what it would change, how far it is, what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Message
from bot.render.foreign import harmless
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.models.imports import Findings, Import, Tally
    from bot.texts import Texts

NAME_UNITS, LINE_UNITS, MOST_PROBLEMS = 60, 200, 10
KINDS = {
    "jokes": mark("Jokes: {counts}"), "headlines": mark("Headlines: {counts}"),
    "reports": mark("Reports: {counts}"), "feeds": mark("Feeds: {counts}"),
}  # fmt: skip


PEOPLE = {
    "chats": mark("Chats: {n}"), "people": mark("People: {n}"), "bans": mark("Bans: {n}"),
    "subscriptions": mark("Subscriptions: {n}"), "interests": mark("Followed and muted: {n}"),
    "joke_votes": mark("Votes: {n}"),
}  # fmt: skip


def looked(one: Import, name: str, found: Findings, texts: Texts) -> Message:
    """What is in the file, and a button if all of it is sound."""
    head = Markup("<b>📥 {}</b>").format(clip(harmless(name), NAME_UNITS))
    if found.all_problems:
        return Message(Markup("\n").join([head, *_problems(found, texts)]))
    fresh = found.tally.added + found.tally.changed
    cancel = Button(texts.say("Cancel"), f"import:{one.id}:no")
    go = Button("✅ " + texts.say("Import {n}", n=texts.number(fresh)), f"import:{one.id}:go")
    lines = [Markup.escape(line) for line in _lines(found, texts)]
    return Message(
        Markup("\n").join([head, *lines, *_differences(found, texts)]),
        ((cancel, go),) if fresh else (),
    )


def house(one: Import, counts: Mapping[str, int], texts: Texts) -> Message:
    """What another bot's people set, before it comes in."""
    cancel = Button(texts.say("Cancel"), f"import:{one.id}:no")
    go = Button("✅ " + texts.say("Take it in"), f"import:{one.id}:house")
    note = texts.say("What is set here already stays as it is. This can't be undone.")
    return Message.of("\n".join([*_people(counts, texts), note]), ((cancel, go),))


def moved_in(counts: Mapping[str, int], texts: Texts) -> Message:
    """They are in."""
    if not any(counts.values()):
        return Message.of(texts.say("All of it is here already, so nothing was changed."))
    return Message.of("\n".join([texts.say("Taken in:"), *_people(counts, texts)]))


def coming_in(texts: Texts, done: tuple[int, int]) -> str:
    """How far it is."""
    if not done[1]:
        return texts.say("Reading …")
    so_far = {"done": texts.number(done[0]), "total": texts.number(done[1])}
    return texts.say("Importing: {done} of {total} …", **so_far)


def done(one: Import, texts: Texts) -> Message:
    """It is in, and how to take it back."""
    undo = Button("↩ " + texts.say("Undo all of it"), f"import:{one.id}:undo")
    return Message.of(f"{texts.say('Imported.')} {_tally(one.tally, texts)}", ((undo,),))


def undone(one: Import, kept: int, texts: Texts) -> Message:
    """It is out again."""
    text = texts.say("Taken back: {name}", name=one.name)
    if kept:
        text += "\n" + texts.plural("{n} entry was edited since, and stays.",
                                    "{n} entries were edited since, and stay.", kept)  # fmt: skip
    return Message.of(text)


def dropped(texts: Texts) -> Message:
    """Nothing happened."""
    return Message.of(texts.say("Cancelled. Nothing was imported."))


def undo_button(one: Import, texts: Texts) -> Button:
    """In the list of what can be taken back."""
    label = texts.say("Imported: {name}", name=clip(harmless(one.name), NAME_UNITS))
    return Button("↩ " + label, f"import:{one.id}:undo")


def _people(counts: Mapping[str, int], texts: Texts) -> list[str]:
    return [texts.say(PEOPLE[name], n=texts.number(many))
            for name, many in counts.items() if name in PEOPLE]  # fmt: skip


def _lines(found: Findings, texts: Texts) -> Iterator[str]:
    for kind, languages in found.counts.items():
        each = ", ".join(f"{texts.number(many)} {code}" for code, many in languages.items())
        yield texts.say(KINDS[kind], counts=each)
    if not found.counts:
        yield texts.say("There is nothing in it to import.")
        return
    yield _tally(found.tally, texts)
    if found.doubles:
        yield texts.plural("{n} stands there twice and is taken once.",
                           "{n} stand there twice and are taken once.", found.doubles)  # fmt: skip
    if found.unfit:
        yield texts.plural("{n} is marked as not for everybody and left out.",
                           "{n} are marked as not for everybody and left out.",
                           found.unfit)  # fmt: skip
    if found.note:
        yield texts.said(found.note)


def _tally(tally: Tally, texts: Texts) -> str:
    counts = {name: texts.number(getattr(tally, name)) for name in ("added", "changed", "kept")}
    return texts.say("{added} new, {changed} changed, {kept} as before.", **counts)


def _differences(found: Findings, texts: Texts) -> Iterator[Markup]:
    if found.differences:
        yield Markup.escape(texts.say("What would change:"))
    for each in found.differences:
        before, after = (clip(harmless(text), LINE_UNITS) for text in (each.before, each.after))
        yield Markup("<blockquote><s>{}</s>\n{}</blockquote>").format(before, after)


def _problems(found: Findings, texts: Texts) -> Iterator[Markup]:
    """Each with its line, and that nothing happened."""
    yield Markup.escape(
        texts.plural(
            "⚠ There is {n} problem, so nothing of it can be imported. Mend it and send it again:",
            "⚠ There are {n} problems, so nothing of it can be imported. Mend them and send it "
            "again:", found.all_problems,
        )
    )  # fmt: skip
    for problem in found.problems[:MOST_PROBLEMS]:
        told = f"{problem.place}: {texts.said(problem.said)}"
        yield Markup("<code>{}</code>").format(clip(harmless(told), LINE_UNITS))
