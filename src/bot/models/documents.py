"""A document once its format is read: plain text, and where its pages and headings begin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """All offsets count code points of `text`, the source that every quotation is cut from.

    `pages` holds where each page begins, in order; `headings` the level of each marked heading
    by where its line begins.
    """

    text: str
    title: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    headings: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collected:
    """A report put together of its pieces; `section_hint` is the shelf that its page names."""

    title: str
    text: str
    language: str
    section_hint: str | None
