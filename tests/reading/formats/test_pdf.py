"""PDF: pages, columns, running lines, hyphens, headings, and pages that can't be read."""

from __future__ import annotations

import textwrap

import pytest

from bot.config import MAX_PDF_PAGES
from bot.errors import UserError
from bot.reading.formats import document
from bot.reading.read import read_document
from tests.reading.formats.samples import Printed, column, pdf

PROSE = (
    "The old gate kept the water out of the town for a hundred years, and nobody who lives there "
    "remembers who paid for it. The new gate will keep the water in the town, and people of "
    "three villages will paint the gate green. "
)
OTHER = PROSE.replace("gate", "bridge").replace("water", "traffic")

COLOURS = [f"{name} paint" for name in ("Red", "Blue", "Green", "Black", "White", "Brown") * 3]


def wrapped(text: str, left: float, top: float = 700, columns: int = 42) -> list[Printed]:
    return column(textwrap.wrap(text, columns), left, top)


def furniture(number: int) -> list[Printed]:
    return [("Harbour report 2024", 50, 770, 9), (f"Page {number}", 300, 20, 9)]


def test_wrapped_lines_are_paragraphs_and_sentences_know_their_page() -> None:
    found = document(pdf(wrapped(PROSE, 50), wrapped(OTHER, 50)))
    assert found.text == f"{PROSE.strip()}\n\n{OTHER.strip()}"
    assert found.pages == (0, len(PROSE) + 1)
    pages = {sentence.page for sentence in read_document(found).best(4)}
    assert pages == {1, 2}


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    texts = [PROSE, OTHER, PROSE.upper()]
    pages = [furniture(n) + wrapped(text, 50) for n, text in enumerate(texts, 1)]
    text = document(pdf(*pages)).text
    assert "report" not in text
    assert "Page" not in text
    assert text.startswith("The old gate")


def test_the_edges_of_two_pages_stay_unless_they_are_the_same() -> None:
    first, second = PROSE[:40], OTHER[:40]
    text = document(pdf([(first, 50, 780, 10)], [(second, 50, 780, 10)])).text
    assert text == f"{first.strip()}\n\n{second.strip()}"


def test_columns_are_read_one_after_the_other_however_the_file_goes() -> None:
    left, right = wrapped(PROSE * 2, 50), wrapped(OTHER * 2, 320)
    by_lines = [line for pair in zip(left, right, strict=False) for line in pair]
    for lines in (left + right, by_lines):
        text = document(pdf(lines)).text
        assert text.index("paint the gate green") < text.index("The old bridge")


def test_words_are_whole_again_and_true_hyphens_stay() -> None:
    lines = ["It is an enor-", "mous gate, a well-", "known one, and well-known it is."]
    text = document(pdf(column(lines, 50, 700))).text
    assert text == "It is an enormous gate, a well-known one, and well-known it is."


def test_larger_type_is_a_heading_and_the_largest_the_title() -> None:
    lines = [("Harbour gates", 50, 740, 24), ("Past", 50, 715, 14), *wrapped(PROSE, 50)]
    found = document(pdf([*lines, ("Future", 50, 600, 14), *wrapped(OTHER, 50, 580)]))
    assert found.title == "Harbour gates"
    sections = [(s.level, s.title) for s in read_document(found).sections]
    assert sections == [(1, "Past"), (1, "Future")]


def test_a_paragraph_goes_on_over_the_end_of_its_page() -> None:
    first, second = PROSE[:60].rsplit(" ", 1)[0], PROSE[len(PROSE[:60].rsplit(" ", 1)[0]) :].strip()
    found = document(pdf(wrapped(first, 50), wrapped(second, 50)))
    assert found.text == PROSE.strip()


def test_cells_side_by_side_are_parted_and_read_column_by_column() -> None:
    rows: list[Printed] = [
        (word, 50 + 200 * (n % 2), 700 - 12 * (n // 2), 10) for n, word in enumerate(COLOURS)
    ]
    words = document(pdf(rows)).text.split()
    assert words == " ".join(COLOURS[::2] + COLOURS[1::2]).split()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([]), "only pictures of pages"),
        (b"%PDF-1.4 and then nothing", "damaged"),
        (pdf(wrapped(PROSE, 50))[:300], "damaged"),
        (pdf(*[[]] * (MAX_PDF_PAGES + 1)), "it may have 5,000"),
    ],
)
def test_what_can_t_be_read_is_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        document(data)
