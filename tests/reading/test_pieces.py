"""What was sent in several messages is one report with its title."""

from __future__ import annotations

from bot.reading.pieces import collect

LINE = "The harbour office counted the boats of the season in March, and then once more. "
FULL = LINE * 51


def test_a_piece_that_was_cut_goes_on_and_the_command_before_it_is_no_part_of_it() -> None:
    first = ("/addreport " + FULL)[:4096]
    found = collect([first, FULL[4096 - 11 :]], 11, None)
    assert found.text == FULL.strip()
    assert found.language == "en"


def test_a_path_line_names_the_title_and_a_shelf() -> None:
    page = f"Site - News headlines - On boats\n\nOn boats\n\n{LINE * 3}"
    found = collect([page], 0, None)
    assert (found.title, found.section_hint) == ("On boats", "News headlines")
    assert found.text == (LINE * 3).strip()


def test_a_text_without_a_title_is_called_by_its_first_words() -> None:
    assert collect([LINE * 3], 0, None).title == "The harbour office counted the boats of…"
    assert collect(["All is well."], 0, None).title == "All is well."


def test_a_text_of_signs_alone_is_none() -> None:
    for pieces in ([""], ["***"], ["—", " \n "], ["🙂"]):
        assert collect(pieces, 0, None).text == ""
