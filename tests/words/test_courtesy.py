"""What is asked for, whatever courtesy is around it."""

from __future__ import annotations

import pytest

from bot.words.courtesy import plainly


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Tell me a joke, please!", "joke"),
        ("What’s the news?", "news"),
        ("I'd like to see some headlines", "headlines"),
        ("HELP ME", "help"),
        ("想看新闻", "新闻"),
        ("今天有什么新闻呀？", "新闻"),
        ("讲个笑话给我听", "笑话"),
        ("我要退订。", "退订"),
        ("打开设置", "设置"),
        ("black hole", "black hole"),
        ("the a an", ""),
        ("👍", ""),
        ("", ""),
    ],
)
def test_courtesy_goes_and_the_wish_stays(text: str, asked: str) -> None:
    assert plainly(text) == asked
