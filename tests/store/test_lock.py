"""Two Quipwires on one data folder would answer everything twice."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.store import lock
from bot.store.lock import lock_data

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import subprocess, sys
from pathlib import Path
from bot.store.lock import lock_data

with lock_data(Path(sys.argv[1])):
    wait = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    child = subprocess.Popen(wait, close_fds=False)
    print("ready", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """Another process that has the lock, and a child of its own."""
    command = [sys.executable, "-c", HOLDER, str(folder)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "ready\n"
    return holder


def test_a_second_process_is_refused_in_one_sentence(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    with pytest.raises(UserError) as caught, lock_data(tmp_path):
        pass
    assert str(caught.value) == (
        f"Another Quipwire is already running on {tmp_path}. "
        "Stop it first, or set BOT_DATA_DIR to another folder."
    )
    holder.communicate()


def test_a_second_process_waits_less_than_three_seconds() -> None:
    assert lock.WAIT_SECONDS < 3


def test_a_killed_process_leaves_no_lock_though_its_child_lives(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    holder.kill()
    holder.wait()
    with lock_data(tmp_path):
        pass
    holder.communicate()


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with lock_data(tmp_path):
            pass
    with pytest.raises(ValueError, match="mine"), lock_data(tmp_path):
        raise ValueError("mine")
    with lock_data(tmp_path):
        pass


def test_a_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The playground's is inside the one that a bot with a token will use."""
    with lock_data(tmp_path / "data" / "playground"):
        for made in (tmp_path / "data", tmp_path / "data" / "playground"):
            assert made.stat().st_mode & 0o777 == 0o700


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with lock_data(tmp_path / "data" / "playground"):
        assert (tmp_path / "data" / "playground").is_dir()


def test_other_folders_are_free(tmp_path: Path) -> None:
    with lock_data(tmp_path / "one"), lock_data(tmp_path / "two"):
        pass


def test_a_read_only_folder_is_told_in_one_sentence(forbidden_folder: Path) -> None:
    for folder in (forbidden_folder, forbidden_folder / "deeper"):
        with pytest.raises(UserError, match=r"can't be used .*Set BOT_DATA_DIR"), lock_data(folder):
            pass


def test_a_file_in_the_way_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(UserError, match="can't be used"), lock_data(tmp_path / "data"):
        pass
