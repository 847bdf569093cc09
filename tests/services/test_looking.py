"""What is about to be imported is looked at: what it is, and on which shelf it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UsageError, UserError
from bot.services import shelves
from tests.content.samples import headline, joke, put, report

if TYPE_CHECKING:
    from pathlib import Path

    from bot.content import Shelf

PAGE = (
    "Laughing Site - {section} - {title}\n\n{title}\n\nAnother line on top\n\n(omitted)\n\n{body}"
)
LONG = "1. First things\n\n(1) Roads\n\nThe town mended 40 roads in 2023, ***, and XX more.\n\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with something on two shelves."""
    place = tmp_path / "content"
    put(place, "jokes/en.jsonl", joke("a"), joke("b"), joke("c"))
    put(place, "reports/r.md", report())
    return place


def page(
    tmp_path: Path, body: str, *, section: str = "News headlines", title: str = "On roads"
) -> Path:
    text = PAGE.format(section=section, title=title, body=body)
    return put(tmp_path, "page.txt", text)


def test_a_long_page_is_a_report_whatever_its_section_says(tmp_path: Path) -> None:
    found = shelves.look(page(tmp_path, LONG * 30))
    (entry,) = found.content.reports
    assert entry.title == "On roads"
    assert "On roads" not in entry.text
    assert entry.text.startswith("Another line on top\n\n(omitted)\n\n1. First things")
    assert "***, and XX more." in entry.text
    assert (entry.language, entry.published) == ("en", None)
    note = str(found.note)
    assert "goes to the reports shelf: it has" in note
    assert "(its page says “News headlines”)" in note
    assert "\n" not in note


def test_numbered_sections_make_a_report_of_a_short_page(tmp_path: Path) -> None:
    found = shelves.look(page(tmp_path, LONG, section="Jokes"))
    assert len(found.content.reports) == 1
    assert "under 2 numbered headings (its page says “Jokes”)" in str(found.note)


def test_five_hundred_words_make_a_report_of_a_page_without_numbers(tmp_path: Path) -> None:
    body = "The town mended the road. " * 100
    assert len(shelves.look(page(tmp_path, body)).content.reports) == 1
    chinese = put(tmp_path, "zh.txt", "修路的报告\n\n" + "镇上修好了这条路。" * 80)
    (entry,) = shelves.look(chinese).content.reports
    assert (entry.language, entry.title) == ("zh", "修路的报告")


@pytest.mark.parametrize(
    ("section", "shelf"), [("Jokes", "jokes"), ("Work reports", "reports"), ("幽默笑话", "jokes")]
)
def test_the_section_of_a_short_page_is_a_hint(tmp_path: Path, section: str, shelf: Shelf) -> None:
    found = shelves.look(page(tmp_path, "He came. He laughed.", section=section))
    assert len(getattr(found.content, shelf)) == 1
    place = f"{tmp_path}/page.txt goes to the {shelf} shelf"
    assert str(found.note) == f"{place}: its page says “{section}”."


@pytest.mark.parametrize("section", ["News headlines", "Gardening"])
def test_where_a_short_page_belongs_is_asked_when_nothing_tells(
    tmp_path: Path, section: str
) -> None:
    with pytest.raises(UsageError, match="please add --shelf jokes or --shelf reports"):
        shelves.look(page(tmp_path, "He came. He laughed.", section=section))


def test_the_shelf_that_a_person_names_decides(tmp_path: Path) -> None:
    path = page(tmp_path, "He came. He laughed.", section="Jokes")
    assert len(shelves.look(path, "reports").content.reports) == 1
    (entry,) = shelves.look(page(tmp_path, LONG, section="Reports"), "jokes").content.jokes
    assert entry.category == "other"
    assert entry.text.startswith("Another line on top")
    with pytest.raises(UsageError, match="can't become a headline"):
        shelves.look(path, "headlines")


