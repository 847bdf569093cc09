"""People as admins see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.roles import Role

Kind = Literal["all", "team", "banned"]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody; without a name, it is a banned number whose person was never met or is forgotten.

    `subscriptions` counts those of the private chat; `banner` is the name of who banned them.
    """

    id: int
    name: str | None
    first_seen_at: datetime | None
    seen_at: datetime | None
    role: Role | None
    banned_at: datetime | None
    banned_by: int | None
    banner: str | None
    subscriptions: int
