"""What others wrote reads the same and does nothing."""

from __future__ import annotations

from bot.render.foreign import harmless


def test_a_name_with_an_at_sign_reads_the_same_but_calls_nobody() -> None:
    assert harmless("thanks @everybody") == "thanks @\u2060everybody"
    assert harmless("谢谢 @小林") == "谢谢 @\u2060小林"


def test_a_lone_at_sign_stays_as_it_is() -> None:
    assert harmless("3 kg @ 2 euros") == "3 kg @ 2 euros"


def test_controls_that_turn_text_around_are_dropped_and_arabic_stays() -> None:
    assert harmless("\u202eevil\u202c مرحبا") == "evil مرحبا"
