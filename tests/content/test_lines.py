"""Jokes and headlines, line by line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.content import read_folder
from bot.models.headlines import HeadlineEntry, TopicWords
from bot.models.jokes import JokeEntry
from tests.content.samples import headline, joke, put, told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_joke_is_read_with_its_punchline_or_without(tmp_path: Path) -> None:
    put(tmp_path, "jokes/en.jsonl", joke("a", punchline="P!"), joke("b"))
    content = read_folder(tmp_path)
    assert content.jokes == (
        JokeEntry("a", "en", "office", "Joke a.", "P!"),
        JokeEntry("b", "en", "office", "Joke b."),
    )
    assert not content.problems


def test_a_headline_of_a_content_folder_is_a_sample(tmp_path: Path) -> None:
    put(tmp_path, "headlines/zh.jsonl", headline(title="标题", published="2024-05-01T20:30+02:00"))
    (found,) = read_folder(tmp_path).headlines
    assert found == HeadlineEntry(
        key="h1",
        language="zh",
        topic="science",
        title="标题",
        source="Example Times",
        url="https://example.org/1",
        published=datetime(2024, 5, 1, 18, 30, tzinfo=UTC),
        text="Something was found. It is small.",
        sample=True,
    )


def test_words_of_topics_are_read_by_language(tmp_path: Path) -> None:
    put(tmp_path, "topics/zh.jsonl", {"topic": "sport", "words": [" 足球 ", "世界杯"]})
    content = read_folder(tmp_path)
    assert content.topics == (TopicWords("zh", "sport", ("足球", "世界杯")),)
    assert not content.problems


def test_what_is_wrong_with_words_of_topics_is_told_with_its_line(tmp_path: Path) -> None:
    put(
        tmp_path, "topics/en.jsonl", {"topic": "sport", "words": ["goal"]},
        {"topic": "cars", "words": ["goal"]}, {"topic": "world", "words": "goal"},
        {"topic": "world", "words": []}, {"topic": "world", "words": ["a", 5]},
        {"topic": "sport", "words": ["ball"]},
    )  # fmt: skip
    problems = told(read_folder(tmp_path))
    assert [line.split(" ")[0] for line in problems] == [
        f"topics/en.jsonl:{number}:" for number in (2, 3, 4, 5, 6)
    ]
    assert "“words” should be a list of some" in problems[1]
    assert "is taken by topics/en.jsonl:1" in problems[4]


@pytest.mark.parametrize(
    "text",
    [
        "领导说：“报告太长。”",
        "😂" * 2048,
        "مرحبا \u200f(نعم)",
        "e\u0301 👩‍👩‍👧‍👦",
        "two\nlines",
        "a\u2028b",
    ],
)
def test_every_script_is_taken_as_it_stands(tmp_path: Path, text: str) -> None:
    put(tmp_path, "jokes/en.jsonl", joke(text=text))
    content = read_folder(tmp_path)
    assert told(content) == []
    assert [each.text for each in content.jokes] == [text]


def test_a_mark_at_the_beginning_windows_line_ends_and_blank_lines_do_no_harm(
    tmp_path: Path,
) -> None:
    lines = [json.dumps(joke("a")), "", "   ", json.dumps(joke("b", text="one\r\ntwo "))]
    put(tmp_path, "jokes/en.jsonl", b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    content = read_folder(tmp_path)
    assert told(content) == []
    assert [each.text for each in content.jokes] == ["Joke a.", "one\ntwo"]


def without(values: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in values.items() if key != name}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (without(joke(), "id"), "“id” is missing"),
        (without(joke(), "text"), "“text” is missing"),
        (without(joke(), "category"), "“category” is missing"),
        (joke(punch="x"), "“punch” is unknown"),
        (joke(language="en"), "“language” is unknown"),
        (joke(text=5), "“text” should be text in quotes, not a number"),
        (joke(text=None), "not null"),
        (joke(text=["x"]), "not a list"),
        (joke(text=True), "not true or false"),
        (joke(punchline={"a": 1}), "“punchline” should be text in quotes, not {…}"),
        (joke(text=""), "“text” is empty"),
        (joke(text=" \n\t "), "“text” is empty"),
        (joke(text="\u200b\u200b"), "“text” is empty"),
        (joke(punchline=""), "“punchline” is empty"),
        (joke(text="x" * 4097), "“text” has 4,097 characters; please cut it to 4,096"),
        (joke(text="😂" * 2049), "“text” has 4,098 characters"),
        (joke(text="x" * 2100, punchline="y" * 2100), "“text” and “punchline” has 4,202"),
        (joke(text="a\u0007b"), "U+0007"),
        (joke(text="a\x00b"), "U+0000"),
        (joke("has blanks"), "“id” should have no blanks"),
        (joke("x" * 101), "at most 100 characters"),
        (joke(category="Office"), "category “Office” should be one word of lower-case letters"),
        (joke(category="two words"), "should be one word"),
        (joke(category="办公"), "should be one word"),
        ({**joke(), "\x1b[2J": 1}, "“\\u001b[2J” is unknown"),
        ('{"id": "a", "category": "office", "text": "half \\ud83d"}', "U+D83D"),
        ('{"id": "a", "id": "b", "category": "office", "text": "x"}', "“id” stands twice"),
        ('{"id": "a", "category": "office" "text": "x"}', "Expecting ',' delimiter at column 34"),
        ('{"id": "a",', "no valid JSON"),
        ("Not JSON.", "no valid JSON: Expecting value at column 1"),
        ('["a"]', "one whole {…}"),
        ('"a"', "one whole {…}"),
        ("[" * 100_000, "out of bounds"),
        ('{"id": ' + "9" * 5000 + "}", "out of bounds"),
        (b'{"id": "\xe9"}\n', "not UTF-8"),
        ("x" * 800_001, "too long"),
    ],
)
def test_a_broken_joke_is_told_with_file_and_line_and_the_others_are_read(
    tmp_path: Path, line: object, words: str
) -> None:
    put(tmp_path, "jokes/en.jsonl", joke("first"), line, joke("last"))
    content = read_folder(tmp_path)
    (problem,) = told(content)
    assert problem.startswith("jokes/en.jsonl:2: ")
    assert words in problem
    assert problem.isprintable()
    assert [each.key for each in content.jokes] == ["first", "last"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"topic": "gardening"}, "topic “gardening” is unknown; please choose one of world,"),
        ({"url": "ftp://example.org/x"}, "should be a whole one, like https://"),
        ({"url": "example.org"}, "should be a whole one"),
        ({"url": "https://"}, "should be a whole one"),
        ({"url": "https://a b"}, "should be a whole one"),
        ({"url": "https://[::1"}, "should be a whole one"),
        ({"url": "https://example.org:99999/"}, "should be a whole one"),
        ({"url": 'https://example.org/"><b>'}, "should be a whole one"),
        ({"url": "javascript:alert(1)"}, "should be a whole one"),
        ({"url": "https://example.org/" + "x" * 2048}, "should be a whole one"),
        ({"published": "yesterday"}, "time “yesterday” can't be read"),
        ({"published": "2024-05-01T18:30:00"}, "like 2024-05-01T18:30:00Z"),
        ({"published": "2024-13-01T18:30:00Z"}, "can't be read"),
        ({"published": "0001-01-01T00:00:00+14:00"}, "can't be read"),
        ({"published": 1714588200}, "not a number"),
        ({"title": " "}, "“title” is empty"),
        ({"author": "me"}, "“author” is unknown"),
    ],
)
def test_a_broken_headline_says_what_to_do(
    tmp_path: Path, values: dict[str, object], words: str
) -> None:
    put(tmp_path, "headlines/en.jsonl", {**headline(), **values})
    (problem,) = told(read_folder(tmp_path))
    assert problem.startswith("headlines/en.jsonl:1: ")
    assert words in problem


def test_an_id_may_stand_once_in_all_files_of_a_shelf(tmp_path: Path) -> None:
    put(tmp_path, "jokes/en.jsonl", joke("a"), joke("b"), joke("a"))
    put(tmp_path, "jokes/zh.jsonl", joke("b"))
    put(tmp_path, "headlines/en.jsonl", headline("a"))
    content = read_folder(tmp_path)
    assert told(content) == [
        "jokes/en.jsonl:3: The id “a” is taken by jokes/en.jsonl:1; please give this one another.",
        "jokes/zh.jsonl:1: The id “b” is taken by jokes/en.jsonl:2; please give this one another.",
    ]
    assert len(content.jokes) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_in_another_encoding_is_one_problem(tmp_path: Path, encoding: str) -> None:
    text = "\n".join(json.dumps(joke(f"j{number}")) for number in range(9))
    put(tmp_path, "jokes/en.jsonl", text.encode(encoding))
    (problem,) = told(read_folder(tmp_path))
    assert problem == "jokes/en.jsonl:1: The file is not UTF-8 text; please save it as UTF-8."


def test_of_very_many_broken_lines_the_rest_is_counted_and_sound_ones_are_kept(
    tmp_path: Path,
) -> None:
    put(tmp_path, "jokes/en.jsonl", *["nonsense"] * 1500, joke())
    content = read_folder(tmp_path)
    assert len(content.problems) == 1001
    assert told(content)[-1] == "jokes/en.jsonl:1: 500 more lines of this file are broken."
    assert len(content.jokes) == 1
