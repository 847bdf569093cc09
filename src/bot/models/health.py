"""How the bot is doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.deliveries import Outlook


@dataclass(frozen=True, slots=True)
class Health:
    """`failures` counts what never arrived by its reason, `undone` updates that are being worked
    on; `disk_free` and `database` are bytes. `backed_up_at` is None without a backup, which is
    late if it should come every so often and did not.
    """

    outlook: Outlook
    failures: tuple[tuple[str, int], ...]
    undone: int
    feeds: int
    feeds_broken: int
    disk_free: int
    database: int
    backed_up_at: datetime | None = None
    backup_late: bool = False
