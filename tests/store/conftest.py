"""Files and folders that a database may have to do with."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.databases import file_at

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """For what is SQLite's alone."""
    return file_at(tmp_path)


@pytest.fixture
def forbidden_folder() -> Iterator[Path]:
    """A folder this process may read but not change, even where tests run as root."""
    was = os.geteuid()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o555)
        if was == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(was)
        folder.chmod(0o755)
