"""Pushes updates to the bot's own server, in order, again and again until it says 2xx. Only to
this machine: nothing leaves the playground."""

import asyncio
import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

from bot.playground.updates import Updates

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
ANSWER_SECONDS = 8.0
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Webhook:
    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self._secret = ""
        self.info: dict[str, Any] = {}

    def start(self, url: str, secret: str, info: dict[str, Any]) -> None:
        self.stop()
        self.url, self._secret, self.info = url, secret, dict(info)
        self._updates.webhook_active = True
        self._updates.interrupt("terminated by setWebhook request")
        self._task = asyncio.create_task(self._deliver())

    def stop(self) -> None:
        if self._task:
            self._task.cancel()
        self._task = None
        self.url, self._secret, self.info = "", "", {}
        self._updates.webhook_active = False

    async def _deliver(self) -> None:
        pause = FIRST_PAUSE
        while True:
            await self._updates.wait_for_one()
            update = self._updates.pending[0]
            problem = await asyncio.to_thread(_post, self.url, self._secret, update)
            if not problem:
                self._updates.confirm(update["update_id"] + 1)
                pause = FIRST_PAUSE
                continue
            self.info |= {"last_error_date": int(time.time()), "last_error_message": problem}
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def _post(url: str, secret: str, update: dict[str, Any]) -> str:
    """Returns what went wrong, or ""."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    try:
        line.request("POST", path, json.dumps(update), headers)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"Connection failed: {error}"
    finally:
        line.close()
    if 200 <= status < 300:
        return ""
    phrase = http.client.responses.get(status, "")
    return f"Wrong response from the webhook: {status} {phrase}"
