"""Several documents about one thing: the best of all, nothing twice, each with its source."""

from __future__ import annotations

from bot.models.documents import Document
from bot.reading.many import quote_many

GAZETTE = Document(
    "The flood gate of the harbour closed four times this winter, the board said on Monday. "
    "No cellar in the old town was flooded. The seals of the gate will be replaced in autumn.",
    "Flood gate closes four times",
)
COURIER = Document(
    "The flood gate of the harbour closed four times this winter, the board said. "
    "New seals cost the town 42,000 euros, which the council approved last week.",
    "Winter of the flood gate",
)
CHINESE = Document(
    "港口的防洪闸今年冬天关闭了四次，老城没有一处进水。密封条将在秋天更换，费用由市里承担。"
)


def test_each_sentence_is_cut_from_its_own_document() -> None:
    documents = [GAZETTE, COURIER]
    quotes = quote_many(documents, 5)
    assert {quote.document for quote in quotes} == {0, 1}
    for quote in quotes:
        found = quote.sentence
        assert documents[quote.document].text[found.start : found.end] == found.text


def test_what_two_papers_say_alike_is_quoted_once() -> None:
    told = [quote.sentence.text for quote in quote_many([GAZETTE, COURIER], 3)]
    assert sum("closed four times" in text for text in told) == 1


def test_the_same_agency_text_in_two_papers_counts_once() -> None:
    quotes = quote_many([GAZETTE, GAZETTE], 9)
    assert len(quotes) == 3
    assert {quote.document for quote in quotes} == {0}


def test_documents_that_are_empty_or_in_another_language_are_passed_over() -> None:
    quotes = quote_many([Document(" "), GAZETTE, CHINESE, COURIER], 9)
    assert {quote.document for quote in quotes} == {1, 3}
    assert quote_many([Document(""), Document("42")], 3) == ()
    assert quote_many([], 3) == ()
