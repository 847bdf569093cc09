"""Headers are believed as far as they make sense."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch import headers

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
THEN = "Mon, 23 Nov 2026 04:10:00 GMT"


@pytest.mark.parametrize(
    ("value", "mime", "charset"),
    [
        ("text/html; charset=UTF-8", "text/html", "utf-8"),
        ("TEXT/XML;Charset='gbk'", "text/xml", "gbk"),
        ('application/rss+xml ; b=x; charset="windows-1251"', "application/rss+xml", "cp1251"),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset=klingon", "text/html", None),
        ("text/html; charset=zlib", "text/html", None),
        ("text/html; charset=punycode", "text/html", None),
        ("text/html; notcharset=utf-8", "text/html", None),
        ("nonsense", "", None),
        ("", "", None),
        ("a/b c; charset=utf8", "", "utf-8"),
    ],
)  # fmt: skip
def test_type_and_charset(value: str, mime: str, charset: str | None) -> None:
    told = {"Content-Type": value}
    assert (headers.content_type(told), headers.charset(told)) == (mime, charset)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), (" 5.7 ", 5), (THEN, 600), ("Mon, 23 Nov 2020 00:00:00 GMT", 0), ("soon", None),
     ("-5", None), ("", None), ("99999999", 86_400), ("Mon, 99 Nov 2026 99:99:99 GMT", None),
     ("Mon Nov 23 04:10:00 2026", 600), ("Thu, 31 Dec 9999 23:59:59 GMT", 86_400)],
)  # fmt: skip
def test_rest(value: str, seconds: float | None) -> None:
    assert headers.retry_after({"Retry-After": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"Cache-Control": "public, max-age=60"}, 60),
        ({"Cache-Control": 'Max-Age="60"', "Age": "10"}, 50),
        ({"Cache-Control": "max-age=60", "Age": "100"}, 0),
        ({"Cache-Control": "s-maxage=60"}, None),
        ({"Cache-Control": "no-store, max-age=60"}, 0),
        ({"Cache-Control": "max-age=9999999999"}, 365 * 24 * 3600),
        ({"Cache-Control": "max-age=60", "Expires": THEN}, 60),
        ({"Expires": THEN}, 600),
        ({"Expires": THEN, "Date": "Mon, 23 Nov 2026 04:09:00 GMT"}, 60),
        ({"Expires": "0"}, None),
        ({"Expires": "Mon, 23 Nov 2020 00:00:00 GMT"}, 0),
        ({}, None),
    ],
)
def test_freshness(told: dict[str, str], seconds: float | None) -> None:
    assert headers.fresh_for(told, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "kept"),
    [('"7"', '"7"'), (' W/"7" ', 'W/"7"'), ("", None), ('"é"', None), ('"\udcff"', None),
     ('"' + "x" * 600 + '"', None), ('"a\tb"', None)],
)  # fmt: skip
def test_only_what_can_be_sent_back_is_kept(value: str, kept: str | None) -> None:
    assert headers.validator({"ETag": value}, "ETag") == kept


@given(
    st.text(max_size=80),
    st.sampled_from(["Retry-After", "Expires", "Date", "Cache-Control", "Age", "Content-Type"]),
)
def test_nonsense_in_a_header_is_no_failure(value: str, name: str) -> None:
    told = {"Retry-After": THEN, "Expires": THEN, name: value}
    for seconds in (headers.retry_after(told, NOW), headers.fresh_for(told, NOW)):
        assert seconds is None or seconds >= 0
    headers.content_type(told)
    headers.charset(told)
