"""How long, how often and how many at once: the limits of `config`, which tests make small."""

from __future__ import annotations

from dataclasses import dataclass

from bot import config


@dataclass(frozen=True, slots=True)
class Limits:
    """Times are seconds; `total` is that of one page with all its redirects, waiting aside."""

    connect: float = config.WEB_CONNECT_SECONDS
    idle: float = config.WEB_IDLE_SECONDS
    total: float = config.WEB_TOTAL_SECONDS
    wait: float = config.WEB_WAIT_SECONDS
    gap: float = config.WEB_HOST_GAP_SECONDS
    host_at_once: int = config.WEB_HOST_AT_ONCE
    at_once: int = config.WEB_AT_ONCE
    redirects: int = config.WEB_REDIRECTS
