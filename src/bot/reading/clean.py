"""What stands in a saved page but is nobody's sentence: paths, links, masks, omissions."""

from __future__ import annotations

import re

_OMITTED = re.compile(
    r"[(（\[【]\s*(?:omitted|abridged|snip|\.{3}|…+|此?处?略|以下略|省略)\s*[)）\]】]",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"""(?: home | menu | share(?:\ to)? | print | top | back(?:\ to\ (?:top|list|home))?
      | previous(?:\ (?:article|page|post))? | next(?:\ (?:article|page|post))?
      | related\ (?:articles|posts|reading) | all\ rights\ reserved
      | 首页 | 返回(?:顶部|列表|首页)? | 上一[篇页条] | 下一[篇页条] | 相关(?:阅读|文章|链接|推荐)
      | 打印(?:本页)? | 关闭(?:窗口)? | 分享到? | 点击(?:量|数|次数|率) | 浏览(?:量|次数)
      | 责任编辑 | 版权所有 | 当前位置 | 您现在的位置
    )\s* (?: [:：>»|].* )?""",
    re.IGNORECASE | re.VERBOSE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b).{0,120}", re.IGNORECASE)
_TABLE = re.compile(r"\|.*\||.*\t.*\t.*")
# A line of a table of contents; six dots in a row are an ellipsis where one writes Chinese.
_PAGE_SIGNS, _LEADERS = " 0123456789ivxlcIVXLC", " .…·"
_DOTS, _DOTS_APART = 7, 4
_BETWEEN_LINKS, _LINK_CHARS = re.compile("[|»]"), 30
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MASK = re.compile(r"\*{2,}|[×xX]{2,}|[○〇□■●█]{2,}|_{3,}")
_MASKED_WORD = re.compile(r"\*{2,}|(?<![^\W_])[×xX]{2,}(?![^\W_])|[○〇□■●█]{2,}")
# Patterns with two gaps take quadratic time, and a longer line is text in any case.
_LONGEST_NOISE = 1_000
_PATH = re.compile(r"\s+[-–—>»›/|]\s+|\s*[>»›]\s*")


def is_noise(line: str) -> bool:
    """Whether a trimmed line is navigation, of a table, a rule, or a note of an omission."""
    if not any(char.isalnum() for char in line) or _OMITTED.fullmatch(line):
        return True
    if len(line) > _LONGEST_NOISE:
        return False
    patterns = (_NAVIGATION, _COPYRIGHT, _TABLE, _ADDRESS)
    if any(pattern.fullmatch(line) for pattern in patterns):
        return True
    return _is_links(line) or _leads_to_a_page(line)


def _is_links(line: str) -> bool:
    """Split and not matched: how often a space may stand on either side of a bar doubles a
    pattern's work at each one.
    """
    parts = _BETWEEN_LINKS.split(line)
    return len(parts) > 2 and all(part and len(part.strip()) <= _LINK_CHARS for part in parts)


def _leads_to_a_page(line: str) -> bool:
    line = line.rstrip(_PAGE_SIGNS)
    dots = line[len(line.rstrip(_LEADERS)) :]
    return len(dots) - dots.count(" ") >= _DOTS or dots.count(" .") >= _DOTS_APART


def has_omission(sentence: str) -> bool:
    """Whether a sentence says that something was left out of it."""
    return _OMITTED.search(sentence) is not None


def has_mask(sentence: str) -> bool:
    """Whether a name or a number of a sentence was blotted out (`***`, `XX`)."""
    return _MASKED_WORD.search(sentence) is not None


def masks(text: str) -> list[str]:
    """Every spot that was blotted out, in order."""
    return _MASKED_WORD.findall(text)


def is_masked(text: str, start: int, end: int) -> bool:
    """Whether a masked spot (`***`, `XX`) touches what stands at `start:end`."""
    before, after = text[max(0, start - 4) : start].rstrip(), text[end : end + 4].lstrip()
    near = f"{before[-2:]} {text[start:end]} {after[:2]}"
    return _MASK.search(near) is not None


def path_of(line: str) -> list[str]:
    """The parts of a breadcrumb line, `Site - Section - Title`; empty if it is none."""
    if len(line) > _LONGEST_NOISE:
        return []
    parts = [part.strip() for part in _PATH.split(line)]
    return parts if len(parts) > 2 and all(parts) else []
