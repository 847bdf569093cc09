"""A PDF of a thousand pages: pypdfium2's own extraction of its text beside ours, which also finds
paragraphs, columns, headings and running lines, and beside the whole reading."""

from __future__ import annotations

import random
import statistics
import textwrap
import time
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
from tests.reading.formats.samples import Printed, column, pdf

from bot.reading import formats
from bot.reading.read import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 1_000
LINES = 50
ROUNDS = 5
SYLLABLES = "ba cor den fil gas hem ink jol kar lum nor pel quin ros sel tav und ver wim yar zo"


def book(pages: int, columns: int = 1) -> bytes:
    """Some 3,000 characters a page, with a running header and a page number."""
    chance = random.Random(1)
    words = [
        "".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 4))) for _ in range(9000)
    ]
    width = 62 if columns == 1 else 36
    return pdf(*(_page(number, words, chance, columns, width) for number in range(1, pages + 1)))


def _page(
    number: int, words: list[str], chance: random.Random, columns: int, width: int
) -> list[Printed]:
    lines: list[Printed] = [
        ("A year of the old harbour", 50, 780, 9),
        (f"Page {number}", 300, 20, 9),
    ]
    for place in range(columns):
        text = textwrap.wrap(" ".join(_sentence(words, chance) for _ in range(LINES)), width)
        lines += column(text[:LINES], 50 + 280 * place, 740)
    return lines


def _sentence(words: list[str], chance: random.Random) -> str:
    return " ".join(chance.choices(words, k=chance.randint(6, 24))).capitalize() + "."


def bare(data: bytes) -> int:
    """What pypdfium2's own documentation does."""
    found = 0
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        found += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return found


def ours(data: bytes) -> int:
    return len(formats.document(data).text)


def whole(data: bytes) -> int:
    return len(read_document(formats.document(data)).ranked)


def seconds(work: Callable[[], int]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    for name, columns in (("one column", 1), ("two columns", 2)):
        data = book(PAGES, columns)
        rows = [
            tuple(seconds(partial(work, data)) for work in (bare, ours, whole))
            for _ in range(ROUNDS)
        ]
        own, text, all_ = (statistics.median(each) for each in zip(*rows, strict=True))
        ratio = statistics.median(row[1] / row[0] for row in rows)
        print(
            f"PDF of {PAGES:,} pages, {name}, {ours(data) / 1e6:.1f}M characters:"
            f" pypdfium2 {own:.2f} s, ours {text:.2f} s, read whole {all_:.2f} s;"
            f" ours : pypdfium2 = {ratio:.2f} (1.3 or less)"
        )


if __name__ == "__main__":
    main()
