"""What a chat follows and mutes, to look through and to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.headlines import topic_name
from bot.render.pages import grid
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.interests import Interest, Kind, What
    from bot.models.stories import Story
    from bot.texts import Texts

NAME_UNITS = 40
# Telegram takes 64 bytes of callback data; a noun, a story's number and the days are beside it.
NAME_BYTES = 32
DAYS = (1, 7, 0)
SHOWN = 40
# What is so for good, and what until a day.
MUTED = mark("Muted for good: {name}."), mark("Muted until {day}: {name}.")
WORD_FOLLOWED = (
    mark("You follow {name} now: its news comes to you as it appears."),
    mark("You follow {name} until {day}: its news comes to you as it appears."),
)
FOLLOWED = (
    mark("You follow {name} now: its fresh stories come first."),
    mark("You follow {name} until {day}: its fresh stories come first."),
)


def label(interest: Interest, texts: Texts) -> str:
    """How a sentence names a word, a source or a topic."""
    if interest.what == "topic":
        return texts.say("the topic {topic}", topic=topic_name(interest.name, texts))
    name = clip(harmless(interest.name), NAME_UNITS)
    return name if interest.what == "source" else texts.say("“{word}”", word=name)


def choices(kind: Kind, story: Story, words: Sequence[str], texts: Texts) -> Keyboard:
    """What of a story may be followed or muted: its words, its topic, the source that leads it."""

    def button(text: str, what: What, name: str) -> tuple[Button, ...]:
        if len(name.encode()) > NAME_BYTES:
            return ()
        return (Button(clip(harmless(text), NAME_UNITS), f"{kind}:{story.id}:?:{what}:{name}"),)

    rows = [sum((button(f"“{word}”", "word", word) for word in words), ())]
    rows.append(
        button(topic_name(story.topic, texts), "topic", story.topic)
        + button(story.lead.source, "source", story.lead.source)
    )
    return (*rows, (Button("◂", f"story:{story.id}:buttons"),))


def how_long(story_id: int, interest: Interest, texts: Texts) -> Keyboard:
    """For how long to follow or to mute it."""
    row = _spans(story_id, interest, DAYS, texts)
    return (row, (Button("◂", f"story:{story_id}:buttons"),)) if story_id else (row,)


def _spans(
    story_id: int, interest: Interest, choice: Sequence[int], texts: Texts
) -> tuple[Button, ...]:
    rest = f"{interest.what}:{interest.name}"
    return tuple(
        Button(_days(days, texts), f"{interest.kind}:{story_id}:{days}:{rest}") for days in choice
    )


def asked(interest: Interest, texts: Texts) -> Message:
    """Somebody typed what to mute: for how long?"""
    return Message.of(for_how_long(interest, texts), how_long(0, interest, texts))


def for_how_long(interest: Interest, texts: Texts) -> str:
    """The question, also where only its buttons are to be seen."""
    muted, name = interest.kind == "mute", label(interest, texts)
    question = mark("Mute {name} for how long?") if muted else mark("Follow {name} for how long?")
    return texts.say(question, name=name)


def of_what(kind: Kind, texts: Texts) -> str:
    """What the buttons of `choices` ask."""
    if kind == "mute":
        return texts.say("What of it don't you want to hear of?")
    return texts.say("What of it do you want to follow?")


def done(interest: Interest, texts: Texts) -> str:
    """What is so from now on."""
    name, followed = label(interest, texts), WORD_FOLLOWED if interest.what == "word" else FOLLOWED
    for_good, for_a_while = MUTED if interest.kind == "mute" else followed
    if interest.until is None:
        return texts.say(for_good, name=name)
    return texts.say(for_a_while, name=name, day=texts.day(interest.until))


def confirmed(interest: Interest, texts: Texts) -> Message:
    """The same as a message, with a way back; what is followed for good may be for some days."""
    undo = Button(texts.say("Undo"), f"end:{interest.id}")
    brief = interest.kind == "follow" and interest.until is None
    some_days = _spans(0, interest, DAYS[:-1], texts) if brief else ()
    return Message.of(done(interest, texts), ((*some_days, undo),))


def listed(interests: Sequence[Interest], texts: Texts) -> Message:
    """All of them, each with a button that ends it."""
    if not interests:
        return Message.of(
            texts.say(
                "You follow and mute nothing yet. Type /follow volcano or /mute football, "
                "or use the buttons under a story."
            )
        )
    lines = [
        Markup("{} {}").format("★" if each.kind == "follow" else "🔇", _line(each, texts))
        for each in interests[:SHOWN]
    ]
    buttons = [ending(each) for each in interests[:SHOWN]]
    rows = grid(buttons, across=2)
    head = Markup("<b>{}</b>").format(texts.say("What you follow and mute"))
    return Message(Markup("\n").join([head, *lines]), rows)


def ending(interest: Interest) -> Button:
    """The button that ends it."""
    return Button(f"✕ {clip(harmless(interest.name), NAME_UNITS)}", f"end:{interest.id}")


def ended(interest: Interest | None, texts: Texts) -> str:
    """The answer to a press that ends one."""
    if interest is None:
        return texts.say("That had ended already.")
    return texts.say("Ended: {name}.", name=label(interest, texts))


def _line(interest: Interest, texts: Texts) -> str:
    name = label(interest, texts)
    if interest.until is None:
        return name
    return texts.say("{name}, until {day}", name=name, day=texts.day(interest.until))


def _days(days: int, texts: Texts) -> str:
    return texts.plural("{n} day", "{n} days", days) if days else texts.say("For good")
