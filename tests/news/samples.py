"""Feeds for tests, written as a newsroom would."""

from __future__ import annotations

ADDRESS = "https://news.example/feed.xml"

LONG = "The council met on Monday and spoke for three hours about the bridge. " * 20


def item(number: int = 1, **values: str) -> str:
    """An item of RSS; an empty value leaves an element out, `content` is `content:encoded`."""
    chosen = {
        "title": f"Story {number}",
        "link": f"https://news.example/{number}",
        "guid": f"story-{number}",
        "pubDate": f"Wed, 01 May 2024 {number % 24:02}:00:00 +0000",
        "description": f"What happened in story {number}.",
        **values,
    }
    names = {"content": "content:encoded"}
    inside = "".join(
        f"<{names.get(name, name)}>{text}</{names.get(name, name)}>"
        for name, text in chosen.items()
        if text
    )
    return f"<item>{inside}</item>"


def rss(*items: str, head: str = "") -> str:
    """An RSS 2.0 feed of these items."""
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example Times</title>'
        f"<link>https://news.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def atom(*entries: str, base: str = "") -> str:
    """An Atom feed of these entries."""
    where = f' xml:base="{base}"' if base else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-DE"{where}>'
        f'<title>Beispiel</title><link href="/"/>{"".join(entries)}</feed>'
    )
