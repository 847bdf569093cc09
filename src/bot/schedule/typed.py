"""Reads what people type after /subscribe: `jokes 8:00 mon-fri Berlin`, `早上7点半 工作日`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from itertools import chain
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.headlines import TOPICS
from bot.models.subscriptions import EVERY_DAY, Asked
from bot.schedule.daytimes import with_halves
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TIMES, MOST_DAYS = 6, 366
MOST_CHARS = 200
NO_TIME = mark("“{word}” is not a time I can read: try 07:30 or 7:30 pm.")
NO_DATE = mark("“{word}” is not a date I can read: try until 2030-12-24.")

SHELF_WORDS = {
    "headlines": ("headlines", "headline", "news", "头条", "新闻", "要闻"),
    "follows": ("follows", "following", "followed", "关注"),
    "reports": ("reports", "report", "报告", "长报告"),
    "jokes": ("jokes", "joke", "笑话", "段子"),
}
TOPIC_WORDS = {
    "国际": "world", "财经": "business", "商业": "business", "科技": "technology",
    "科学": "science", "健康": "health",
    "文化": "culture", "体育": "sport", "sports": "sport", "环境": "environment",
    "tech": "technology", **{topic: topic for topic in TOPICS},
}  # fmt: skip
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = rf"(?:{'|'.join(_DAYS)})[a-z]*"
_ALL = ("daily", "everyday", "every day", "每天", "每日", "天天")
_DAY_WORDS = {
    **dict.fromkeys(_ALL, EVERY_DAY),
    **dict.fromkeys(("weekdays", "workdays", "工作日", "平日"), EVERY_DAY[:5]),
    **dict.fromkeys(("weekends", "weekend", "周末"), EVERY_DAY[5:]),
}
_CHINESE_DAYS = "一二三四五六日"
_CHINESE_DAY = re.compile(
    rf"(?:每?(?:周|星期|礼拜))([{_CHINESE_DAYS}天])(?:[到至\-~](?:周|星期|礼拜)?([{_CHINESE_DAYS}天]))?"
    rf"((?:[、,和]?(?:周|星期|礼拜)?[{_CHINESE_DAYS}天])*)"
)
_SPAN = re.compile(rf"\b({_DAY})(?:\s*-\s*|\s+to\s+)({_DAY})\b")
_ONE_DAY = re.compile(rf"\b{_DAY}\b")
_PART = r"(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|早|晚)?"
_DIGITS = r"(\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_CHINESE_TIME = re.compile(
    rf"{_PART}\s*{_DIGITS}\s*[点时](?:\s*(半|一刻|三刻|整|(?:{_DIGITS[1:-1]})分?))?"
)
_TIME = re.compile(
    rf"(?<![\w:.]){_PART}\s*(\d{{1,2}})(?:[:.h](\d{{2}}))\s*([ap])?\.?(?:m\b\.?|h\b)?(?![\w:])"
    rf"|(?<![\w:.])(\d{{1,2}})\s*([ap])\.?m\b\.?"
)
_HOUR = re.compile(
    r"(?<![\w:.+/-])(?:(\d{2})(\d{2})|(\d{1,2})(?:\s*(?:o'?clock|uhr)\b)?)(?![\w:./-])"
)
_SURELY = re.compile(r"\d[:：]\d|\d\s*[ap]\.?m\b|[点點]", re.IGNORECASE)
_NAMED_TIMES = {
    "noon": time(12), "midday": time(12), "midnight": time(0),
    "中午": time(12), "正午": time(12), "午夜": time(0), "半夜": time(0),
}  # fmt: skip
_NAMED = re.compile(r"\b(?:noon|midday|midnight)\b|中午|正午|午夜|半夜")
_WORD = re.compile(r"[^\s,;、]+")
_FILLERS = {
    "at", "and", "in", "on", "to", "every", "each", "the", "time", "morning", "mornings",
    "only", "just", "please", "subscribe", "send", "give", "me", "a", "my", "brief", "digest",
    "只要", "只", "和", "与", "在", "每", "的", "都", "发", "送", "给我", "推送", "时间",
    "请", "我", "想", "要", "看", "收", "收到", "订阅", "简报", "早报",
}  # fmt: skip
# Chinese is written without blanks: one word may hold several that are known.
_GLUED = sorted(
    (word for word in (*_FILLERS, *TOPIC_WORDS, *chain.from_iterable(SHELF_WORDS.values()))
     if not word.isascii()),
    key=len, reverse=True,
)  # fmt: skip
_KNOWN = re.compile("|".join(_GLUED))
_KNOWN_ONLY = re.compile(f"(?:{_KNOWN.pattern})+")
_UNITS = {
    1: ("day", "days", "天", "日"), 7: ("week", "weeks", "周", "星期", "个星期", "个礼拜"),
    30: ("month", "months", "个月"), 365: ("year", "a year", "年"),
}  # fmt: skip
_FOR = re.compile(
    r"\bfor\s+(?P<n>\d{1,3}|an?|one)\s+(?P<unit>days?|weeks?|months?|year)\b"
    rf"|(?:持续|为期|连续)?(?P<zh>{_DIGITS[1:-1]})\s*(?P<zh_unit>天|个星期|个礼拜|周|个月|年)(?!\s*[{_CHINESE_DAYS}天])"
)
_UNTIL = re.compile(r"(?:\b(?:until|till)\s+|[到至]\s*)(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_OFFSET = re.compile(
    r"(?<!\S)(?:(?:utc|gmt)\s*([+-]\d{1,2})(?::?(\d{2}))?|([+-]\d{2}):?(\d{2}))(?!\S)"
    rf"|([东西]){_DIGITS}区"
)


def parse(text: str) -> Asked:
    """What was asked for, in any order; a UserError names what can't be read."""
    if len(text) > MOST_CHARS:
        raise UserError("That is too long for a subscription: a time, days and a city will do.")
    rest = re.sub("[–—−]", "-", unicodedata.normalize("NFKC", text).casefold())
    offset, rest = _offset(rest)
    days, until, rest = _how_long(rest)
    times, rest = _times(with_halves(rest))
    weekdays, rest = _weekdays(rest)
    shelves, topics, words = _what(rest)
    place = " ".join(words) or offset
    if re.fullmatch(r"[\d:.\s]+", place):
        raise UserError(NO_TIME, word=place)
    if topics and "headlines" not in shelves:
        shelves = ("headlines", *shelves)
    return Asked(shelves, topics, times, weekdays, place, days, until)


