"""The text of an article's page: without cookies and adverts, or why there is none."""

from __future__ import annotations

import re

from bot.errors import UserError
from bot.news import plain
from bot.words.count import count_words

# Fewer words are no article.
_LEAST_WORDS = 60
# A paragraph that speaks of these is about the page and not about the news, unless it is long.
_ASIDE = re.compile(
    r"""\b(?: we(?:\ and\ our\ partners)?\ use\ cookies
      | (?:accept|reject|manage)\ (?:all\ )?cookies
      | cookie\ (?:policy|settings|preferences|consent|notice) | use\ of\ cookies
      | enable\ (?:javascript|cookies) | browser\ (?:does\ not|doesn.t)\ support
      | (?:subscribe|sign\ up)\ (?:to|for)\ (?:our|the|my)\b.{0,40}\b(?:newsletter|updates|emails?)
      | privacy\ (?:policy|notice|settings) | terms\ (?:of\ (?:use|service)|and\ conditions)
      | all\ rights\ reserved | follow\ us\ on | share\ this\ (?:article|story|post)
      | (?:story|article)\ continues\ below | advertisement | sponsored\ content
      | (?:recommended|related)\ (?:stories|articles|reading) | verwendet\ cookies )\b
      | 本站使用\s*cookie | 隐私政策 | 版权所有 | 未经授权 | 责任编辑 | 扫码关注 | 点击关注
      | 关注我们的 | 免责声明""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDE_CHARS = 300
_LOCKED = re.compile(
    r"""\b(?: (?:subscribe|log\ in|sign\ in|register)\ (?:now\ )?to\ (?:continue|read|keep|unlock)
      | already\ a\ subscriber | subscribers?\ only
      | (?:article|content|story)\ is\ (?:only\ )?(?:for|available\ to|reserved\ for|exclusive\ to)
        \ (?:our\ )?(?:subscribers|members)
      | (?:to\ )?continue\ reading\ this\ (?:article|story)
      | become\ a\ (?:member|subscriber)\ to )\b
      | 订阅后(?:阅读|查看) | 登录后(?:阅读|查看) | 付费(?:阅读|内容|文章) | 开通会员""",
    re.IGNORECASE | re.VERBOSE,
)
# As publishers tell search engines (schema.org).
_NOT_FREE = re.compile(rb"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)


def body(text: str, page: bytes) -> str:
    """The article in a page's main text, whole paragraphs up to a limit.

    `page` is where the text was found. Raises a UserError where the article is behind a paywall,
    or where there is none.
    """
    blocks = [block for block in text.split("\n\n") if not _is_aside(block)]
    locked = any(_LOCKED.search(block) for block in blocks)
    blocks = [block for block in blocks if not _LOCKED.search(block)]
    whole = "\n\n".join(blocks).strip()
    if count_words(whole) >= _LEAST_WORDS:
        return plain.cut(whole)
    if locked or _NOT_FREE.search(page):
        raise UserError("The article is behind a paywall.")
    raise UserError("The page of the article has no text to quote.")


def _is_aside(block: str) -> bool:
    return len(block) < _ASIDE_CHARS and _ASIDE.search(block) is not None
