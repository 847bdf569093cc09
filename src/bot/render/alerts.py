"""What a chat follows has news: one story as a card, several as a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Message
from bot.render import stories
from bot.render.headlines import item
from bot.render.interests import ending, label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.interests import Interest
    from bot.models.stories import Story
    from bot.texts import Texts


def message(found: Sequence[tuple[Story, bool, Interest]], texts: Texts, now: datetime) -> Message:
    """Each story with whether it is an update, and with what of it is followed."""
    names = texts.listed(dict.fromkeys(label(interest, texts) for _, _, interest in found))
    heading = Markup("★ <i>{}</i>").format(texts.say("You follow {name}.", name=names))
    ends = {interest.id: interest for _, _, interest in found}.values()
    last = tuple(ending(interest) for interest in ends)
    if len(found) == 1:
        ((story, updated, _),) = found
        card = stories.card(story, texts, now, updated=updated)
        return Message(heading + "\n\n" + card.html, (*card.keyboard, last))
    items = [
        item(number, story, texts, now, updated=updated)
        for number, (story, updated, _) in enumerate(found, 1)
    ]
    numbers = tuple(
        Button(str(number), f"story:{story.id}") for number, (story, _, _) in enumerate(found, 1)
    )
    return Message(Markup("\n\n").join([heading, *items]), (numbers, last))
