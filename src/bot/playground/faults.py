"""Trouble on demand, the kinds a bot meets on the real network, and Telegram's flood limits."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.errors import ApiError, too_many_requests
from bot.playground.params import Params

Trouble = Literal["answer", "hang", "drop", "drop_after"]
ANY = "*"
_WORDS = {
    400: "Bad Request: something is wrong",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}
_COUNTED = frozenset({"sendmessage", "senddocument", "sendphoto", "copymessage", "forwardmessage"})


@dataclass(slots=True)
class Rule:
    method: str
    trouble: Trouble
    times: int
    error: ApiError | None = None
    chat_id: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, method: str, chat_id: str) -> bool:
        if self.chat_id and str(self.chat_id) != chat_id:
            return False
        if self.method == ANY:
            return method != "getupdates"
        return self.method == method


class Faults:
    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._limit: FloodLimit | None = None

    @property
    def armed(self) -> bool:
        return bool(self._rules or self._limit)

    def answer(
        self,
        method: str = ANY,
        code: int = 500,
        *,
        times: int = 1,
        retry_after: int = 1,
        description: str = "",
        chat_id: int = 0,
    ) -> None:
        """The next `times` calls are refused with this code (any method but getUpdates, unless
        named)."""
        error = ApiError(code, description or _WORDS.get(code, "Internal Server Error"))
        if code == 429:
            error = too_many_requests(retry_after)
        self._add(Rule(method.lower(), "answer", times, error, chat_id))

    def hang(self, method: str = ANY, *, times: int = 1, chat_id: int = 0) -> Rule:
        """The next calls get no answer until `release`; then they are carried out."""
        return self._add(Rule(method.lower(), "hang", times, None, chat_id))

    def drop(
        self, method: str = ANY, *, times: int = 1, accepted: bool = False, chat_id: int = 0
    ) -> None:
        """The connection breaks: before the call is carried out, or (`accepted`) after, so that
        the message exists and the bot never hears of it."""
        trouble: Trouble = "drop_after" if accepted else "drop"
        self._add(Rule(method.lower(), trouble, times, None, chat_id))

    def limit(
        self,
        *,
        per_second: int = 30,
        per_chat: int = 1,
        group_per_minute: int = 20,
        clock: Callable[[], float] = time.monotonic,
    ) -> "FloodLimit":
        """From now on Telegram's flood limits hold; what is over them gets 429."""
        self._limit = FloodLimit(per_second, per_chat, group_per_minute, clock)
        return self._limit

    def release(self) -> None:
        """Lets everything go on that hangs."""
        for rule in self._rules:
            rule.released.set()
        self._rules = [rule for rule in self._rules if rule.trouble != "hang"]

    def clear(self) -> None:
        self.release()
        self._rules.clear()
        self._limit = None

    def take(self, method: str, params: Params) -> Rule | None:
        """The trouble this call meets, used up once."""
        chat_id = params.text("chat_id")
        if self._limit and method in _COUNTED:
            seconds = self._limit.check(chat_id)
            if seconds:
                return Rule(method, "answer", 1, too_many_requests(seconds))
        rule = next((r for r in self._rules if r.times and r.matches(method, chat_id)), None)
        if rule:
            rule.times -= 1
            self._rules = [r for r in self._rules if r.times or r.trouble == "hang"]
        return rule

    def _add(self, rule: Rule) -> Rule:
        self._rules.append(rule)
        return rule


class FloodLimit:
    """Sliding windows: a second for all chats and for one, a minute for a group."""

    def __init__(
        self, per_second: int, per_chat: int, group_per_minute: int, clock: Callable[[], float]
    ) -> None:
        self._per_second, self._per_chat = per_second, per_chat
        self._group_per_minute = group_per_minute
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}
        self.refused = 0

    def check(self, chat_id: str) -> int:
        """Seconds to wait, or 0 when the message may pass (and is counted)."""
        now = self._clock()
        windows = [("", 1.0, self._per_second), (chat_id, 1.0, self._per_chat)]
        if chat_id.startswith("-"):
            windows.append((chat_id + " minute", 60.0, self._group_per_minute))
        waits = [self._wait(name, span, most, now) for name, span, most in windows]
        if max(waits) > 0:
            self.refused += 1
            return int(max(waits)) + 1
        for name, _, _ in windows:
            self._seen[name].append(now)
        return 0

    def _wait(self, name: str, span: float, most: int, now: float) -> float:
        seen = self._seen.setdefault(name, deque())
        while seen and seen[0] <= now - span:
            seen.popleft()
        return seen[0] + span - now if len(seen) >= most else 0.0