def test_a_joke_without_a_page_around_it_keeps_its_first_line(tmp_path: Path) -> None:
    path = put(tmp_path, "joke.txt", "Knock, knock\n\nWho is there?")
    (entry,) = shelves.look(path, "jokes").content.jokes
    assert entry.text == "Knock, knock\n\nWho is there?"


def test_a_text_without_a_title_has_that_of_its_file(tmp_path: Path) -> None:
    path = put(tmp_path, "Town roads.txt", "The town mended the road. " * 100)
    (entry,) = shelves.look(path).content.reports
    assert entry.title == "Town roads"


def test_the_same_page_has_the_same_key_whatever_its_line_ends(tmp_path: Path) -> None:
    text = PAGE.format(section="Reports", title="On roads", body=LONG * 3)
    one = put(tmp_path, "one.txt", text)
    two = put(tmp_path, "two.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    other = put(tmp_path, "other.txt", text.replace("40 roads", "41 roads"))
    keys = [shelves.look(path).content.reports[0].key for path in (one, two, other)]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gb18030", "镇上修好了这条路，大家都很高兴。第二年又修了一座桥。"),
        ("big5", "鎮上修好了這條路，大家都很高興。第二年又修了一座橋。"),
        ("utf-16-le", "The town mended the road, and everybody was glad. "),
        ("utf-16", "The town mended the road — everybody was glad. "),
        ("cp1252", "The town’s road was mended — everybody was “glad” of it. "),
        ("utf-8", "😀 The town mended the road. "),
    ],
)
def test_a_page_may_be_in_any_encoding(tmp_path: Path, encoding: str, body: str) -> None:
    text = "On roads\n\n" + body * 60
    path = put(tmp_path, "page.txt", text.encode(encoding))
    (entry,) = shelves.look(path, "reports").content.reports
    assert entry.text == (body * 60).strip()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\t\n", "is empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0" * 50, "is no text but a binary file"),
        (b'<?xml version="1.0"?><svg/>', "is XML, which no shelf takes"),
        (b"x " * 2_000_001, "is too long: a text may have 4,000,000 characters"),
        (b"On roads\n\n" + b"Blorp zindle fraxo mubbet. " * 9, "language can't be told"),
        (b"On roads\n\n***", "has no text below its title"),
    ],
)
def test_what_is_no_page_is_told_in_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = put(tmp_path, "page.txt", data)
    with pytest.raises(UserError, match=words):
        shelves.look(path, "reports")


def test_a_file_named_after_a_language_gives_it_and_a_line_may_give_its_own(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, "fr.jsonl", joke("a"), joke("b", language="de"))
    assert [each.language for each in shelves.look(path).content.jokes] == ["fr", "de"]
    path = put(tmp_path, "new.jsonl", joke("a"), joke("b", text="笑话。"), joke("c", text="😂😂"))
    content = shelves.look(path).content
    assert [each.language for each in content.jokes] == ["en", "zh"]
    assert str(content.problems[0]).startswith(f"{path}:3: Its language can't be told")


def test_jokes_and_headlines_are_told_apart_by_their_keys(tmp_path: Path) -> None:
    path = put(tmp_path, "new.jsonl", joke("a"), headline("b"))
    content = shelves.look(path).content
    assert len(content.jokes) == 1
    assert [each.sample for each in content.headlines] == [False]
    (problem,) = shelves.look(path, "jokes").content.problems
    assert problem.line == 2


def test_one_shelf_of_a_folder_can_be_had_alone(folder: Path) -> None:
    put(folder, "headlines/zh.jsonl", "broken")
    content = shelves.look(folder, "jokes").content
    assert (len(content.jokes), content.headlines, content.reports) == (3, (), ())
    assert content.problems == ()


def test_a_shelf_that_does_not_fit_the_file_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match="holds a report: --shelf jokes does not fit"):
        shelves.look(folder / "reports/r.md", "jokes")
    with pytest.raises(UsageError, match="holds jokes or headlines"):
        shelves.look(folder / "jokes/en.jsonl", "reports")
