"""Puts the seed on the shelves at every start, and looks at what somebody wants to import."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.content import SHELVES, Content, Shelf, folder, page, single
from bot.content.packs import read_pack
from bot.errors import UsageError, UserError
from bot.models.said import Said
from bot.reading.lines import lines
from bot.reading.numbering import number_of
from bot.reading.page import recognise
from bot.store import seeds, topics
from bot.store.seeds import Applied
from bot.texts import mark
from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.config import Settings
    from bot.reading.page import Page
    from bot.store.database import Connection, Database

    Watch = Callable[[int], None]

log = logging.getLogger(__name__)

# The one name under which the state of the files is kept: the shelves hold one folder at a time.
SEED = "content"
# A text of so many words, or with numbered sections, is a report whatever its page says.
REPORT_WORDS = 500
REPORT_SECTIONS = 2
_HOLDS: dict[single.Kind, str] = {
    "report": "a report", "document": "a report", "feeds": "feeds",
}  # fmt: skip
HINTS: dict[Shelf, tuple[str, ...]] = {
    "jokes": ("joke", "humor", "humour", "funny", "笑话", "幽默", "段子"),
    "reports": ("report", "summary", "报告", "总结", "汇报"),
    "headlines": ("headline", "news", "新闻", "头条", "要闻"),
}
_CHOSEN = mark("{name} goes to the {shelf} shelf: --shelf says so.")
_HINTED = mark("{name} goes to the {shelf} shelf: its page says “{hint}”.")
# By whether it has numbered headings, and whether its page names a section.
_LONG = {
    (False, False): mark("{name} goes to the {shelf} shelf: it has {words:,} words."),
    (False, True): mark(
        "{name} goes to the {shelf} shelf: it has {words:,} words (its page says “{hint}”)."
    ),
    (True, False): mark(
        "{name} goes to the {shelf} shelf: it has {words:,} words under {sections} numbered "
        "headings."
    ),
    (True, True): mark(
        "{name} goes to the {shelf} shelf: it has {words:,} words under {sections} numbered "
        "headings (its page says “{hint}”)."
    ),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What was found to import; `note` says of a page where it goes, and why.

    Documents, by name, have to be read yet.
    """

    content: Content
    note: Said | None = None
    documents: tuple[tuple[str, bytes], ...] = ()


def content_folder(settings: Settings) -> Path:
    """BOT_CONTENT_DIR, ./content, or what came with the program; a UsageError if it is missing."""
    chosen, default = settings.content_dir, type(settings).model_fields["content_dir"].default
    if chosen.is_dir():
        return chosen
    if chosen != default:
        raise UsageError(
            "BOT_CONTENT_DIR names {folder}, and there is no such folder.", folder=chosen
        )
    packed, checkout = Path(__file__).parents[1] / "seed", Path(__file__).parents[3] / "content"
    return packed if packed.is_dir() else checkout


async def seed(db: Database, source: Path, now: datetime) -> Applied | None:
    """Bring the shelves in line with a content folder; None if it is as it was the last time.

    Broken lines are logged and left out. A shelf that has some keeps all it had, and they are
    looked at again at the next start.
    """
    try:
        state = folder.state(source)
        known, _, known_digest = (await db.read(seeds.digest, SEED) or "").partition(":")
        if known == state:
            return None
        found = folder.files(source)
    except UserError as error:
        log.warning("%s The shelves stay as they are.", error)
        return None
    if not found:
        log.warning("The folder %s holds no content. The shelves stay as they are.", source)
        return None
    digest = await asyncio.to_thread(folder.digest, source)
    if known_digest == digest:
        await db.write(seeds.set_digest, SEED, f"{state}:{digest}")
        return None
    content = await asyncio.to_thread(folder.read_folder, source)
    for problem in content.problems:
        log.warning("%s", problem)
    return await db.write(_seed, content, now, "" if content.problems else f"{state}:{digest}")


def look(path: Path, shelf: Shelf | None = None, on_bytes: Watch | None = None) -> Look:
    """What a folder, a content file or a page has to import; a UserError if it can't be read."""
    single.check_path(path)
    if path.is_dir():
        content = folder.read_folder(path, on_bytes)
        return Look(content.only(shelf) if shelf else content)
    with path.open("rb") as stream:
        return look_at(stream, str(path), shelf, on_bytes)


