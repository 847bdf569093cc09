"""A text that Telegram cut is one as long as its pieces come, and is read only when it is whole."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import Chat, Message, User

from bot.tg.pieces import Pieces
from bot.words.count import MESSAGE_UNITS
from tests.tg.virtual import passed, virtually

ANN = (7, 7)
FULL = "x" * MESSAGE_UNITS


def said(number: int, text: str) -> Message:
    at = datetime(2024, 5, 1, 12, 0, number, tzinfo=UTC)
    ann = User(7, "Ann", is_bot=False)
    return Message(number, at, Chat(7, "private"), text=text, from_user=ann)


def test_pieces_that_come_slowly_are_one_text() -> None:
    async def main() -> list[str]:
        pieces = Pieces()
        first = said(1, FULL)
        pieces.take(ANN, first)
        text = pieces.begun(ANN, first)
        for number, more in ((2, FULL), (4, "the end")):
            await passed(2.5)
            assert pieces.take(ANN, said(number, more)) is text
        return await text.pieces()

    assert virtually(main()) == [FULL, FULL, "the end"]


def test_what_was_written_later_is_a_text_of_its_own_though_both_waited_at_telegram() -> None:
    async def main() -> bool:
        pieces = Pieces()
        pieces.take(ANN, said(1, FULL))
        return pieces.take(ANN, said(5, "and by the way")) is None

    assert virtually(main())


def test_a_full_piece_that_nothing_follows_is_a_text_of_its_own() -> None:
    async def main() -> list[str]:
        pieces, first = Pieces(), said(1, FULL)
        pieces.take(ANN, first)
        return await pieces.begun(ANN, first).pieces()

    assert virtually(main()) == [FULL]


def test_what_may_go_on_is_not_read_in_part_by_a_bot_that_stops() -> None:
    async def main() -> bool:
        pieces, first = Pieces(), said(1, FULL)
        pieces.take(ANN, first)
        pieces.stop()
        await passed(60)
        return pieces.begun(ANN, first).is_whole.is_set()

    assert not virtually(main())
