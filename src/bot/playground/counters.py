"""Numbers that are never given out twice, not even by the next process on the same folder:
a bot remembers message and update ids for ever."""

import json
import os
from pathlib import Path
from typing import Any

BLOCK = 1000


class Counters:
    """Hands out ids; reserves them on disk in blocks when a folder is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = folder / "playground.json" if folder else None
        self._memory: dict[str, Any] = self._load()
        self._next: dict[str, int] = {}
        self._reserved: dict[str, int] = {}

    def next(self, name: str) -> int:
        number = self._next.get(name)
        if number is None:
            number = self._reserved[name] = int(self._memory.get(name, 1))
        if number >= self._reserved[name]:
            self._reserved[name] = number + BLOCK
            self.remember(name, number + BLOCK)
        self._next[name] = number + 1
        return number

    def recall(self, name: str) -> Any:
        return self._memory.get(name)

    def remember(self, name: str, value: Any) -> None:
        self._memory[name] = value
        if self._file:
            replace_file(self._file, json.dumps(self._memory))

    def _load(self) -> dict[str, Any]:
        if self._file is None or not self._file.exists():
            return {}
        kept = json.loads(self._file.read_text("utf-8"))
        if not isinstance(kept, dict):
            raise TypeError(f"{self._file} is not a playground's file")
        return kept


def replace_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
