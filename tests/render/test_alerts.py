"""What a chat follows has news."""

from __future__ import annotations

from bot.models.interests import Interest
from bot.render import alerts
from bot.texts import Texts
from tests.render.telegram import shown
from tests.render.test_headlines import NOW, STORY, story

SKY = Interest("follow", "word", "sky", id=4)
MOON = Interest("follow", "word", "<b>moon</b>", id=5)


def test_one_story_comes_as_its_card_with_a_button_that_ends_it() -> None:
    message = alerts.message([(STORY, True, SKY)], Texts("en"), NOW)
    text = shown(message.html).text
    assert text.startswith("★ You follow “sky”.\n\n📰 ")
    assert "update" in text
    assert [button.label for button in message.keyboard[-1]] == ["✕ sky"]


def test_several_are_a_list_with_a_number_each() -> None:
    other = story(title="Moon & <stars>")
    message = alerts.message([(STORY, False, SKY), (other, False, MOON)], Texts("en"), NOW)
    text = shown(message.html).text
    assert text.startswith("★ You follow “sky”, “<b>moon</b>”.")
    assert "2. Moon & <stars>" in text
    assert [button.label for button in message.keyboard[0]] == ["1", "2"]
    assert [button.action for button in message.keyboard[1]] == ["end:4", "end:5"]
