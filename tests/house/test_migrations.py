"""The migrations are one chain, each step numbered as its file is."""

from __future__ import annotations

import re

from tests.house.tree import SRC

STEPS = sorted((SRC / "store" / "migrations" / "versions").glob("*.py"))


def test_each_step_follows_the_one_before() -> None:
    before = None
    for number, path in enumerate(STEPS, 1):
        said = dict(
            re.findall(r"^(revision|down_revision) = (.+)$", path.read_text(), re.MULTILINE)
        )
        assert path.name.startswith(f"{number:04}_")
        assert said["revision"].strip('"') == f"{number:04}"
        assert (None if number == 1 else said["down_revision"].strip('"')) == before
        before = f"{number:04}"
