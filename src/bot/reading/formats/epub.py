"""EPUB books: their chapters in reading order."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree, html

from bot.archives import LOCKED, Archive, is_archive
from bot.errors import UserError
from bot.reading.formats import markup, xml
from bot.reading.formats.draft import Draft

if TYPE_CHECKING:
    from bot.models.documents import Document

CONTAINER, RIGHTS = "META-INF/container.xml", "META-INF/rights.xml"
_PAGES = {"application/xhtml+xml", "text/html"}


def fits(data: bytes) -> bool:
    """A ZIP file with the container that every book has."""
    return is_archive(data) and CONTAINER in Archive(data)


def read(data: bytes) -> Document:
    """Chapters that are missing or lie outside of the book are passed over."""
    archive = Archive(data)
    package = _package(archive)
    title, language, chapters = _contents(archive.read(package), posixpath.dirname(package))
    draft = Draft()
    for name in chapters:
        if name in archive:
            _chapter(archive.read(name), draft)
    if not draft.length and RIGHTS in archive:
        raise UserError(LOCKED)
    return draft.document(title, language)


def _package(archive: Archive) -> str:
    for _, element in xml.ends(archive.read(CONTAINER), "rootfile"):
        path = element.get("full-path")
        if path and path in archive:
            return str(path)
    raise UserError(xml.BROKEN)


def _contents(data: bytes, folder: str) -> tuple[str | None, str | None, list[str]]:
    """Title, language, and the chapters' names in the archive."""
    said: dict[str, str] = {}
    files: dict[str, str] = {}
    chapters: list[str] = []
    for name, element in xml.ends(data, "title", "language", "item", "itemref"):
        if name in {"title", "language"} and element.text:
            said.setdefault(name, element.text)
        elif name == "item" and element.get("media-type") in _PAGES:
            path = posixpath.join(folder, unquote(element.get("href") or ""))
            files[element.get("id") or ""] = posixpath.normpath(path)
        elif name == "itemref" and element.get("linear") != "no":
            chapters.append(element.get("idref") or "")
    return said.get("title"), said.get("language"), [files[key] for key in chapters if key in files]


def _chapter(data: bytes, draft: Draft) -> None:
    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding=None))
    except (etree.LxmlError, ValueError):
        return
    body = tree.find("body")
    markup.blocks(tree if body is None else body, draft, markup.heading_level)
