"""What `quipwire doctor` looks at: each look gives a sentence, or a UserError about a trouble."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot.child import Children, tasks
from bot.cli.check import files, summary
from bot.cli.logs import scrub
from bot.cli.opened import at_home, present
from bot.config import CHART_MEMORY_BYTES, CHART_SECONDS, Settings
from bot.content import read_folder
from bot.errors import UserError, where
from bot.models.summaries import Length, Wish
from bot.render.health import GIGABYTE, LITTLE, MEGABYTE
from bot.services import backups
from bot.services.shelves import content_folder
from bot.store import backups as copies
from bot.store import migrate, schema
from bot.store.database import place_of
from bot.tg.doctor import Told, ask

TEXT = (
    "The ferry was late because the harbour gate stayed shut all morning. The harbour gate had "
    "frozen in the night. By noon the harbour gate was open and the ferry left the harbour."
)
MOST_NAMED = 3
# Root's, at the top of a disk that is mounted as the data folder.
DISKS_OWN = "lost+found"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: whether all is well, and what is, or what to do."""

    check: str
    ok: bool
    says: str


class Checkup:
    """Looks without changing anything; without a token, at what the playground uses."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._token = settings.token
        self._settings = settings if settings.token else at_home(settings)
        self._now = now
        self._told: Told | None = None
        self._server = 0

    async def findings(self) -> AsyncIterator[Finding]:
        """One after the other; a look that has nothing to say here is left out."""
        for check, look in LOOKS.items():
            try:
                said = look(self)
                says, ok = (await said if isinstance(said, Awaitable) else said), True
            except UserError as error:
                says, ok = str(error), False
            except Exception as error:  # noqa: BLE001  the outermost loop: the others go on
                place = where(error, most=1)
                says, ok = f"This look failed ({type(error).__name__} at {place}).", False
            if says is not None:
                yield Finding(check, ok, self._harmless(says))

    def _harmless(self, says: str) -> str:
        secrets = (self._token.get_secret_value(),) if self._token else ()
        return scrub(" ".join(says.splitlines()), secrets)

    def settings(self) -> str:
        source = f" and {Path('.env').absolute()}" if Path(".env").is_file() else ""
        if self._token is None:
            mode = "BOT_TOKEN is not set, so quipwire opens the playground"
        else:
            self._settings.check_webhook()
            mode = "this bot serves Telegram"
        return f"The settings of the environment{source} are sound: {mode}."

    def owners(self) -> str | None:
        if self._token is None:
            return None
        if owners := len(self._settings.admins):
            return f"There {'is 1 owner' if owners == 1 else f'are {owners} owners'} (BOT_ADMINS)."
        raise UserError(
            "This bot has no owner: write /about to it, and set BOT_ADMINS to the id it tells you."
        )

    def data(self) -> str:
        folder = self._settings.data_dir.absolute()
        if not folder.is_dir():
            raise UserError(
                "There is no folder {folder}: the first start makes it. If the bot ran before, "
                "do this in its folder, or set BOT_DATA_DIR.", folder=folder,
            )  # fmt: skip
        _check_ours(folder)
        for path in folder.iterdir():
            if path.name != DISKS_OWN:
                _check_ours(path)
        return f"The data folder {folder} can be written."

    def disk(self) -> str | None:
        folder = self._settings.data_dir.absolute()
        if not folder.is_dir():
            return None
        free = shutil.disk_usage(folder).free
        told = f"{free / GIGABYTE:,.1f} GB free under {folder}"
        if free < LITTLE:
            raise UserError("There is only {told}: make room before it is full.", told=told)
        return f"There is {told}."

    def backup(self) -> str | None:
        every = self._settings.backup_every
        if every is None or self._token is None:
            return None
        last = backups.last(self._settings.data_dir)
        if backups.is_late(last, every, self._now):
            known = f"the last is {_span(self._now - last)} old" if last else "there is none yet"
            raise UserError(
                "A backup is late: {known}. The bot's log says why; quipwire backup FILE makes "
                "one now.", known=known,
            )  # fmt: skip
        return f"The last backup is {_span(self._now - last)} old." if last else None

    def content(self) -> str:
        folder = content_folder(self._settings).absolute()
        files(folder)
        content = read_folder(folder)
        if problems := content.problems:
            raise UserError(
                "The content folder {folder} has problems: {first} ({number:,} in all; quipwire "
                "check names each.)", folder=folder, first=problems[0], number=len(problems),
            )  # fmt: skip
        return f"The content folder {folder} is sound: {summary(content)}."

    async def database(self) -> str:
        place = place_of(self._settings.database)
        async with present(self._settings) as db:
            if due := await migrate.pending(db):
                steps = ", ".join(due) if len(due) <= MOST_NAMED else f"{due[0]} to {due[-1]}"
                raise UserError(
                    "The database lacks {steps}: stop the bot, run quipwire migrate, start it "
                    "again.", steps=steps,
                )  # fmt: skip
            size = await db.read(schema.size) / MEGABYTE
            if place is None:
                self._server = await db.read(copies.server_version)
        return f"The database {place or 'server'} answers and is up to date ({size:,.1f} MB)."

    def programs(self) -> str | None:
        if place_of(self._settings.database):
            return None
        version = copies.client_version()
        if version < self._server:
            raise UserError(
                "Backups fail: PostgreSQL's client programs are of version {version}, and its "
                "server of {server}. Install the programs of that version.",
                version=version, server=self._server,
            )  # fmt: skip
        return f"PostgreSQL's client programs, for backups, are here (version {version})."

    async def token(self) -> str | None:
        if self._token is None:
            return None
        self._told = await ask(self._settings, self._token)
        return f"The Bot API knows the token: it belongs to @{self._told.username}."

    def webhook(self) -> str | None:
        if self._told is None:
            return None
        wanted, found = self._settings.webhook_url or "", self._told.webhook
        if found and not wanted:
            raise UserError(
                "Telegram sends everything to a webhook at {host}, and this bot polls: another "
                "program uses the token, or the bot has to be started again.", host=_host(found),
            )  # fmt: skip
        if wanted != found:
            raise UserError(
                "Telegram knows {found}, and not the webhook of BOT_WEBHOOK_URL: start the bot "
                "again.", found=f"one at {_host(found)}" if found else "none",
            )  # fmt: skip
        if found and self._told.trouble:
            raise UserError(
                "Telegram has trouble with the webhook at {host}: {trouble}.",
                host=_host(found), trouble=self._told.trouble.rstrip("."),
            )  # fmt: skip
        return f"Telegram sends everything to {_host(found)}." if found else "No webhook: it polls."

    def clock(self) -> str | None:
        if self._told is None or self._told.skew is None:
            return None
        if self._told.agrees:
            return "This machine's clock agrees with Telegram's."
        way = "behind" if self._told.skew > timedelta() else "ahead of"
        raise UserError(
            "This machine's clock is {skew} {way} Telegram's, and nothing is sent by itself until "
            "it is right: timedatectl set-ntp true", skew=_span(self._told.skew), way=way,
        )  # fmt: skip

    async def reader(self) -> str:
        try:
            async with Children(workers=1) as children:
                found = await children.run(tasks.summarize_text, TEXT, Wish(Length(1)))
        except UserError as error:
            raise UserError(
                "Nothing can be read: {why} Look at the limits of memory and processes.", why=error
            ) from None
        (sentence,) = found.sentences
        return f"A reader process reads: of three sentences it chose “{sentence.text}”"

    async def fonts(self) -> str | None:
        """A hint only: charts are in English then. A worker that can't work is told above."""
        kept = self._settings.data_dir.absolute() / "charts"
        with TemporaryDirectory() as spare:
            cache = str(kept if kept.is_dir() else spare)
            try:
                async with Children(workers=1, memory=CHART_MEMORY_BYTES) as drawer:
                    font = await drawer.run(tasks.chinese_font, cache, seconds=CHART_SECONDS)
            except UserError:
                return None
        if font:
            return f"Charts show Chinese with {font}."
        return (
            "Charts are in English, for no font here shows Chinese: install one (on Debian "
            f"fonts-wqy-microhei) and delete {kept} if you want it."
        )


Look = Callable[[Checkup], Awaitable[str | None] | str | None]
# What costs nothing first.
LOOKS: dict[str, Look] = {
    "settings": Checkup.settings,
    "owners": Checkup.owners,
    "data": Checkup.data,
    "disk": Checkup.disk,
    "backup": Checkup.backup,
    "content": Checkup.content,
    "database": Checkup.database,
    "programs": Checkup.programs,
    "token": Checkup.token,
    "webhook": Checkup.webhook,
    "clock": Checkup.clock,
    "reader": Checkup.reader,
    "fonts": Checkup.fonts,
}


def _check_ours(path: Path) -> None:
    """What a bot that once ran as another user left behind can't be written by this one."""
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise UserError(
            "{path} can't be written by this user: give it to them (chown), or look from the "
            "bot's own account.", path=path,
        )  # fmt: skip


def _host(address: str) -> str:
    """A webhook's path is a secret of some."""
    return urlsplit(address).hostname or "an unknown place"


def _span(time: timedelta) -> str:
    seconds = abs(time.total_seconds())
    for unit, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.0f} {name}"
    return f"{seconds:,.0f} seconds"
