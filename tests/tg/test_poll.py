"""Fetch, keep, confirm, in this order, for as long as it takes."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from telegram.error import Conflict, InvalidToken, RetryAfter, TimedOut

from bot.tg.poll import poll
from bot.tg.request import NotSent, ServerFault
from tests.tg.virtual import virtually

if TYPE_CHECKING:
    from telegram.ext import ExtBot
    from telegram.request import RequestData

    from bot.tg.inbox import Inbox, Raw

OVER = InvalidToken("The end of the script.")


class Api:
    """getUpdates from a script: a batch, an error, and at last a refused token."""

    base_url = "http://telegram.test/bot1:x"

    def __init__(self, *script: list[int] | Exception) -> None:
        self._script = [*script, OVER]
        self._request = [self]
        self.asked: list[dict[str, Any]] = []
        self.times: list[float] = []
        self.trace: list[str] = []
        self.reached = 0

    async def post(self, url: str, data: RequestData, *, read_timeout: float) -> list[Raw]:
        assert url == f"{self.base_url}/getUpdates"
        assert read_timeout > float(str(data.parameters["timeout"]))
        self.asked.append(data.parameters)
        self.times.append(round(asyncio.get_running_loop().time(), 2))
        self.trace.append(f"offset {data.parameters.get('offset', 0)}")
        step = self._script.pop(0)
        if isinstance(step, Exception):
            raise step
        return [{"update_id": number} for number in step]

    def run(self, *, broken: int = 0) -> Api:
        """Poll to the end of the script; the inbox fails `broken` times."""
        failures = [OSError("No space left on device")] * broken

        async def accept(batch: list[Raw]) -> None:
            await asyncio.sleep(0)
            if failures:
                self.trace.append("not kept")
                raise failures.pop()
            self.trace.append(f"kept {[raw['update_id'] for raw in batch]}")

        async def again() -> None:
            self.reached += 1

        inbox = cast("Inbox", SimpleNamespace(accept=accept, again=again))
        with pytest.raises(InvalidToken):
            virtually(poll(cast("ExtBot[bool]", self), inbox))
        return self


def test_a_batch_is_kept_before_its_offset_goes_out() -> None:
    assert Api([5, 6], [], [9]).run().trace == [
        "offset 0", "kept [5, 6]", "offset 7", "offset 7", "kept [9]", "offset 10",
    ]  # fmt: skip


def test_a_batch_that_could_not_be_kept_is_never_confirmed() -> None:
    api = Api([5, 6], [5, 6], [5, 6, 7]).run(broken=2)
    assert api.trace == [
        "offset 0", "not kept", "offset 0", "not kept", "offset 0", "kept [5, 6, 7]", "offset 8",
    ]  # fmt: skip
    assert api.times[1] > 0


def test_numbers_that_begin_anew_are_followed() -> None:
    assert Api([900], [20]).run().trace[-1] == "offset 21"


@pytest.mark.parametrize(
    "trouble", [NotSent("x"), TimedOut(), ServerFault("x"), Conflict("x"), ValueError("?")]
)
def test_trouble_is_waited_out_and_nothing_is_skipped(trouble: Exception) -> None:
    api = Api([5], trouble, trouble, [6]).run()
    assert api.trace == ["offset 0", "kept [5]", "offset 6", "offset 6", "offset 6", "kept [6]",
                         "offset 7"]  # fmt: skip


def test_pauses_grow_to_half_a_minute_and_begin_anew_after_success() -> None:
    api = Api(*[NotSent("x")] * 9, [5], NotSent("x")).run()
    pauses = [round(b - a, 2) for a, b in zip(api.times, api.times[1:], strict=False)]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 0, 0.5]


def test_a_pause_that_telegram_asks_for_is_kept() -> None:
    assert Api(RetryAfter(77)).run().times == [0, 77]


def test_a_refused_token_ends_it_at_once() -> None:
    assert Api().run().trace == ["offset 0"]


def test_a_second_program_with_the_same_token_is_told_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    Api(Conflict("terminated by other getUpdates request")).run()
    assert "Another program polls with this token" in caplog.text


def test_an_ordinary_silence_is_not_worth_a_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    Api(TimedOut()).run()
    assert caplog.text == ""


def test_only_the_kinds_of_updates_that_are_served_are_asked_for() -> None:
    asked = Api([5]).run().asked[0]
    assert {"message", "callback_query", "inline_query", "my_chat_member"} <= set(
        asked["allowed_updates"]
    )


def test_what_failed_is_taken_up_again_when_telegram_answers_and_only_then() -> None:
    assert Api(NotSent("down"), ServerFault("502"), [], [5]).run().reached == 2
