"""A bound button is one person's, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.models.messages import Button, Message
from bot.tg.bound import EXPIRED, NOT_FOR_YOU, bind, unbind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN, BEN = 2**52 - 1, 5
LASTS = {"feed": timedelta(minutes=10)}


def bound(action: str) -> str:
    board = Message.of("board", ((Button("x", action),),))
    made = bind(board, LASTS, ANN, NOW).keyboard[0][0].action
    assert made is not None
    return made


def test_whom_it_was_made_for_may_press_it_until_its_time_is_over() -> None:
    data = bound("feed:12:topic:sport").removeprefix("feed:")
    for minutes in (0, 5, 10):
        assert unbind(data, ANN, NOW + timedelta(minutes=minutes)) == "12:topic:sport"
    with pytest.raises(UserError, match=EXPIRED):
        unbind(data, ANN, NOW + timedelta(minutes=11))


def test_it_is_nobody_else_s() -> None:
    data = bound("feed:12").removeprefix("feed:")
    for person, said in ((BEN, data), (ANN, "12:remove"), (BEN, ""), (BEN, "x.y:z")):
        with pytest.raises(UserError, match=NOT_FOR_YOU):
            unbind(said, person, NOW)


def test_a_forged_time_is_a_time_that_is_over() -> None:
    for until in ("", "zz", "-1", "0"):
        with pytest.raises(UserError, match=EXPIRED):
            unbind(f"{ANN:x}.{until}:12", ANN, NOW)


def test_buttons_of_content_stay_everybody_s() -> None:
    for action in ("joke:12:cats", "joke", "feeds:all:0"):
        assert bound(action) == action


def test_a_stamp_leaves_room_in_telegrams_64_bytes() -> None:
    assert len(bound("feed:").encode()) < 30