def says_when(text: str) -> bool:
    """Whether it says a time of day, and besides only what can be subscribed to and on which days;
    a number alone may be anything.
    """
    try:
        asked = parse(text)
    except UserError:
        return False
    return bool(_SURELY.search(text) and asked.times and not asked.place)


def again(asked: Asked) -> str:
    """What was asked for as it may be typed; `parse` reads the same from it."""
    words = [*asked.shelves, *asked.topics, *(each.strftime("%H:%M") for each in asked.times)]
    words += [",".join(_DAYS[day] for day in asked.weekdays)] if asked.weekdays else []
    words += [asked.place] if asked.place else []
    words += [f"for {asked.days} days"] if asked.days else []
    return " ".join([*words, f"until {asked.until}"] if asked.until else words)


def _offset(text: str) -> tuple[str, str]:
    """`utc+08:00` for what was said of a clock's distance from Greenwich, empty if nothing was."""
    found = _OFFSET.search(text)
    if found is None:
        return "", text
    hours, minutes, more_hours, more_minutes, side, number = found.groups()
    hour = int(hours or more_hours or 0) if side is None else _number(number)
    sign = "-" if found[0].rpartition("-")[1] or side == "西" else "+"
    offset = f"utc{sign}{abs(hour):02}:{minutes or more_minutes or '00'}"
    return offset, _OFFSET.sub(" ", text)


def _how_long(text: str) -> tuple[int | None, date | None, str]:
    """For so many days, or until a date; what is said last counts."""
    days: int | None = None
    until: date | None = None

    def span(match: re.Match[str]) -> str:
        nonlocal days
        number = match["n"] or match["zh"]
        many = 1 if number in {None, "a", "an", "one"} else _number(number)
        unit = match["unit"] or match["zh_unit"]
        days = many * next(size for size, names in _UNITS.items() if unit in names)
        if not 0 < days <= MOST_DAYS:
            raise UserError("For how long? Up to a year, like “for 2 weeks”.")
        return " "

    def end(match: re.Match[str]) -> str:
        nonlocal until
        try:
            until = date(*(int(part) for part in match.groups()))
        except ValueError:
            raise UserError(NO_DATE, word=match[0].strip()) from None
        return " "

    text = _FOR.sub(span, _UNTIL.sub(end, text))
    return days, until, text


