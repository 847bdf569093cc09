"""XML from outside: read as a stream, without entities, DTDs or the network."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from bot.archives import LARGE
from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Element = Any
# No book has so many paragraphs; a bomb of empty ones has more.
MOST_EVENTS = 1_000_000
BROKEN = mark("That document is damaged: its text can't be found.")


def events(data: bytes, names: Iterable[str]) -> Iterator[tuple[str, str, Element]]:
    """Each start and end of an element of these names, whatever its namespace.

    Recovers from faults. Elements are the caller's to clear; too many, too deep or too long ones
    are a UserError.
    """
    if not data:
        return
    stream = etree.iterparse(
        BytesIO(data), events=("start", "end"), tag=[f"{{*}}{name}" for name in names],
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for number, (event, element) in enumerate(stream):
            if number > MOST_EVENTS:
                raise UserError(LARGE)
            yield event, name_of(element), element
    except etree.XMLSyntaxError:
        raise UserError(BROKEN) from None
    _refuse_half({entry.type_name for entry in stream.error_log})


def _refuse_half(errors: set[str]) -> None:
    """Recovery also gives half a document where the parser's limits or the memory ended."""
    if "ERR_NO_MEMORY" in errors:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in errors:
        raise UserError(LARGE)


def ends(data: bytes, *names: str) -> Iterator[tuple[str, Element]]:
    """The elements of these names, each when it is complete."""
    return ((name, element) for event, name, element in events(data, names) if event == "end")


def name_of(element: Element) -> str:
    """The name without its namespace: dialects differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def free(element: Element) -> None:
    """Give the memory of a finished element back, and that of its elder siblings."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
