"""Backs up every so often, if a host wants it, and keeps the last few."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.services import backups

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings

log = logging.getLogger(__name__)

# After a failure; what is wrong stands in the log each time.
AGAIN = timedelta(hours=1)


class Backups:
    """Remembers a failure, so that a full disk is not tried at every tick."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._not_before: datetime | None = None

    async def run(self, now: datetime) -> None:
        """A look into a folder when nothing is due."""
        every = self._settings.backup_every
        if every is None or (self._not_before and now < self._not_before):
            return
        backups.drop_halves(self._settings.data_dir, now)
        known = backups.made(self._settings.data_dir)
        if known and now - known[0][0] < every:
            return
        try:
            await backups.back_up_apart(self._settings, backups.fresh(self._settings, now))
        except UserError as error:
            log.warning("%s", error)
            self._not_before = now + AGAIN
        else:
            backups.note(self._settings.data_dir, now)
            backups.drop_old(self._settings.data_dir)
            log.info("A backup was made and tried out.")
