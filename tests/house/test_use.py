"""Nothing stands in the house that the program does not use."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from bot.config import Settings
from tests.house.tree import SRC

if TYPE_CHECKING:
    from collections.abc import Iterator

# For programs that bring sumy's documents along.
OFFERED = {"QuipwireSummarizer"}


def sources() -> dict[str, str]:
    return {str(path.relative_to(SRC)): path.read_text("utf-8") for path in SRC.rglob("*.py")}


def defined(source: str) -> Iterator[str]:
    """The names of a module's functions, classes and constants."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else ()
        yield from (each.id for each in targets if isinstance(each, ast.Name))


def test_whatever_is_defined_is_used() -> None:
    words = Counter(re.findall(r"\w+", "\n".join(sources().values())))
    files = {file: source for file, source in sources().items() if "migrations" not in file}
    names = {(file, name) for file, source in files.items() for name in defined(source)}
    dead = {(file, name) for file, name in names if words[name] == 1 and not name.startswith("__")}
    assert {each for each in dead if each[1] not in OFFERED} == set()


def test_every_setting_is_read() -> None:
    rest = "\n".join(source for file, source in sources().items() if file != "config.py")
    unread = {name for name in Settings.model_fields if not re.search(rf"\.{name}\b", rest)}
    assert unread == {"database_url"}, "config.py reads BOT_DATABASE_URL itself"
