"""Documents of each format become clean text with pages, headings and a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.reading.formats import archive, document
from bot.reading.read import read_document
from tests.reading.formats.samples import word, zipped

if TYPE_CHECKING:
    from bot.models.documents import Document

FIRST = "The old gate kept the water out of the town for a hundred years."
SECOND = "Nobody who lives there remembers who paid for the construction."


def headings(found: Document) -> list[tuple[int, str]]:
    return [(level, found.text[start:].split("\n")[0]) for start, level in found.headings.items()]


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as told:
        read_document(document(data))
    return str(told.value)


def test_plain_text_stays_as_it_is_in_any_encoding() -> None:
    text = f"\ufeff{FIRST}\r\n\r\n***\r{SECOND}\n"
    assert document(text.encode()).text == text
    assert document(text.encode("utf-16-le")).text == text
    chinese = "新水厂日供水能力三千立方米。管网总长一百九十八公里。"
    assert document(chinese.encode("gb18030")).text == chinese
    assert document("Die Brücke über den Fluß wurde größer.".encode("latin-1")).text.endswith(
        "größer."
    )


def test_what_is_no_document_gets_one_sentence() -> None:
    assert "the file is empty" in refusal(b"")
    assert "binary" in refusal(bytes(range(256)) * 40)
    assert "holds no document" in refusal(zipped({"a.txt": "text"}))
    assert "damaged" in refusal(b"PK\x03\x04 and then nothing")


def test_a_word_document_has_its_title_headings_and_lists() -> None:
    listed = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Paint it</w:t></w:r></w:p>"
    found = document(
        word("T|Harbour gates", "C|1 Past ... 3", "H1|Past", FIRST, "Own|Future", SECOND, listed)
    )
    assert found.title == "Harbour gates"
    assert found.text == f"Harbour gates\n\nPast\n\n{FIRST}\n\nFuture\n\n{SECOND}\n\n- Paint it"
    assert headings(found) == [(1, "Past"), (1, "Future")]
    reading = read_document(found)
    assert [section.title for section in reading.sections] == ["Past", "Future"]
    assert {sentence.section for sentence in reading.best(2)} == {"Past", "Future"}


def test_tables_of_a_word_document_are_rows_and_long_cells_paragraphs() -> None:
    def row(*cells: str) -> str:
        inner = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
        return f"<w:tr>{inner}</w:tr>"

    table = f"<w:tbl>{row('Gate', 'Year')}{row('North', f'{FIRST} {SECOND}')}</w:tbl>"
    found = document(word(table))
    assert found.text == f"| Gate | Year |\n\nNorth\n\n{FIRST} {SECOND}"


def test_deleted_and_doubled_text_of_a_word_document_is_left_out() -> None:
    deleted = "<w:del><w:r><w:delText>Gone. </w:delText></w:r></w:del>"
    gone = f"<w:p>{deleted}<w:r><w:t>Here.</w:t></w:r></w:p>"
    twice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )
    assert document(word(gone, twice)).text == "Here.\n\nBox."


def test_a_main_part_of_another_name_is_found() -> None:
    assert document(word(FIRST, part="word/document2.xml")).text == FIRST


def test_entities_are_never_opened() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM '
        '"file:///etc/passwd">]><w:document xmlns:w="w"><w:p><w:r>'
        "<w:t>Safe.&b;&f;</w:t></w:r></w:p></w:document>"
    )
    assert document(zipped({"word/document.xml": bomb})).text == "Safe."


def test_archives_are_summed_before_and_while_they_are_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = word(FIRST * 1_000)
    monkeypatch.setattr(archive, "MAX_PART_BYTES", 10_000)
    assert "unpacks to more than may be read" in refusal(data)
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 10_000)
    assert "unpacks to more than may be read" in refusal(data)
    monkeypatch.setattr(archive, "MAX_ARCHIVE_FILES", 1)
    assert "unpacks to more than may be read" in refusal(word(FIRST))


def test_a_web_page_is_its_article_without_what_stands_around() -> None:
    page = f"""<!DOCTYPE html><html lang="en"><head><title>Gates | The Site</title></head><body>
    <nav><a href="/">Home</a> <a href="/news">News</a></nav>
    <article><h1>Gates</h1><p>{FIRST} {SECOND}</p><h2>Future</h2><p>{SECOND} {FIRST}</p>
    <ul><li>Paint it</li></ul></article>
    <script>var x = "{FIRST}";</script><footer>Cookie settings</footer></body></html>"""
    found = document(page.encode())
    assert (found.title, found.language) == ("Gates", "en")
    assert found.text.count(FIRST) == 2
    assert (2, "Future") in headings(found)
    assert not any(word in found.text for word in ("var x", "Cookie", "News"))


def test_a_text_about_markup_is_no_web_page() -> None:
    text = f"{FIRST} It uses <html> and <p>.</p>"
    assert document(text.encode()).text == text
