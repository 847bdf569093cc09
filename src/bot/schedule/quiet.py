"""Hours in which nothing comes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.models.subscriptions import QuietHours


def held_until(moment: datetime, quiet: QuietHours | None, zone: str) -> datetime:
    """When the quiet hours end in which this moment (aware) lies; else the moment itself."""
    if quiet is None:
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    over_midnight = quiet.start > quiet.end
    if over_midnight:
        inside = local.hour >= quiet.start or local.hour < quiet.end
    else:
        inside = quiet.start <= local.hour < quiet.end
    if not inside:
        return moment
    tomorrow = over_midnight and local.hour >= quiet.start
    day = local.date() + timedelta(days=tomorrow)
    return datetime.combine(day, time(quiet.end), ZoneInfo(zone)).astimezone(UTC)