def look_at(
    stream: BinaryIO, name: str, shelf: Shelf | None = None, on_bytes: Watch | None = None
) -> Look:
    """The same of a stream that can be rewound; `name` is what a person calls it."""
    kind = single.kind_of(stream, name)
    if kind == "pack":
        content, documents = read_pack(stream, on_bytes)
        return Look(content.only(shelf) if shelf else content, documents=documents)
    if kind == "document":
        _refuse_other_shelf(name, kind, shelf)
        return Look(Content(), documents=((name, stream.read()),))
    if kind != "page":
        _refuse_other_shelf(name, kind, shelf)
        return Look(single.read_single(stream, name, kind, shelf, on_bytes))
    return _page(stream.read(), name, shelf)


def _seed(conn: Connection, content: Content, now: datetime, digest: str) -> Applied:
    broken = content.broken()
    on_time = tuple(each for each in content.headlines if not each.late)
    content = replace(content, headlines=on_time)
    done = [
        seeds.apply(
            conn, shelf, getattr(content, shelf), now, origin="seed", prune=shelf not in broken
        )
        for shelf in SHELVES
    ]
    done.append(seeds.apply(conn, "feeds", content.feeds, now, origin="seed",
                            prune=folder.FEEDS not in broken))  # fmt: skip
    if folder.TOPICS not in broken:
        topics.replace(conn, content.topics)
    seeds.set_digest(conn, SEED, digest)
    return _sum(done)


def _sum(done: Iterable[Applied]) -> Applied:
    """All of them as one."""
    rows = [(each.added, each.changed, each.kept, each.removed) for each in done]
    return Applied(*(sum(column) for column in zip((0, 0, 0, 0), *rows, strict=True)))


def _refuse_other_shelf(name: str, kind: single.Kind, shelf: Shelf | None) -> None:
    holds = _HOLDS.get(kind, "jokes or headlines")
    fits = "reports" if kind in {"report", "document"} else None if kind == "feeds" else shelf
    if shelf is not None and (shelf != fits or (shelf == "reports" and kind not in _HOLDS)):
        raise UsageError("{name} holds {holds}: --shelf {shelf} does not fit.",
                         name=name, holds=holds, shelf=shelf)  # fmt: skip


def _page(data: bytes, name: str, shelf: Shelf | None) -> Look:
    text = page.decode(data, name)
    found = recognise(text)
    chosen, why = (shelf, Said(_CHOSEN)) if shelf else _suggest(found, name)
    if chosen == "headlines":
        raise UsageError(
            "{name} can't become a headline, which needs its address, topic and date: write it as "
            "a line of .jsonl, or choose --shelf reports or --shelf jokes.", name=name,
        )  # fmt: skip
    note = Said(why.message, {"name": name, "shelf": chosen, **why.values})
    if chosen == "jokes":
        body = found.body if found.section_hint else text
        return Look(Content(jokes=(page.joke(body),)), note)
    return Look(Content(reports=(page.report(found.title, found.body, name),)), note)


def _suggest(found: Page, name: str) -> tuple[Shelf, Said]:
    """Length and numbering count more than the section, which is a hint only."""
    hint = found.section_hint or ""
    words, sections = count_words(found.body), _sections(found.body)
    if words >= REPORT_WORDS or sections >= REPORT_SECTIONS:
        long = _LONG[sections >= REPORT_SECTIONS, bool(hint)]
        return "reports", Said(long, {"words": words, "sections": sections, "hint": hint})
    for shelf, marks in HINTS.items():
        if shelf != "headlines" and any(each in hint.casefold() for each in marks):
            return shelf, Said(_HINTED, {"hint": hint})
    aside = f" (its page says “{hint}”)" if hint else ""
    raise UsageError(
        "It can't be told where {name} belongs{aside}; please add --shelf jokes or "
        "--shelf reports.", name=name, aside=aside,
    )  # fmt: skip


def _sections(body: str) -> int:
    return sum(number_of(line.text) is not None for line in lines(body))
