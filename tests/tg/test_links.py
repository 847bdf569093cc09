"""Which link a message is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity

from bot.tg import links

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def message(text: str, *entities: MessageEntity, caption: bool = False) -> Message:
    chat = Chat(1, "private")
    if caption:
        return Message(1, NOW, chat, caption=text, caption_entities=entities)
    return Message(1, NOW, chat, text=text, entities=entities)


def url(text: str, part: str) -> MessageEntity:
    """Offsets count UTF-16 units."""
    before = text[: text.index(part)]
    units = len(before.encode("utf-16-le")) // 2
    return MessageEntity(MessageEntity.URL, units, len(part))


@pytest.mark.parametrize("caption", [False, True])
def test_the_first_link_counts_and_a_missing_scheme_is_added(caption: bool) -> None:
    text = "😀 Read news.example/a or http://b.example"
    marks = url(text, "news.example/a"), url(text, "http://b.example")
    assert links.of(message(text, *marks, caption=caption)) == links.Link("https://news.example/a")


def test_a_link_behind_words_counts() -> None:
    mark = MessageEntity(MessageEntity.TEXT_LINK, 0, 4, url="https://news.example/")
    assert links.of(message("Read this", mark)) == links.Link("https://news.example/")


def test_a_server_of_an_intranet_counts() -> None:
    found = links.of(message("/summarize HTTP://wiki/page?a=1 please"))
    assert found == links.Link("HTTP://wiki/page?a=1")


def test_a_text_that_mentions_a_link_is_a_text() -> None:
    text = "Word " * 300 + "https://news.example"
    assert links.of(message(text, url(text, "https://news.example"))) is None


def test_a_message_without_a_link_is_about_none() -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 2)
    mail = MessageEntity(MessageEntity.EMAIL, 0, 6)
    for plain in (message("Hi"), message(""), message("Hi", bold), message("a@b.example", mail)):
        assert links.of(plain) is None
