"""What a server says of a text's encoding is believed where it can be true."""

from __future__ import annotations

import pytest

from bot.words import encodings

RUSSIAN = "Старые ворота удерживали воду сто лет."
CHINESE = "新水厂日供水能力三千立方米，居民朱镕基说。"


@pytest.mark.parametrize(
    ("text", "written", "told"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (CHINESE, "gb18030", "gb2312"),
        ("The “gate” cost 5 €.", "cp1252", "iso-8859-1"),
        ("ひらがなと①漢字", "cp932", "shift_jis"),
        ("ひらがなと漢字", "iso2022_jp", "iso-2022-jp"),
    ],
)
def test_a_charset_that_is_told_is_used_and_means_what_pages_mean_by_it(
    text: str, written: str, told: str
) -> None:
    assert encodings.to_utf8(text.encode(written), told).decode() == text


def test_some_broken_bytes_do_not_matter() -> None:
    data = (CHINESE * 20).encode("gb18030") + b"\xff\xff"
    assert encodings.to_utf8(data, "gbk").decode().startswith(CHINESE)


@pytest.mark.parametrize("told", ["gbk", "klingon", "zlib", "idna", "utf-8", "utf-16", "ascii\0"])
def test_utf8_stays_what_it_is_whatever_is_told(told: str) -> None:
    data = RUSSIAN.encode()
    assert encodings.to_utf8(data, told) is data


@pytest.mark.parametrize("told", ["klingon", "zlib", "iso-2022-jp", "utf-7"])
def test_what_can_t_be_true_changes_nothing(told: str) -> None:
    data = RUSSIAN.encode("koi8-r")
    assert encodings.to_utf8(data, told) is data


CZECH = "Stará vrata šla těžko otevřít, žádný šofér už tudy jezdit nechtěl."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (CZECH, "iso8859-2"),
        (CZECH, "cp1250"),
        (RUSSIAN, "iso8859-5"),
        (f"{RUSSIAN} Никто не помнит, кто за них заплатил. Русский текст.", "cp866"),
        ("Eski kapı yüz yıl boyunca suyu kasabadan uzak tuttu, şimdi kırmızı.", "iso8859-9"),
        ("古い門は百年のあいだ水を町から遠ざけた。", "iso2022_jp"),
        ("펲시콜라와 똠방각하를 찾는 사람들이 있었다.", "cp949"),
        ("오래된 문은 백 년 동안 물을 막았다.", "iso2022_kr"),
    ],
)
def test_an_encoding_of_long_ago_is_guessed(text: str, written: str) -> None:
    assert encodings.decode(text.encode(written)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nuovo kwanza angolano (1990–2000), kalmyk", "cp1252"),
        ("Lira turca, Barbados, dargwa, javanês, Chipre", "cp1252"),
    ],
)
def test_a_lonely_letter_or_dash_is_not_of_an_encoding_that_nobody_used(
    text: str, written: str
) -> None:
    assert encodings.decode(text.encode(written)) == text


def test_a_text_that_only_shows_an_escape_stays_what_it_is() -> None:
    text = f"\x1b$B begins kanji. {CHINESE}"
    assert encodings.decode(text.encode()) == text
    assert encodings.to_utf8(text.encode(), "utf-8") == text.encode()


def test_half_a_character_at_the_end_of_a_cut_file_spoils_nothing() -> None:
    assert encodings.decode(RUSSIAN.encode("utf-16")[:-1]) == f"\ufeff{RUSSIAN[:-1]}"
