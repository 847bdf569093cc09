"""PowerPoint: each slide is a page, its title a heading."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bot.archives import Archive, is_archive
from bot.reading.formats import xml
from bot.reading.formats.draft import Draft

if TYPE_CHECKING:
    from bot.models.documents import Document

MAIN, RELATIONS = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TITLES = {"title", "ctrTitle"}
_SKIPPED = {"sldNum", "dt", "ftr", "hdr"}


def fits(data: bytes) -> bool:
    """A ZIP file with PowerPoint's main part."""
    return is_archive(data) and MAIN in Archive(data)


def read(data: bytes) -> Document:
    """The slides in their order; notes, numbers and footers are left out."""
    archive = Archive(data)
    draft = Draft()
    title: str | None = None
    for name in _slides(archive):
        draft.page()
        if name in archive:
            told = _slide(archive.read(name), draft)
            title = title or told
    return draft.document(title)


def _slides(archive: Archive) -> list[str]:
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("ppt", element.get("Target", "")))
        for _, element in xml.ends(archive.read_if_there(RELATIONS), "Relationship")
    }
    keys = [element.get(_ID) for _, element in xml.ends(archive.read(MAIN), "sldId")]
    return [targets[key] for key in keys if key in targets]


def _slide(data: bytes, draft: Draft) -> str | None:
    """Put a slide's text into the draft; its title."""
    title, kind = None, ""
    for event, name, element in xml.events(data, ("sp", "ph", "p")):
        if event == "start":
            kind = "" if name == "sp" else kind
            continue
        if name == "ph":
            kind = element.get("type") or "body"
        elif name == "p" and kind not in _SKIPPED:
            text = _text(element)
            if kind in _TITLES and text.strip():
                draft.heading(text, 1)
                title = title or text
            else:
                draft.paragraph(text)
    return title


def _text(element: xml.Element) -> str:
    signs = {"br": "\n", "tab": "\t"}
    return "".join(
        (each.text or "") if xml.name_of(each) == "t" else signs.get(xml.name_of(each), "")
        for each in element.iter()
    )
