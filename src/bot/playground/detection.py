"""Entities Telegram finds by itself in any text: commands, mentions, hashtags, links."""

import re
from collections.abc import Iterator

KINDS = frozenset({"bot_command", "mention", "hashtag", "url", "email"})
_HINT = re.compile(r"[/@#.]")
_TOP_LEVEL = "com|org|net|io|dev|app|info|me|co|tv|gov|edu|cn|de|fr|uk|eu|ru|jp|in|br|us"
_FOUND = re.compile(
    rf"""
    (?P<email>(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
  | (?P<url>https?://[^\s<>"«»]+
      | (?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP_LEVEL})\b(?:/[^\s<>"«»]*)?)
  | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{{1,64}}(?:@[A-Za-z0-9_]{{3,32}})?(?![\w/<>@]))
  | (?P<mention>(?<![\w/])@[A-Za-z0-9_]{{4,32}}(?!\w))
  | (?P<hashtag>(?<![\w/#])\#(?!\d+(?!\w))\w{{1,256}})
    """,
    re.VERBOSE,
)


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end in code points, left to right."""
    if not _HINT.search(text):
        return
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        end = match.end()
        if kind == "url":
            end = match.start() + len(match[0].rstrip(".,:;!?)]}'…。，！？；：）"))
        yield kind, match.start(), end
