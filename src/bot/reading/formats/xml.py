"""XML from outside: read as a stream, without entities, DTDs or the network."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any
BROKEN = mark("That document is damaged: its text can't be found.")


def events(data: bytes) -> Iterator[tuple[str, str, Element]]:
    """Each start and end of an element with its name without a namespace; recovers from faults.

    Elements are the caller's to clear.
    """
    if not data:
        return
    stream = etree.iterparse(
        BytesIO(data), events=("start", "end"), recover=True, resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in stream:
            yield event, name_of(element), element
    except etree.XMLSyntaxError:
        raise UserError(BROKEN) from None


def ends(data: bytes) -> Iterator[tuple[str, Element]]:
    """The small file's elements, each when it is complete."""
    return ((name, element) for event, name, element in events(data) if event == "end")


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
