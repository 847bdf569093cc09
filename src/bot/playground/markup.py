"""From text and entities back to HTML, so that a test can read what a person sees."""

from dataclasses import dataclass
from html import escape
from typing import Any

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opening: str
    closing: str


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """HTML that parses to the same text and entities; detected ones (links, commands) stay
    plain."""
    units = text.encode("utf-16-le", "surrogatepass")
    marked = [mark for mark in map(_mark, entities) if mark]
    places = {place for mark in marked for place in (mark.start, mark.end)}
    borders = sorted({0, len(units) // 2} | places)
    out: list[str] = []
    stack: list[_Mark] = []
    for here, there in zip(borders, [*borders[1:], borders[-1]], strict=True):
        _close(out, stack, here)
        for mark in marked:
            if mark.start == here:
                out.append(mark.opening)
                stack.append(mark)
        piece = units[here * 2 : there * 2].decode("utf-16-le", "surrogatepass")
        out.append(escape(piece, quote=False))
    return "".join(out)


def _close(out: list[str], stack: list[_Mark], here: int) -> None:
    """Closes what ends here, and reopens what had to be closed on the way."""
    ending = [index for index, mark in enumerate(stack) if mark.end <= here]
    if not ending:
        return
    above = stack[ending[0] :]
    del stack[ending[0] :]
    out.extend(mark.closing for mark in reversed(above))
    for mark in above:
        if mark.end > here:
            out.append(mark.opening)
            stack.append(mark)


def _mark(entity: dict[str, Any]) -> _Mark | None:
    opening, closing = _tags(entity)
    start = entity["offset"]
    return _Mark(start, start + entity["length"], opening, closing) if opening else None


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    if kind == "pre" and entity.get("language"):
        language = escape(entity["language"])
        return f'<pre><code class="language-{language}">', "</code></pre>"
    if kind == "pre":
        return "<pre>", "</pre>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
