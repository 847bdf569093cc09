"""A feed that an admin is about to follow, with its newest as people would see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Message
from bot.render.drafts import RULE, filing, like, story_of
from bot.render.feeds import ADDRESS_UNITS, TITLE_UNITS
from bot.render.foreign import harmless
from bot.render.headlines import item, topic_name
from bot.render.pages import language_name
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.acts import ItemEntry
    from bot.models.drafts import Draft
    from bot.models.feeds import FeedEntry, Sample
    from bot.texts import Texts

OTHERS = 5
EMPTY = mark("It has no news yet; what it brings comes as it appears.")


def preview(
    draft: Draft,
    entry: FeedEntry,
    alike: Sequence[ItemEntry],
    texts: Texts,
    now: datetime,
    when: Sequence[str],
) -> Message:
    """Before it is followed, or changed."""
    facts = [f"{topic_name(entry.topic, texts)} · {language_name(entry.language, texts)}", *when]
    lines = [
        Markup("📡 <b>{}</b>").format(clip(harmless(entry.title), TITLE_UNITS)),
        Markup("<code>{}</code>").format(clip(entry.url, ADDRESS_UNITS)),
        *(_news(draft.sample, entry, texts, now) if draft.sample else ()),
        RULE,
        *(Markup("<i>{}</i>").format(line) for line in facts),
        *like(alike, texts),
        *(_others(draft.sample, texts) if draft.sample else ()),
    ]
    return Message(Markup("\n").join(lines), filing(draft, texts, texts.say("Follow")))


def _news(sample: Sample, entry: FeedEntry, texts: Texts, now: datetime) -> list[Markup]:
    if not sample.newest:
        return [Markup.escape(texts.say(EMPTY))]
    stories = (story_of(each, source=entry.title) for each in sample.newest)
    return [item(number, story, texts, now, updated=False)
            for number, story in enumerate(stories, 1)]  # fmt: skip


def _others(sample: Sample, texts: Texts) -> list[Markup]:
    short = [each for each in sample.others if len(each) <= ADDRESS_UNITS]
    if not short:
        return []
    named = [Markup("<code>/addfeed {}</code>").format(each) for each in short[:OTHERS]]
    return [Markup(), Markup.escape(texts.say("The page names other feeds, too:")), *named]
