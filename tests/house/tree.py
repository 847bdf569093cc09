"""The house as files, and what each of them imports."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "bot"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def imports() -> dict[str, frozenset[str]]:
    """File (as `tg/gate.py`) -> the top-level packages it imports anywhere in it."""
    return {
        str(path.relative_to(SRC)): frozenset(_packages(ast.parse(path.read_text("utf-8"))))
        for path in sorted(SRC.rglob("*.py"))
    }


def users(package: str) -> set[str]:
    """The files that import a package."""
    return {file for file, packages in imports().items() if package in packages}


def _packages(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
