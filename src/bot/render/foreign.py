"""Text that others wrote, shown as it is but without power over the chat."""

from __future__ import annotations

import re

# Embeddings, overrides and isolates could turn what follows around.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MENTION = re.compile(r"@(?=\w)")
WORD_JOINER = "\u2060"


def harmless(text: str) -> str:
    """The same to the eye; nobody is called by an @name, nothing after it runs backwards."""
    return _MENTION.sub(f"@{WORD_JOINER}", forward(text))


def forward(text: str) -> str:
    """Without what turns the direction of reading."""
    return _BIDI_CONTROLS.sub("", text)
