"""What somebody asks for, without the words of courtesy around it: 我想看看新闻 asks for 新闻."""

from __future__ import annotations

import re

from bot.words.folding import fold

_MARKS = re.compile(r"[^\w']+")
# None of them is made of others, so that a text comes apart in one way only.
_BEFORE = re.compile(
    r"(?:(?:please|can|could|how|do|you|i'd|i|want|would|like|what's|what|is|are|to|tell|give|show|"
    r"send|read|see|hear|get|me|us|the|a|an|some|another|any|today's|latest|my)\b ?"
    r"|[请我你能想要给来再讲说看听读有没个一条篇段点些的]|可以|帮我|打开|什么|哪些|今天|最新"
    r"|怎么(?!用))*"
)
_AFTER = re.compile(r"(?: (?:please|now|today|me)|[吧吗呢啊呀了]|一下|给我|[看听])*")


def plainly(text: str) -> str:
    """In small letters and usual width, without marks."""
    said = " ".join(_MARKS.sub(" ", fold(text).replace("’", "'")).split())
    start = _BEFORE.match(said)
    asked = said[start.end() :] if start else said
    return next((asked[:at] for at in range(len(asked)) if _AFTER.fullmatch(asked, at)), asked)