def _times(text: str) -> tuple[tuple[time, ...], str]:
    found: set[time] = set()

    def chinese(match: re.Match[str]) -> str:
        found.add(_clock(match[0], _number(match[2]), _minutes(match[3]), _half(match[1])))
        return " "

    def western(match: re.Match[str]) -> str:
        hour, minute = int(match[2] or match[5]), int(match[3] or 0)
        half = {"a": "am", "p": "pm"}.get(match[4] or match[6] or "", _half(match[1]))
        found.add(_clock(match[0], hour, minute, half))
        return " "

    def named(match: re.Match[str]) -> str:
        found.add(_NAMED_TIMES[match[0]])
        return " "

    def hour(match: re.Match[str]) -> str:
        found.add(_clock(match[0], int(match[1] or match[3]), int(match[2] or 0), ""))
        return " "

    text = _NAMED.sub(named, _TIME.sub(western, _CHINESE_TIME.sub(chinese, text)))
    # Of two numbers nobody knows whether they are two hours or one with its minutes.
    if not found and len(_HOUR.findall(text)) == 1:
        text = _HOUR.sub(hour, text)
    if len(found) > MOST_TIMES:
        raise UserError("At most {most} times a day, please.", most=MOST_TIMES)
    return tuple(sorted(found)), text


def _clock(said: str, hour: int, minute: int, half: str) -> time:
    beyond = hour > 24 or minute > 59 or (hour == 24 and minute > 0)
    if beyond or (half in {"am", "pm"} and hour > 12):
        raise UserError(NO_TIME, word=said.strip())
    if hour == 12:
        return time(0 if half in {"am", "night"} else 12, minute)
    later = half in {"pm", "late", "night"} or (half == "noon" and hour < 4)
    return time((hour + 12 if later and hour < 12 else hour) % 24, minute)


def _half(part: str | None) -> str:
    """Which half of the day a Chinese word means: 晚上12点 is midnight, 中午11点 still morning."""
    if part in {"晚上", "夜里", "晚"}:
        return "night"
    return {"下午": "late", "傍晚": "late", "中午": "noon", "凌晨": "am"}.get(part or "", "")


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    values = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return int("".join(str(values[char]) for char in digits))
    return (values[tens[-1]] if tens else 1) * 10 + (values[ones[-1]] if ones else 0)


def _minutes(said: str | None) -> int:
    fixed = {None: 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}
    return fixed[said] if said in fixed else _number((said or "").removesuffix("分"))


def _weekdays(text: str) -> tuple[tuple[int, ...], str]:
    found: set[int] = set()

    def span(match: re.Match[str]) -> str:
        found.update(_from_to(_DAYS.index(match[1][:3]), _DAYS.index(match[2][:3])))
        return " "

    def one(match: re.Match[str]) -> str:
        if not _is_day(match[0]):
            return match[0]
        found.add(_DAYS.index(match[0][:3]))
        return " "

    def chinese(match: re.Match[str]) -> str:
        first = _chinese_day(match[1])
        found.update(_from_to(first, _chinese_day(match[2])) if match[2] else [first])
        found.update(_chinese_day(char) for char in match[3] if char in _CHINESE_DAYS + "天")
        return " "

    for word, days in _DAY_WORDS.items():
        if re.search(rf"(?<![a-z]){word}(?![a-z])", text):
            found.update(days)
            text = text.replace(word, " ")
    text = _CHINESE_DAY.sub(chinese, _ONE_DAY.sub(one, _SPAN.sub(span, text)))
    return tuple(sorted(found)), text


def _is_day(word: str) -> bool:
    """`mon`, `mondays`, but not Monaco or Sunderland."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    full = names[_DAYS.index(word[:3])]
    return full.startswith(word) or word == full + "s"


def _from_to(first: int, last: int) -> list[int]:
    return [day % 7 for day in range(first, (last if last >= first else last + 7) + 1)]


def _chinese_day(char: str) -> int:
    return 6 if char == "天" else _CHINESE_DAYS.index(char)


def _what(text: str) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    shelves: set[str] = set()
    topics: list[str] = []
    left = []
    names = {word: shelf for shelf, words in SHELF_WORDS.items() for word in words}
    for word in _apart(text):
        if word in names:
            shelves.add(names[word])
        elif word in TOPIC_WORDS:
            topics.append(TOPIC_WORDS[word])
        elif word not in _FILLERS:
            left.append(word)
    ordered = tuple(shelf for shelf in SHELF_WORDS if shelf in shelves)
    return ordered, tuple(dict.fromkeys(topics)), left


def _apart(text: str) -> Iterator[str]:
    """Its words, those without blanks between them as well; 北京时间 means 北京."""
    for word in _WORD.findall(text):
        if _KNOWN_ONLY.fullmatch(word):
            yield from _KNOWN.findall(word)
        else:
            yield word.removesuffix("时间")
