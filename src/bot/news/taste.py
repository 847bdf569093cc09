"""How a chat's follows and mutes bear on a story."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.news.score import HALF_LIFE
from bot.words.folding import fold
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.interests import Interest
    from bot.models.stories import Story

# A followed story stands above any other of the same size that is up to a day newer.
FOLLOWED = timedelta(days=1) / HALF_LIFE

# `war` is found in `wars`, not in `warden`.
ENDING = 2
LONGEST_NAME = 60

# Of a script with blanks between its words.
_LETTER = rf"[^\W{CJK}]"
_WORD = re.compile(_LETTER)
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


def names_in(title: str) -> set[str]:
    """All that a followed word may be to fit this title, in lower case: `fits` decides.

    What stands between two edges of words, also without up to two letters of its ending.
    """
    text = _folded(title)
    starts = [at for at in range(len(text)) if _edge(text, at) and not text[at].isspace()]
    ends = [at for at in range(1, len(text) + 1) if _may_end(text, at)]
    return {text[start:end] for start in starts for end in ends if 0 < end - start <= LONGEST_NAME}


@lru_cache(maxsize=1024)
def _word(name: str) -> re.Pattern[str]:
    """The word by itself or with an ending of up to two letters (`war`, `wars`; not `warden`).

    Scripts without blanks know no such thing: there it may stand anywhere.
    """
    folded = _folded(name)
    before = "" if _CJK.match(folded) else f"(?<!{_LETTER})"
    after = "" if _CJK.search(folded[-1:]) else f"{_LETTER}{{0,{ENDING}}}(?!{_LETTER})"
    return re.compile(before + re.escape(folded) + after)


def _may_end(text: str, at: int) -> bool:
    return any(
        _edge(text, at + letters) and all(map(_WORD.match, text[at : at + letters]))
        for letters in range(ENDING + 1)
    )


def _edge(text: str, at: int) -> bool:
    """Whether a word may begin or end there."""
    if at <= 0 or at >= len(text):
        return True
    return not (_WORD.match(text[at - 1]) and _WORD.match(text[at]))


def _folded(text: str) -> str:
    return fold(text.strip())
