"""Documents of each format become clean text with pages, headings and a title."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot import archives
from bot.errors import UserError
from bot.reading.formats import document, rtf, xml
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


@pytest.mark.parametrize(
    "meta",
    ['<meta charset="koi8-r">', "<META http-equiv=a content='text/html; charset=KOI8-R'>", ""],
)
def test_a_page_is_read_in_the_charset_that_it_or_its_server_tells(meta: str) -> None:
    said = "Старые ворота держали воду."
    page = f"<html><head>{meta}<title>Ворота</title></head><body><p>{said}</p></body></html>"
    found = document(page.encode("koi8-r"), None if meta else "koi8-r")
    assert (found.title, found.text.strip()) == ("Ворота", said)


def test_what_has_its_encoding_inside_is_left_alone() -> None:
    data = word("T|Town", FIRST)
    assert document(data, "koi8-r") == document(data)


def test_what_is_no_document_gets_one_sentence() -> None:
    assert "the file is empty" in refusal(b"")
    assert "binary" in refusal(bytes(range(256)) * 40)
    assert "holds no document" in refusal(zipped({"a.txt": "text"}))
    assert "damaged" in refusal(b"PK\x03\x04 and then nothing")
    assert "spreadsheet" in refusal(zipped({"xl/workbook.xml": "<workbook/>"}))
    ods = "application/vnd.oasis.opendocument.spreadsheet"
    assert "spreadsheet" in refusal(zipped({"mimetype": ods, "content.xml": "<d/>"}))
    assert "old Office file" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


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


@pytest.mark.parametrize("where", ["drop", "margin"])
def test_a_letter_over_several_lines_belongs_to_its_word(where: str) -> None:
    frame = f'<w:pPr><w:framePr w:dropCap="{where}" w:lines="3"/></w:pPr>'
    letter = f"<w:p>{frame}<w:r><w:t>{FIRST[0]}</w:t></w:r></w:p>"
    assert document(word("H1|Past", letter, FIRST[1:], SECOND)).text.endswith(
        f"Past\n\n{FIRST}\n\n{SECOND}"
    )


@pytest.mark.parametrize("level", ["²", "9" * 6_000, "-1", "9"])
def test_levels_that_no_heading_has_are_none(level: str) -> None:
    odd = f'<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr><w:r><w:t>Past</w:t></w:r></w:p>'
    assert document(word(odd, FIRST)).headings == {}


@pytest.mark.parametrize("number", ["²", "9" * 6_000])
def test_numbers_beyond_measure_do_no_harm_in_an_opendocument_text(number: str) -> None:
    body = (
        f'<t:h t:outline-level="{number}">Past</t:h><t:p>a<t:s t:c="{number}"/>b</t:p>'
        f"<t:p>{FIRST}</t:p>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    data = zipped({"mimetype": kind, "content.xml": f"<d xmlns:t='t'>{body}</d>"})
    assert document(data).text.endswith(FIRST)


def test_an_archive_whose_parts_lie_beyond_all_files_is_damaged() -> None:
    data = word(FIRST)
    end = data.rindex(b"PK\x05\x06")
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 46, 2**64 - 1)
    where = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    assert "damaged" in refusal(data[:end] + far + where + last)


def test_a_part_that_lies_beyond_all_files_is_damaged() -> None:
    data = BytesIO(word(FIRST))
    with ZipFile(data, "a") as archive:
        archive.writestr("more", "")
        for part in archive.infolist():
            part.header_offset = 2**64 - 1
    assert "damaged" in refusal(data.getvalue())


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
    monkeypatch.setattr(archives, "MAX_PART_BYTES", 10_000)
    assert "unpacks to more than may be read" in refusal(data)
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 10_000)
    assert "unpacks to more than may be read" in refusal(data)
    monkeypatch.setattr(archives, "MAX_ARCHIVE_FILES", 1)
    assert "unpacks to more than may be read" in refusal(word(FIRST))


def test_a_bomb_of_empty_paragraphs_is_refused_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_EVENTS", 1_000)
    assert "unpacks to more than may be read" in refusal(word("<w:p/>" * 1_000))


def test_half_a_document_is_never_taken_for_the_whole() -> None:
    """The parser gives up on text without end and on endless depth, and tells only its log."""
    long = f"<w:p><w:r><w:t>{'The gate. ' * 1_100_000}</w:t></w:r></w:p>"
    deep = "<w:p>" * 600 + "</w:p>" * 600
    for whole in (long, deep):
        assert "unpacks to more than may be read" in refusal(word(FIRST, whole, SECOND))


def test_headings_without_end_are_refused_soon() -> None:
    assert "may have 200,000 lines" in refusal(b"# Gate\n\n- a\n" + b"# A\n" * 300_000)


def test_rich_text_made_of_nothing_but_signs_is_refused_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rtf, "_MOST_TOKENS", 100)
    assert "unpacks to more than may be read" in refusal(b"{\\rtf1 " + b"{" * 200)


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


@pytest.mark.parametrize("told", ["", '<meta property="og:title" content="Gates of the town">'])
def test_a_page_is_not_called_by_the_name_of_its_site(told: str) -> None:
    page = f"""<html><head><title>Gates of the town | Paper</title>{told}</head><body>
    <h1>Paper</h1><h1>Gates of the town</h1><p>{FIRST} {SECOND}</p></body></html>"""
    assert document(page.encode()).title == "Gates of the town"
    logo_alone = page.replace("<h1>Gates of the town</h1>", "")
    assert document(logo_alone.encode()).title == ("Gates of the town" if told else "Paper")


def test_a_text_about_markup_is_no_web_page() -> None:
    text = f"{FIRST} It uses <html> and <p>.</p>"
    assert document(text.encode()).text == text


def test_markdown_loses_its_marks_and_keeps_its_headings() -> None:
    text = (
        "---\ntitle: Gates of the town\nlanguage: en\n---\n\n# Past\n\n"
        f"{FIRST.replace(' out', chr(10) + 'out')} See **the gate** in "
        '[our *old* book](http://a.b/c "x").\n\n'
        "```\ncode()\n```\n\nFuture\n------\n\n- paint `it`\n- open it\n  wide\n\n"
        "> snake_case and 3 * 4 * 5 and counties*** stay\n\n"
        "| a | **b** |\n|---|---|\n| 1 | 2 |\n"
    )
    found = document(text.encode())
    assert (found.title, found.language) == ("Gates of the town", "en")
    assert found.text == (
        f"Past\n\n{FIRST} See the gate in our old book.\n\nFuture\n\n- paint it\n\n- open it wide"
        "\n\nsnake_case and 3 * 4 * 5 and counties*** stay\n\n| a | b |\n\n| 1 | 2 |"
    )
    assert headings(found) == [(1, "Past"), (2, "Future")]


def test_one_chance_sign_does_not_make_a_text_markdown() -> None:
    text = f"# 5 of the list\n\n{FIRST}\n*** and ** and _"
    assert document(text.encode()).text == text


@pytest.mark.parametrize(
    "begin",
    [
        "--exact" + " | --verbose" * 40 + " | --from-the-first-of-january-on",
        "---\r\n" + "  a line that is set in\r\n" * 60,
        "# " + "# " * 60_000 + "end",
        "# a\n# b\n" + "|" * 60_000 + "end",
        "# a\n# b\n" + "<!--" * 900_000,
    ],
    ids=["bars", "rule", "heading", "table", "comment"],
)
def test_signs_without_end_are_read_as_soon_as_words(begin: str) -> None:
    assert FIRST in document(f"{begin}\n\n{FIRST}\n".encode()).text
    assert read_document(document(f"{begin}\n\n{FIRST}\n".encode())).ranked[0].text == FIRST


def test_a_page_may_begin_with_any_number_of_comments() -> None:
    page = "<!-- a -->\n" * 90 + f"<html><head></head><body><p>{FIRST} {SECOND}</p></body></html>"
    assert document(page.encode()).text == f"{FIRST} {SECOND}"


def test_the_kind_of_a_notice_in_markdown_is_none_of_its_words() -> None:
    text = f"# Past\n\n## Gates\n\n> [!NOTE]\n> {FIRST}\n"
    assert document(text.encode()).text == f"Past\n\nGates\n\n{FIRST}"


@pytest.mark.parametrize("written", ['"Gates"', "'Gates'  ", " Gates", 'Gates"' + " " * 90_000])
def test_the_title_in_front_of_markdown_is_bare_whatever_ends_its_line(written: str) -> None:
    text = f"---\r\ntitle: {written}\r\nlang:\r\n---\r\n# Past\r\n\r\n## Now\r\n\r\n{FIRST}\r\n"
    assert (document(text.encode()).title, document(text.encode()).language) == ("Gates", None)


def test_signs_that_belong_to_a_heading_stay() -> None:
    found = document(b"# C#\n\n## For `all` of it ##\n\nText.\n")
    assert headings(found) == [(1, "C#"), (2, "For all of it")]


def test_an_opendocument_text_has_headings_lists_and_tables() -> None:
    body = (
        '<t:p t:style-name="Title">Gates</t:p><t:h t:outline-level="2">Past</t:h>'
        f"<t:p>{FIRST}<t:note><t:p>A note.</t:p></t:note> Then<t:s t:c='2'/>more<t:span>.</t:span>"
        "</t:p><t:table-of-content><t:p>Past 1</t:p></t:table-of-content>"
        "<t:list><t:list-item><t:p>Paint it</t:p></t:list-item></t:list>"
        "<t:table><t:table-row><t:table-cell><t:p>a</t:p></t:table-cell><t:table-cell><t:p>b</t:p>"
        "</t:table-cell></t:table-row></t:table>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    found = document(zipped({"mimetype": kind, "content.xml": f"<d xmlns:t='t'>{body}</d>"}))
    assert found.title == "Gates"
    assert found.text == (f"Gates\n\nPast\n\n{FIRST} Then more.\n\n- Paint it\n\n| a | b |")
    assert headings(found) == [(2, "Past")]
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"}
    assert "password" in refusal(zipped({"mimetype": kind, **locked}))


def test_a_book_is_read_in_its_order_and_never_outside_of_itself() -> None:
    container = '<c><rootfile full-path="OPS/book.opf"/></c>'
    html_type = 'media-type="application/xhtml+xml"'
    package = (
        '<p xmlns:d="d"><d:title>Gates</d:title><d:language>en</d:language>'
        f'<item id="a" href="a%20b.xhtml" {html_type}/><item id="b" href="b.xhtml" {html_type}/>'
        f'<item id="c" href="../../../etc/passwd" {html_type}/>'
        '<itemref idref="b"/><itemref idref="c"/><itemref idref="a"/><itemref idref="?"/></p>'
    )
    found = document(
        zipped(
            {
                "META-INF/container.xml": container,
                "OPS/book.opf": package,
                "OPS/a b.xhtml": f"<html><title>x</title><body><p>{SECOND}</p></body></html>",
                "OPS/b.xhtml": f"<html><body><h1>Past</h1><p>{FIRST}<br/>End.</p></body></html>",
            }
        )
    )
    assert (found.title, found.language) == ("Gates", "en")
    assert found.text == f"Past\n\n{FIRST}\nEnd.\n\n{SECOND}"
    assert headings(found) == [(1, "Past")]


def test_slides_are_pages_and_their_titles_headings() -> None:
    def slide(title: str, text: str) -> str:
        shape = "<sp><nvPr><ph type='{}'/></nvPr><p><r><t>{}</t></r></p></sp>"
        shapes = (("title", title), ("", text), ("sldNum", "1"))
        return "<s>" + "".join(shape.format(*each) for each in shapes) + "</s>"

    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    order = f'<p xmlns:r="{space}"><sldId r:id="r2"/><sldId r:id="r1"/></p>'
    relation = '<Relationship Id="r{0}" Target="slides/slide{0}.xml"/>'
    relations = f"<r>{relation.format(1)}{relation.format(2)}</r>"
    found = document(
        zipped(
            {
                "ppt/presentation.xml": order,
                "ppt/_rels/presentation.xml.rels": relations,
                "ppt/slides/slide1.xml": slide("Future", SECOND),
                "ppt/slides/slide2.xml": slide("Past", FIRST),
            }
        )
    )
    assert found.title == "Past"
    assert found.text == f"Past\n\n{FIRST}\n\nFuture\n\n{SECOND}"
    assert [found.text[start:].split("\n")[0] for start in found.pages] == ["Past", "Future"]


def test_rich_text_is_read_without_its_tables_of_fonts() -> None:
    rich = (
        rb"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0 Arial;}}{\*\generator Word;}"
        rb"{\header Page 1}\pard\b The gate\b0\par "
        rb"caf\u233?s \'d0\'c2 and \u-10179?\u-8704? \{x\}\par}"
    )
    assert document(rich).text == "The gate\n\ncafés 新 and 😀 {x}"


def test_rich_text_of_newer_words_and_of_a_mac_is_read() -> None:
    rich = (
        rb"{\rtf1\ansi{\mmathPr\mmathFont34\mbrkBin0\mdefJc1}{\xe {\v gate, old}}{\tc Gates}"
        b"The gate is open.\\\nIt was painted.\\\r\nIt is red.}"
    )
    assert document(rich).text == "The gate is open.\n\nIt was painted.\n\nIt is red."


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>T</title></channel></rss>',
        b"\xef\xbb\xbf <?xml version='1.0'?><!-- hello --><feed xmlns='http://www.w3.org/2005/Atom'>",
        b'<rdf:RDF xmlns:rdf="x"><channel/></rdf:RDF>',
        b'{"title": "T", "version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_a_feed_is_said_to_be_one(data: bytes) -> None:
    with pytest.raises(UserError, match="That is a feed"):
        document(data)


@pytest.mark.parametrize(
    "data", [b"<feedback> was long and warm.", b'{"version": "1.0", "text": "No feed at all."}']
)
def test_what_only_begins_like_a_feed_is_read(data: bytes) -> None:
    assert document(data).text
