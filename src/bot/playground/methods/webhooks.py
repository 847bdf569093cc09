"""Setting, forgetting and inspecting the webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.answers import Said
from bot.playground.chats import Json
from bot.playground.errors import bad_request
from bot.playground.methods.updates import allow
from bot.playground.params import Params
from bot.playground.webhook import LOOPBACK
from bot.playground.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def set_webhook(world: World, params: Params) -> Said:
    url = params.text("url")
    if not url:
        return delete_webhook(world, params)
    _check(url, params.text("secret_token"))
    if params.has("allowed_updates"):
        allow(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    if world.webhook.url == url:
        return Said(True, "Webhook is already set")
    limit = params.number("max_connections", 40)
    world.webhook.start(url, params.text("secret_token"), {"max_connections": limit})
    world.tell("presence", 0, {})
    return Said(True, "Webhook was set")


def _check(url: str, secret: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if host not in LOOPBACK:
        raise bad_request("bad webhook: the playground delivers to this machine only")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains illegal characters")


def delete_webhook(world: World, params: Params) -> Said:
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    had = bool(world.webhook.url)
    world.webhook.stop()
    world.tell("presence", 0, {})
    return Said(True, "Webhook was deleted" if had else "Webhook is already deleted")


def get_webhook_info(world: World, params: Params) -> Json:
    info: Json = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
        **world.webhook.info,
    }
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


ROLL: dict[str, Any] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
