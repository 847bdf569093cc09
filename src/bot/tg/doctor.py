"""What the Bot API says of a token and its webhook, asked once and beside a running bot."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.config import Settings
from bot.errors import UserError
from bot.tg.connect import REFUSED
from bot.tg.request import AiohttpRequest, NotSent
from bot.tg.retry import asked_seconds

if TYPE_CHECKING:
    from datetime import timedelta

    from pydantic import SecretStr

SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Told:
    """`webhook` is its address, empty without one, and `trouble` why what waits does not arrive
    there; `skew` is Telegram's clock minus this machine's, None if it told no time.
    """

    username: str
    webhook: str
    trouble: str
    skew: timedelta | None
    agrees: bool


async def ask(settings: Settings, token: SecretStr) -> Told:
    """Two questions, each once; a UserError says what came instead of an answer."""
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    root = f"{settings.api_url}/bot{token.get_secret_value()}"
    request = AiohttpRequest(connections=1, proxy=proxy)
    await request.initialize()
    try:
        async with asyncio.timeout(SECONDS):
            me: Any = await request.post(f"{root}/getMe")
            hook: Any = await request.post(f"{root}/getWebhookInfo")
        name, address = str(me["username"]), str(hook.get("url", ""))
        # The last error is told for long after it was overcome.
        trouble = str(hook.get("last_error_message", "")) if hook["pending_update_count"] else ""
    except (TelegramError, TimeoutError, LookupError, TypeError, AttributeError) as error:
        raise UserError(_why(error, settings)) from None
    finally:
        await request.shutdown()
    pulse = request.pulse
    return Told(name, address, trouble, pulse.skew or None, pulse.agrees)


def _why(error: Exception, settings: Settings) -> str:
    host = urlsplit(settings.api_url).hostname
    match error:
        case InvalidToken() if settings.api_url == Settings.model_fields["api_url"].default:
            return REFUSED
        case InvalidToken():
            return f"{REFUSED} If it is right, {host} may be no Bot API: check BOT_API_URL."
        case RetryAfter():
            return (
                f"{host} wants to be left alone for {asked_seconds(error):g} s, after too many "
                "requests: the bot waits for it by itself."
            )
        case NotSent():
            return (
                f"There is no way to {host}: check the network and its name server, and "
                "BOT_PROXY and BOT_API_URL if they are set."
            )
        case TimedOut() | TimeoutError():
            return f"{host} did not answer within {SECONDS:g} s: check the network, or try later."
        case TelegramError():
            said = str(error).rstrip(".")
            return f"{host} gave no good answer ({said}): try later, or check BOT_API_URL."
        case _:
            return f"{host} is no Bot API: check BOT_API_URL."
