"""Feeds: lists of news, which are followed and not summarised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.models.documents import Document

_HEAD_BYTES = 2_000
_XML = re.compile(
    rb"(?:<\?[^>]*>|(?><!--.*?-->)|<!DOCTYPE[^>]*>|\s)*+<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL
)
_JSON = re.compile(rb'\s*\{.{0,400}?"version"\s*:\s*"https?://jsonfeed\.org/', re.DOTALL)


def fits(data: bytes) -> bool:
    """RSS, Atom or JSON Feed, by the first element or member."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    return bool(_XML.match(head) or _JSON.match(head))


def read(_: bytes) -> Document:
    """Always a UserError."""
    raise UserError(
        "That is a feed: a list of news, and no document. Send me the link of one of its articles."
    )
