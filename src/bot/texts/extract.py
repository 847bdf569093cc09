"""`make texts`: brings the catalogues up to date with the messages in the code."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.texts import CATALOGUES

HOUSE = Path(__file__).parents[1]
# What only a host sees, on the command line, stays English.
ROOMS = ("child", "commands", "content", "fetch", "news", "reading", "render", "schedule",
         "services", "texts", "tg", "words")  # fmt: skip
FILES = ("archives.py",)
KEYWORDS = {"say": (1,), "html": (1,), "mark": (1,), "plural": (1, 2), "UserError": (1,),
            "BusyError": (1,), "NotAFeed": (1,), "WebError": (1,), "Said": (1,)}  # fmt: skip
WIDTH = 100


def messages() -> Catalog:
    """Every message that a reader may see, as the code has it."""
    found = Catalog(charset="utf-8")
    for room in ROOMS:
        folder = str(HOUSE / room)
        for _, _, message, _, _ in extract_from_dir(folder, keywords=KEYWORDS):
            found.add(message)
    for file in FILES:
        for _, message, _, _ in extract_from_file("python", HOUSE / file, keywords=KEYWORDS):
            found.add(message)
    return found


def path(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.po")


def main() -> None:
    """Rewrite each catalogue: new messages are empty, those that left are dropped."""
    template = messages()
    for name in filter(None, CATALOGUES.values()):
        file = path(name)
        with file.open("rb") as old:
            catalogue = read_po(old, locale=name)
        catalogue.update(template, no_fuzzy_matching=True)
        with file.open("wb") as new:
            write_po(new, catalogue, width=WIDTH, omit_header=True, no_location=True,
                     ignore_obsolete=True, sort_output=True)  # fmt: skip


if __name__ == "__main__":
    main()
