"""Jokes and feeds as others write them, and our own tables, come in as what they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.content import feeds, tables
from bot.content.packs import read_pack
from bot.content.single import kind_of, read_single
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from tests.content.samples import put, told

if TYPE_CHECKING:
    from pathlib import Path

    from bot.content import Content

SETUP, END = "Why did the goose join the band?", "It had its own horn section."


def read(data: str | bytes, name: str = "jokes.json") -> Content:
    raw = data.encode() if isinstance(data, str) else data
    kind = kind_of(BytesIO(raw), name)
    assert kind not in {"pack", "document", "page"}
    return read_single(BytesIO(raw), name, kind)  # type: ignore[arg-type]


def words(content: Content) -> list[tuple[str, str | None]]:
    assert told(content) == []
    return [(each.text, each.punchline) for each in content.jokes]


@pytest.mark.parametrize(
    "data",
    [
        [{"setup": SETUP, "punchline": END, "type": "general", "id": 1}],
        [{"Question": SETUP, "Answer": END}],
        [{"q": SETUP, "a": END}],
        [{"title": SETUP, "body": END, "score": 5, "id": "x1"}],
        [{"text": SETUP, "punchline": END}],
        {"info": "x", "jokes": [{"setup": SETUP, "delivery": END, "type": "twopart"}]},
        {"error": False, "type": "twopart", "setup": SETUP, "delivery": END, "safe": True},
    ],
)
def test_each_common_shape_of_a_joke_in_two_parts_is_known(data: object) -> None:
    assert words(read(json.dumps(data, indent=2))) == [(SETUP, END)]


@pytest.mark.parametrize(
    "data",
    [
        [{"joke": SETUP}], [{"body": SETUP, "category": "Animal", "id": 1, "rating": 2.5}],
        [{"title": "", "body": SETUP}], [{"content": SETUP}], [SETUP], {"data": [{"text": SETUP}]},
    ],
)  # fmt: skip
def test_each_common_shape_of_a_joke_in_one_part_is_known(data: object) -> None:
    assert words(read(json.dumps(data))) == [(SETUP, None)]


def test_lines_may_have_other_shapes_too() -> None:
    lines = [{"joke": SETUP, "category": "Yo Momma"}, {"setup": "A goose.", "punchline": END}]
    content = read("\n".join(json.dumps(each) for each in lines), "new.jsonl")
    assert [each.category for each in content.jokes] == ["yomomma", "other"]
    assert [each.language for each in content.jokes] == ["en", "en"]


def test_a_joke_that_stands_there_twice_comes_once_and_unfit_ones_do_not() -> None:
    flags = {"nsfw": True}
    many = [{"joke": SETUP}, {"joke": SETUP.upper()}, {"joke": "x", "flags": flags}]
    content = read(json.dumps(many))
    assert (len(content.jokes), content.doubles, content.unfit) == (1, 1, 1)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_is_read_with_any_separator_and_encoding(separator: str, encoding: str) -> None:
    rows = (
        ["ID", "Joke"],
        ["1", "鹅为什么加入乐队？因为它自带喇叭，大家都笑了。"],
        ["2", "鹅又来了，站长很高兴。"],
    )
    text = "\n".join(separator.join(row) for row in rows) + "\n"
    content = read(text.encode(encoding), "short.csv")
    assert [each.language for each in content.jokes] == ["zh", "zh"]
    assert content.jokes[0].text.startswith("鹅为什么")


def test_a_broken_row_is_told_with_its_line() -> None:
    rows = [f"{number},A goose number {number}." for number in range(4_709)]
    text = "\n".join(["id,joke", *rows, "4710,a,b", "4711,", ""])
    content = read(text, "jokes.csv")
    assert told(content)[0].startswith("jokes.csv:4711: The row has 3 cells")
    assert told(content)[1].startswith("jokes.csv:4712: “joke”") or len(told(content)) == 2


def test_json_that_is_nested_too_deep_is_told_with_its_line() -> None:
    assert told(read("[" * 4_000)) == [
        "jokes.json:1: This JSON is out of bounds: a huge number, or too deep."
    ]


def test_our_own_tables_come_back_without_a_formula_and_without_a_loss(tmp_path: Path) -> None:
    at = datetime(2024, 5, 1, 18, 30, tzinfo=UTC)
    jokes = [
        JokeEntry("a", "en", "office", '=HYPERLINK("http://evil")', "+1"),
        JokeEntry("b", "de", "office", "'=quoted", "@all\nand more, \"quoted\""),
        JokeEntry("c", "zh", "office", "'tis plain", None),
    ]  # fmt: skip
    headlines = [
        HeadlineEntry("h", "en", "science", "-5 degrees", "Times", "https://example.org", at,
                      "It is cold.", sample=True),
    ]  # fmt: skip
    tables.append(tmp_path / "jokes.csv", jokes)
    tables.append(tmp_path / "headlines.csv", headlines)
    text = (tmp_path / "jokes.csv").read_text(encoding="utf-8-sig")
    assert "\n=" not in text
    assert ",=" not in text
    assert read((tmp_path / "jokes.csv").read_bytes(), "jokes.csv").jokes == tuple(jokes)
    back = read((tmp_path / "headlines.csv").read_bytes(), "headlines.csv")
    assert back.headlines == tuple(headlines)


def test_another_reader_s_feeds_get_a_topic_and_a_language() -> None:
    text = (
        '<?xml version="1.0"?><opml version="1.0"><body><outline text="My list">'
        '<outline title="Science"><outline text="Nature" xmlUrl="feed://nature.org/rss"/></outline>'
        '<outline text="新闻联播每日更新" xmlUrl="https://example.cn/rss"/>'
        '<outline text="Nature again" xmlUrl="https://nature.org/rss"/>'
        "</outline></body></opml>"
    )
    content = read(text, "subscriptions.xml")
    found = [(each.url, each.language, each.topic) for each in content.feeds]
    assert found == [
        ("https://nature.org/rss", "en", "science"), ("https://example.cn/rss", "zh", "world"),
    ]  # fmt: skip
    assert told(content) == []


def test_a_list_of_too_many_feeds_is_refused_before_any_language_is_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "detect", pytest.fail)
    one = '<outline text="Title of a paper" xmlUrl="https://paper{}.example/feed"/>'
    listed = "".join(one.format(number % 1_001) for number in range(1_500))
    (said,) = told(read(f"<opml><body>{listed}</body></opml>", "theirs.opml"))
    assert "It lists 1,001 feeds" in said


def test_toml_may_end_with_any_number_of_empty_lines() -> None:
    assert told(read("\n[[jokes]]\ntext = 5\n" + "\n" * 2_000_000, "j.toml")) == [
        "j.toml:2: “text” should be text in quotes, not a number."
    ]


def test_toml_has_its_lines_too(tmp_path: Path) -> None:
    path = put(tmp_path, "j.toml", '[[jokes]]\ntext = "A goose honks."\n\n[[jokes]]\ntext = 5\n')
    content = read(path.read_bytes(), "j.toml")
    assert len(content.jokes) == 1
    assert told(content) == ["j.toml:4: “text” should be text in quotes, not a number."]


@pytest.mark.parametrize("value", ["9" * 6_000, "[" * 100_000])
def test_toml_beyond_measure_is_told_in_one_sentence(value: str) -> None:
    assert told(read(f"a = {value}\n", "j.toml")) == [
        "j.toml:1: This TOML is out of bounds: a huge number, or too deep."
    ]


def test_a_file_of_an_archive_may_be_named_by_a_dot_alone() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(".", '{"id": "a", "language": "en", "text": "A goose honks."}')
    assert words(read_pack(packed)[0]) == [("A goose honks.", None)]
