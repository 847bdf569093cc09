"""What people type after /subscribe."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.schedule.typed import again, parse, says_when

WORKDAYS = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("07:30", [time(7, 30)]),
        ("7.30", [time(7, 30)]),
        ("7am", [time(7)]),
        ("7:30 pm", [time(19, 30)]),
        ("8", [time(8)]),
        ("at 20", [time(20)]),
        ("0730", [time(7, 30)]),
        ("17 Uhr", [time(17)]),
        ("8 o'clock", [time(8)]),
        ("20:00h", [time(20)]),
        ("noon and midnight", [time(0), time(12)]),
        ("中午", [time(12)]),
        ("半夜", [time(0)]),
        ("12am", [time(0)]),
        ("12 p.m.", [time(12)]),
        ("24:00", [time(0)]),
        ("8:00, 19:30", [time(8), time(19, 30)]),
        ("19:30 8:00 8:00", [time(8), time(19, 30)]),
        ("０７：３０", [time(7, 30)]),
        ("早上7点半", [time(7, 30)]),
        ("早7:30", [time(7, 30)]),
        ("晚上八点", [time(20)]),
        ("晚上12点", [time(0)]),
        ("中午12点", [time(12)]),
        ("中午1点", [time(13)]),
        ("中午十一点", [time(11)]),
        ("下午3点20分", [time(15, 20)]),
        ("十点一刻", [time(10, 15)]),
        ("二十一点", [time(21)]),
        ("早上七点和晚上九点", [time(7), time(21)]),
        ("每晚9点", [time(21)]),
        ("every morning at 8", [time(8)]),
        ("8 in the evening", [time(20)]),
        ("8:30 in the morning and 7 at night", [time(8, 30), time(19)]),
        ("every night at 11 pm", [time(23)]),
        ("every evening at 18:30", [time(18, 30)]),
        ("12 in the afternoon", [time(12)]),
        ("12 at night", [time(0)]),
    ],
)
def test_times(text: str, times: list[time]) -> None:
    assert list(parse(text).times) == times
    assert parse(text).place == ""


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("8:00", ()),
        ("8:00 daily", (0, 1, 2, 3, 4, 5, 6)),
        ("every day at 8", (0, 1, 2, 3, 4, 5, 6)),
        ("8:00 mon-fri", WORKDAYS),
        ("8:00 Mon–Fri", WORKDAYS),
        ("8:00 Monday to Friday", WORKDAYS),
        ("8:00 weekdays", WORKDAYS),
        ("8:00 weekends", (5, 6)),
        ("8:00 sat,sun", (5, 6)),
        ("8:00 fri-mon", (0, 4, 5, 6)),
        ("8:00 Tuesdays", (1,)),
        ("工作日 8:00", WORKDAYS),
        ("周末 8:00", (5, 6)),
        ("每天8点", (0, 1, 2, 3, 4, 5, 6)),
        ("周一到周五 7点", WORKDAYS),
        ("每周一、三、五 7点", (0, 2, 4)),
        ("每周一三五 7点", (0, 2, 4)),
        ("周二四六晚上7点", (1, 3, 5)),
        ("星期天 7点", (6,)),
    ],
)
def test_weekdays(text: str, weekdays: tuple[int, ...]) -> None:
    assert parse(text).weekdays == weekdays


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("8:00 Europe/Berlin", "europe/berlin"),
        ("8:00 in New York", "new york"),
        ("早上8点 北京", "北京"),
        ("8:00 Monaco", "monaco"),
        ("8:00 UTC+8", "utc+08:00"),
        ("gmt -3 8:00", "utc-03:00"),
        ("7:30 UTC+05:30", "utc+05:30"),
        ("8:00 −0330", "utc-03:30"),
        ("早上8点 东八区", "utc+08:00"),
        ("8点 西十一区", "utc-11:00"),
        ("8:00 Berlin UTC+1", "berlin"),
        ("8:00 Sunderland", "sunderland"),
        ("8:00", ""),
    ],
)
def test_what_is_left_is_a_place(text: str, place: str) -> None:
    assert parse(text).place == place


def test_shelves_and_topics_in_both_languages() -> None:
    asked = parse("jokes,headlines 8:00 mon-fri Europe/Berlin")
    assert asked.shelves == ("headlines", "jokes")
    assert parse("笑话 早上8点").shelves == ("jokes",)
    assert (parse("jokes only 8:00").shelves, parse("just jokes 8:00").place) == (("jokes",), "")
    assert (parse("只要笑话 早上8点").shelves, parse("只要笑话 8:00").place) == (("jokes",), "")
    assert parse("science 8:00").shelves == ("headlines",)
    assert parse("科技 体育 8:00").topics == ("technology", "sport")


@pytest.mark.parametrize(
    "text", ["25:00", "13pm", "7:61", "8 20", "99", "2561", "99点", "8:00 " + "x" * 500]
)
def test_what_is_no_time_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(UserError):
        parse(text)


def test_more_times_a_day_than_anybody_reads_are_refused() -> None:
    with pytest.raises(UserError, match="At most 6"):
        parse(" ".join(f"{hour}:00" for hour in range(7)))


@pytest.mark.parametrize(
    "text",
    ["8:00", "science jokes 8:00 20:30 mon,wed europe/berlin", "for 3 weeks 7pm sat",
     "follows 早上8点 until 2030-12-24 asia/tokyo", "every day noon"],
)  # fmt: skip
def test_what_was_asked_for_can_be_said_again(text: str) -> None:
    assert parse(again(parse(text))) == parse(text)


@given(st.text(max_size=80))
def test_any_text_is_read_or_told_apart(text: str) -> None:
    try:
        asked = parse(text)
    except UserError:
        return
    assert list(asked.times) == sorted(set(asked.times))
    assert set(asked.weekdays) <= set(range(7))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8:00 for 2 weeks", 14), ("8:00 for a month", 30), ("for 10 days 8:00 Berlin", 10),
        ("for one year", 365), ("8:00 三天", 3), ("早上8点 两周", 14), ("10天 北京", 10),
        ("8点 一个月", 30), ("8:00 周一到周五", None), ("8:00", None), ("8:00 Fortaleza", None),
    ],
)  # fmt: skip
def test_how_long(text: str, days: int | None) -> None:
    assert parse(text).days == days


@pytest.mark.parametrize(
    "text", ["8:00 until 2030-12-24", "8:00 到2030年12月24日", "till 2030/12/24"]
)
def test_until_a_day(text: str) -> None:
    assert parse(text).until == date(2030, 12, 24)
    assert parse(text).place == ""


@pytest.mark.parametrize("text", ["until 2030-02-31", "for 900 days", "for 0 days"])
def test_no_such_time(text: str) -> None:
    with pytest.raises(UserError):
        parse(text)


def test_what_is_followed_is_a_shelf() -> None:
    assert parse("follows 8:00").shelves == ("follows",)
    assert parse("关注 8点").shelves == ("follows",)


def test_chinese_needs_no_blanks_between_its_words() -> None:
    asked = parse("每天北京时间早上8点推送科技新闻和笑话，持续两周")
    assert (asked.times, asked.place, asked.days) == ((time(8),), "北京", 14)
    assert (asked.shelves, asked.topics) == (("headlines", "jokes"), ("technology",))
    assert parse("8点 和田").place == "和田"


def test_an_evening_without_an_hour_is_no_morning() -> None:
    assert parse("every evening").place == "evening"


@pytest.mark.parametrize(
    "text",
    [
        "7:30",
        "早上七点半",
        "工作日 8:00",
        "我想每天7点半看新闻",
        "send me news at 7 am",
    ],
)
def test_a_time_of_day_with_nothing_unknown_beside_it_says_when(text: str) -> None:
    assert says_when(text)


@pytest.mark.parametrize(
    "text", ["2024", "7", "7.30", "noon", "观点", "25:00", "score 4:10", "news"]
)
def test_what_may_be_meant_otherwise_does_not_say_when(text: str) -> None:
    assert not says_when(text)
