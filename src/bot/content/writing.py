"""Models to content files, which reading gives back as they were."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.models.feeds import FeedEntry
    from bot.models.reports import ReportEntry

MOST_NAME_CHARS = 80
_UNSAFE = re.compile(r"[^\w.-]+")


def line(entry: JokeEntry | HeadlineEntry) -> str:
    """A joke or a headline, as a line of its language's file."""
    values: dict[str, object] = {"id": entry.key}
    match entry:
        case JokeEntry():
            values |= {"category": entry.category, "text": entry.text}
            if entry.punchline is not None:
                values["punchline"] = entry.punchline
        case HeadlineEntry():
            values |= {
                "topic": entry.topic, "title": entry.title, "source": entry.source,
                "url": entry.url, "published": entry.published.isoformat(), "text": entry.text,
            }  # fmt: skip
            values |= {"late": True} if entry.late else {}
            values |= {} if entry.sample else {"sample": False}
    return json.dumps(values, ensure_ascii=False) + "\n"


def report(entry: ReportEntry) -> str:
    """A report with its front matter: what is quoted as in JSON is YAML, too."""
    front = [f"id: {_quoted(entry.key)}", f"title: {_quoted(entry.title)}",
             f"language: {_quoted(entry.language)}"]  # fmt: skip
    if entry.published is not None:
        front.append(f"published: {entry.published.isoformat()}")
    return "\n".join(["---", *front, "---", entry.text, ""])


def name(key: str) -> str:
    """A file's name, from an id that may hold anything."""
    return _UNSAFE.sub("-", key).strip(".-")[:MOST_NAME_CHARS] or "report"


def opml(feeds: Iterable[FeedEntry]) -> bytes:
    """Feeds in the outlines of their topics."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Quipwire"
    body = ET.SubElement(root, "body")
    topics: dict[str, ET.Element] = {}
    for feed in feeds:
        if feed.topic not in topics:
            topics[feed.topic] = ET.SubElement(body, "outline", text=feed.topic)
        chosen = {"pace": str(feed.pace)} if feed.pace else {}
        paused = {"paused": "true"} if feed.paused else {}
        ET.SubElement(topics[feed.topic], "outline", {
            "type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url,
            "language": feed.language, **chosen, **paused,
        })  # fmt: skip
    ET.indent(root)
    return b'<?xml version="1.0"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
