"""A thousand feeds on loopback, as a process of its own: its memory is not the bot's.

Each has fifty entries with a paragraph of text; from the second round on, asked for with another
`round`, the newest entry of each says something else. No two tell the same story.
"""

from __future__ import annotations

import asyncio
import random
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache

ENTRIES = 50
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprst"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Paper {feed}</title>'
    "<link>http://paper{feed}.example/</link>"
)
ITEM = (
    "<item><title>{title}{more}</title>"
    "<link>http://paper{feed}.example/{entry}?utm_source=rss</link><guid>{feed}-{entry}</guid>"
    "<pubDate>{date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
    "<description><![CDATA[<p>{text}</p>]]></description></item>"
)
TEXT = (
    "The council of the town met on <b>Monday</b> and spoke for hours about the old bridge. " * 20
)


def feed(number: int, edition: int, now: datetime) -> bytes:
    """Feed `number` as it reads in that edition."""
    items = (
        ITEM.format(
            feed=number,
            entry=entry,
            title=title(number, entry),
            more=f", edition {edition}" if entry == 0 else "",
            date=now - timedelta(minutes=30 * entry),
            text=TEXT,
        )
        for entry in range(ENTRIES)
    )
    return (HEAD.format(feed=number) + "".join(items) + "</channel></rss>").encode()


@cache
def title(number: int, entry: int) -> str:
    """Words that are those of hardly any other entry."""
    chance = random.Random(f"{number} {entry}")
    return " ".join(
        "".join(chance.choice(VOWELS if place % 2 else CONSONANTS) for place in range(7))
        for _ in range(6)
    ).capitalize()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """GET /NUMBER, with the edition that this process was told last."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            number = int(head.split(" ")[1].strip("/"))
            body = feed(number, EDITION[0], NOW)
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
    writer.close()


NOW = datetime.now(UTC)
EDITION = [1]


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        EDITION[0] = int(line)
        print("ready", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
