"""How a chat's follows and mutes bear on a story."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.news.score import HALF_LIFE
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.interests import Interest
    from bot.models.stories import Story

# A followed story stands above any other of the same size that is up to a day newer.
FOLLOWED = timedelta(days=1) / HALF_LIFE

_CJK = re.compile(f"[{CJK}]")


def muted(story: Story, interests: Sequence[Interest]) -> Interest | None:
    """Why a chat does not want to hear of the story; None if it does not mind."""
    return next((each for each in interests if each.kind == "mute" and fits(each, story)), None)


def followed(story: Story, interests: Sequence[Interest]) -> Interest | None:
    """Why a chat wants to hear of the story; None if nothing says so."""
    return next((each for each in interests if each.kind == "follow" and fits(each, story)), None)


def score(story: Story, interests: Sequence[Interest]) -> float:
    """A story's score for a chat."""
    return story.score + (FOLLOWED if followed(story, interests) else 0.0)


def fits(interest: Interest, story: Story) -> bool:
    """Whether a story is about it. To mute a source takes away what that source alone tells."""
    match interest.what:
        case "topic":
            return _folded(interest.name) == _folded(story.topic)
        case "source":
            same = [_folded(each.source) == _folded(interest.name) for each in story.entries]
            return all(same) if interest.kind == "mute" else any(same)
        case _:
            word = _word(interest.name)
            return any(word.search(_folded(each.title)) for each in story.entries)


@lru_cache(maxsize=1024)
def _word(name: str) -> re.Pattern[str]:
    """The word by itself or with an ending of up to two letters (`war`, `wars`; not `warden`).

    Scripts without blanks know no such thing: there it may stand anywhere.
    """
    word = re.escape(_folded(name))
    return re.compile(word if _CJK.search(name) else rf"(?<!\w){word}\w{{0,2}}(?!\w)")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text.strip()).casefold()
