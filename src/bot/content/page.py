"""Plain text in any encoding, and the entries that a page of it can become."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import PurePath

from bot.config import MAX_TEXT_CHARS
from bot.content import fields
from bot.errors import UserError
from bot.models.jokes import OTHER, JokeEntry
from bot.models.reports import ReportEntry
from bot.words import encodings
from bot.words.language import detect

STDIN = "stdin"
_SAMPLE = 20_000
# PDF, ZIP and with it Office and EPUB, old Office, pictures, archives, programs, databases.
_MAGIC = (
    b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF",
    b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ\x90", b"SQLite format 3",
)  # fmt: skip
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def decode(data: bytes, name: str) -> str:
    """The text, with `\\n` at the end of lines; a UserError if it is none."""
    text = None if data.startswith(_MAGIC) else encodings.decode(data)
    text = text and text.removeprefix("\ufeff")
    if text is None or "\0" in text or _odd(text):
        raise UserError(
            "{name} is no text but a binary file; please save it as plain text first.", name=name
        )
    if _HTML.match(text):
        raise UserError("{name} is HTML; please save the page as plain text first.", name=name)
    if len(text) > MAX_TEXT_CHARS:
        raise UserError(
            "{name} is too long: a text may have {most:,} characters.",
            name=name, most=MAX_TEXT_CHARS,
        )  # fmt: skip
    return fields.UNFIT_IN_PAGES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def report(title: str | None, body: str, name: str) -> ReportEntry:
    """A report whose key follows from what it says, so that it comes to stand there once.

    One without a title has that of its file.
    """
    if not any(char.isalnum() for char in body):
        raise UserError("{name} has no text below its title.", name=name)
    if title is None and name == STDIN:
        raise UserError("There is no title; please put one on the first line.")
    title = " ".join((title or PurePath(name).stem).split())
    fields.check_length("title", title)
    return ReportEntry(_key(f"{title}\n{body}"), _language(body), title, body.strip())


def joke(body: str) -> JokeEntry:
    """A joke whose key follows from what it says."""
    text = fields.text({"text": body}, "text")
    return JokeEntry(_key(text), _language(text), OTHER, text)


def _odd(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(fields.UNFIT_IN_PAGES.findall(sample)) * 50 > len(sample)


def _key(text: str) -> str:
    return f"page-{blake2b(' '.join(text.split()).encode(), digest_size=12).hexdigest()}"


def _language(text: str) -> str:
    found = detect(text)
    if found not in fields.LANGUAGES:
        raise UserError(
            "Its language can't be told. Please save it as a report instead: a .md file with its "
            "id, title, language and published date between two lines of ---."
        )
    return found
