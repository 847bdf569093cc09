"""Reads a content folder, or one file of it, into entries and problems."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import frontmatter
import listparser
from pydantic import BaseModel, ValidationError
from yaml import YAMLError

from bot.config import MAX_CONTENT_FILE_BYTES, MAX_CONTENT_LINE_CHARS
from bot.content.entries import HeadlineLine, JokeLine, ReportHead
from bot.content.problems import Problem, explain
from bot.errors import UserError
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Entry = JokeEntry | HeadlineEntry | ReportEntry
M = TypeVar("M", bound=BaseModel)


@dataclass(slots=True)
class Content:
    """What files hold: entries shelf by shelf, feed addresses, and all that is wrong."""

    jokes: list[JokeEntry] = field(default_factory=list)
    headlines: list[HeadlineEntry] = field(default_factory=list)
    reports: list[ReportEntry] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)

    def add(self, entry: Entry, file: str, line: int) -> None:
        """Put an entry on its shelf, unless its id was there before."""
        if entry.key in self._keys:
            self.problems.append(Problem(file, line, f"the id “{entry.key}” is taken already"))
            return
        self._keys.add(entry.key)
        match entry:
            case JokeEntry():
                self.jokes.append(entry)
            case HeadlineEntry():
                self.headlines.append(entry)
            case ReportEntry():
                self.reports.append(entry)


def read_folder(folder: Path) -> Content:
    """All shelves of a content folder; its headlines are samples."""
    found = Content()
    for path in sorted((folder / "jokes").glob("*.jsonl")):
        read_jokes(found, path, f"jokes/{path.name}")
    for path in sorted((folder / "headlines").glob("*.jsonl")):
        read_headlines(found, path, f"headlines/{path.name}", sample=True)
    for path in sorted((folder / "reports").glob("*.md")):
        read_report(found, path, f"reports/{path.name}")
    if (folder / "feeds.opml").exists():
        read_feeds(found, folder / "feeds.opml", "feeds.opml")
    return found


def read_file(path: Path, shelf: str | None = None) -> Content:
    """One .jsonl of jokes or headlines (told apart by `shelf` or its keys), or one .md report."""
    found = Content()
    if path.suffix == ".md":
        read_report(found, path, path.name)
    elif shelf == "headlines" or (shelf is None and _has_links(path)):
        read_headlines(found, path, path.name, sample=False)
    else:
        read_jokes(found, path, path.name)
    return found


def read_jokes(found: Content, path: Path, name: str) -> None:
    """Add the jokes of a .jsonl; the file's name gives their language."""
    _read_lines(found, path, name, JokeLine, lambda line: line.entry(path.stem))


def read_headlines(found: Content, path: Path, name: str, *, sample: bool) -> None:
    """Add the headlines of a .jsonl; the file's name gives their language."""
    _read_lines(found, path, name, HeadlineLine, lambda line: line.entry(path.stem, sample=sample))


def read_report(found: Content, path: Path, name: str) -> None:
    """Add one report: YAML front matter, then plain text."""
    text = _text(found, path, name)
    if text is None:
        return
    try:
        page = frontmatter.loads(text)
        entry = ReportHead.model_validate(page.metadata).entry(page.content)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        found.problems.append(Problem(name, line, "the front matter between --- is not YAML"))
    except ValidationError as error:
        found.problems.append(Problem(name, 1, explain(error)))
    else:
        if entry.text.strip():
            found.add(entry, name, 1)
        else:
            found.problems.append(Problem(name, 1, "there is no text below the front matter"))


def read_feeds(found: Content, path: Path, name: str) -> None:
    """Add the feed addresses of an OPML file."""
    text = _text(found, path, name)
    if text is None:
        return
    parsed = listparser.parse(text)
    if parsed.bozo:
        found.problems.append(Problem(name, 1, "it is not valid OPML"))
    urls = [feed.url for feed in parsed.feeds]
    twice = [url for url, count in Counter(urls).items() if count > 1]
    found.problems += [Problem(name, 1, f"{url} stands there twice") for url in twice]
    found.feeds += dict.fromkeys(urls)


def _has_links(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return '"url"' in file.readline(MAX_CONTENT_LINE_CHARS)


def _read_lines(
    found: Content, path: Path, name: str, model: type[M], entry: Callable[[M], Entry]
) -> None:
    for number, line in _lines(found, path, name):
        try:
            found.add(entry(model.model_validate(_json(line))), name, number)
        except ValidationError as error:
            found.problems.append(Problem(name, number, explain(error)))
        except ValueError as error:
            found.problems.append(Problem(name, number, str(error)))


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is not JSON of this kind") from None


def _lines(found: Content, path: Path, name: str) -> Iterator[tuple[int, str]]:
    """Non-empty lines with their numbers; what is not UTF-8 is a problem of its line."""
    _refuse_huge(path)
    with path.open("rb") as file:
        for number, raw in enumerate(_capped(file), 1):
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError:
                found.problems.append(Problem(name, number, "it is not UTF-8"))
                continue
            if len(text) >= MAX_CONTENT_LINE_CHARS:
                found.problems.append(Problem(name, number, "the line is too long"))
            elif text:
                yield number, text


def _capped(file: Any) -> Iterable[bytes]:
    return iter(lambda: file.readline(MAX_CONTENT_LINE_CHARS * 4), b"")


def _text(found: Content, path: Path, name: str) -> str | None:
    _refuse_huge(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found.problems.append(Problem(name, line, "it is not UTF-8"))
        return None


def _refuse_huge(path: Path) -> None:
    megabytes = MAX_CONTENT_FILE_BYTES // 1024 // 1024
    if path.stat().st_size > MAX_CONTENT_FILE_BYTES:
        raise UserError("{file} is too large ({limit} MB at most).", file=path, limit=megabytes)
