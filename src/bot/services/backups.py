"""Backups: a copy that was tried out, encrypted with a passphrase if there is one (age)."""

from __future__ import annotations

import os
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.services import apart
from bot.store import backups as copies

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from bot.config import Settings

KEPT = 7
# age measures how fast the machine is and refuses what would take too long; a machine that is busy
# in that moment may seem so.
TOO_MUCH, TRIES = "Excessive work", 5
# One that comes every so often is late after so many times that.
LATE = 2
FOLDER = "backups"
LAST = "last.txt"
# What is being written and tried out; nobody is at it any more after so long.
PART, TRIAL, SCRIPT = ".part", ".trial", copies.SCRIPT
HALVES, HALF_SECONDS = (PART, TRIAL, SCRIPT), 86_400
AGE_MAGIC, ENCRYPTED = b"age-encryption.org/", ".age"
# What is written is for this user alone, from its first byte on.
PRIVATE = 0o077
_NAME, _TIME = "quipwire-", "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished one; `rows` were counted in what it gives back."""

    size: int
    rows: int
    encrypted: bool


def back_up(url: str, target: Path, passphrase: str | None) -> Backup:
    """Write a backup, read it again as a restore would, and only then give it its name.

    Blocks, and holds an encrypted one in memory; a UserError says what is wrong.
    """
    part, trial = (target.with_name(target.name + end) for end in (PART, TRIAL))
    umask = os.umask(PRIVATE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copies.save(url, part)
        if passphrase:
            part.write_bytes(_encrypted(part.read_bytes(), passphrase))
        trial.write_bytes(_opened(part.read_bytes(), passphrase))
        rows = copies.check(url, trial)
        part.replace(target)
    except OSError as error:
        raise UserError("{path} can't be written: {why}.", path=target,
                        why=error.strerror) from error  # fmt: skip
    finally:
        os.umask(umask)
        for path in (part, trial):
            with suppress(OSError):
                path.unlink()
    return Backup(target.stat().st_size, rows, bool(passphrase))


def restore(url: str, source: Path, passphrase: str | None, now: datetime) -> tuple[int, Path]:
    """Put a backup in the database's place; its rows, and where what was there is kept."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UserError("{path} can't be read: {why}.", path=source,
                        why=error.strerror) from error  # fmt: skip
    aside = _free(source.with_name(f"before-restore-{now.strftime(_TIME)}{copies.suffix(url)}"))
    trial, umask = copies.place_for_trial(url, source), os.umask(PRIVATE)
    try:
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(_opened(data, passphrase))
        rows = copies.check(url, trial)
        copies.bring_back(url, trial, aside)
    except OSError as error:
        raise UserError("{path} can't be written: {why}.", path=error.filename or trial,
                        why=error.strerror) from error  # fmt: skip
    finally:
        os.umask(umask)
        trial.unlink(missing_ok=True)
    return rows, aside


async def back_up_apart(settings: Settings, target: Path) -> None:
    """The same in a process of its own, so that nobody waits for it."""
    try:
        async with aclosing(apart.lines(settings, "backup", str(target))) as said:
            async for _ in said:
                pass
    except UserError as error:
        raise UserError("The backup failed: {why}", why=error) from None


def fresh(settings: Settings, now: datetime, label: str = "") -> Path:
    """Where the next one belongs; one with a label is no part of the row that is kept."""
    end = copies.suffix(settings.database) + ENCRYPTED * bool(settings.backup_passphrase)
    return settings.data_dir / FOLDER / f"{_NAME}{label}{now.strftime(_TIME)}{end}"


def made(data_dir: Path) -> list[tuple[datetime, Path]]:
    """Those that are there, the newest first."""
    found = []
    for path in (data_dir / FOLDER).glob(f"{_NAME}*"):
        try:
            told = path.name[len(_NAME) :].partition(".")[0]
            at = datetime.strptime(told, _TIME).replace(tzinfo=UTC)
        except ValueError:
            continue
        if path.suffix not in HALVES:
            found.append((at, path))
    return sorted(found, reverse=True)


def note(data_dir: Path, now: datetime) -> None:
    """One was made just now, wherever it went."""
    with suppress(OSError):
        (data_dir / FOLDER).mkdir(parents=True, exist_ok=True)
        (data_dir / FOLDER / LAST).write_text(now.isoformat())


def last(data_dir: Path) -> datetime | None:
    """When the last one was made that was noted or is there."""
    found = [at for at, _ in made(data_dir)[:1]]
    with suppress(OSError, ValueError):
        found.append(datetime.fromisoformat((data_dir / FOLDER / LAST).read_text()))
    return max(found, default=None)


def is_late(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether the next one should have come by now."""
    return last is None or now - last > every * LATE


def drop_halves(data_dir: Path, now: datetime) -> None:
    """Delete what a process left behind that was killed in the middle: it may be in the clear."""
    for path in (data_dir / FOLDER).glob(f"{_NAME}*"):
        with suppress(OSError):
            if path.suffix in HALVES and now.timestamp() - path.stat().st_mtime > HALF_SECONDS:
                path.unlink()


def drop_old(data_dir: Path) -> None:
    """Keep the newest few."""
    for _, path in made(data_dir)[KEPT:]:
        path.unlink(missing_ok=True)


def _free(path: Path) -> Path:
    """Two restores may come within a second."""
    others = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(each for each in chain([path], others) if not each.exists())


def _encrypted(data: bytes, passphrase: str) -> bytes:
    from pyrage import passphrase as age  # noqa: PLC0415  only where it is needed

    encrypted: bytes = age.encrypt(data, passphrase)
    return encrypted


def _opened(data: bytes, passphrase: str | None) -> bytes:
    if not data.startswith(AGE_MAGIC):
        return data
    if passphrase is None:
        raise UserError("This backup is encrypted: set BOT_BACKUP_PASSPHRASE to its passphrase.")
    from pyrage import DecryptError  # noqa: PLC0415
    from pyrage import passphrase as age  # noqa: PLC0415

    for _ in range(TRIES):
        try:
            opened: bytes = age.decrypt(data, passphrase)
        except DecryptError as error:
            if TOO_MUCH not in str(error):
                raise UserError(
                    "This backup can't be opened: BOT_BACKUP_PASSPHRASE is another one, or it is "
                    "damaged."
                ) from None
        else:
            return opened
    raise UserError(
        "This backup can't be opened now: the machine is too busy, or far slower than the one that "
        "made it. Please try again later."
    )
