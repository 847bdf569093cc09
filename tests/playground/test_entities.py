"""The HTML parse mode is as strict as Telegram's, in the same words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import from_entities, tidy, to_entities
from bot.playground.errors import ApiError
from bot.playground.html import parse_html
from bot.playground.markup import to_html


def read(html: str) -> tuple[str, list[dict[str, Any]]]:
    text, spans = tidy(*parse_html(html))
    return text, to_entities(text, spans)


def refusal(html: str) -> str:
    with pytest.raises(ApiError) as caught:
        read(html)
    return caught.value.description.removeprefix("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            '<tg-emoji emoji-id="no">x</tg-emoji>',
            "Invalid custom emoji identifier specified",
        ),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(html: str, words: str) -> None:
    assert refusal(html) == words


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<em>x</em>", "italic"),
        ("<ins>x</ins>", "underline"),
        ("<del>x</del>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<blockquote expandable="">x</blockquote>', "expandable_blockquote"),
        ("<B>x</B>", "bold"),
        ("<b>x</>", "bold"),
    ],
)
def test_every_tag_has_its_entity(html: str, kind: str) -> None:
    assert read(html) == ("x", [{"type": kind, "offset": 0, "length": 1}])


def test_offsets_count_utf16_units() -> None:
    text, entities = read("😂 <b>日本</b> 👩‍👩‍👧 <i>x</i>")
    assert [(e["offset"], e["length"]) for e in entities] == [(3, 2), (15, 1)]
    assert text == "😂 日本 👩‍👩‍👧 x"


def test_character_references_are_decoded_once() -> None:
    assert read("&lt;b&gt; &amp;amp; &quot;q&quot; &#33;&#x21; &nbsp; &unknown; & x")[0] == (
        '<b> &amp; "q" !! &nbsp; &unknown; & x'
    )


def test_a_reference_needs_no_semicolon() -> None:
    assert read("a &lt b")[0] == "a < b"


def test_code_in_pre_gives_the_language() -> None:
    _, entities = read('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_a_link_gets_a_full_address() -> None:
    _, entities = read('<a href="Example.com">x</a>')
    assert entities[0]["url"] == "http://example.com/"


def test_a_link_to_nowhere_becomes_plain_text() -> None:
    assert read('<a href="javascript:alert(1)">x</a>') == ("x", [])
    assert read('<a href="ftp://example.com">x</a>') == ("x", [])
    assert read('<a href="http://localhost/">x</a>') == ("x", [])


def test_blanks_around_the_text_are_trimmed() -> None:
    text, entities = read("\n  <b> x </b>\n\n")
    assert text == "x"
    assert entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_an_entity_does_not_begin_with_a_blank() -> None:
    assert read("a<b> b</b> c")[1] == [{"type": "bold", "offset": 2, "length": 1}]


def test_a_link_keeps_its_blanks_and_so_does_what_is_around_it() -> None:
    text, entities = read('<blockquote><a href="a.org"> x</a></blockquote>')
    assert text == " x"
    assert [(e["type"], e["offset"]) for e in entities] == [("blockquote", 0), ("text_link", 0)]


def test_an_entity_of_blanks_vanishes() -> None:
    assert read("a<b>  </b>b") == ("a  b", [])


def test_control_characters_become_blanks_and_bidi_overrides_go() -> None:
    assert read("a\tb\r\nc\u202ed\x07e")[0] == "a b\ncd e"


def test_entities_move_with_removed_characters() -> None:
    assert read("\r\r<b>x</b>")[1] == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize("html", ["", "  \n ", "<b></b>", "\u200b\u2060", "\u3164", "<i> </i>"])
def test_what_shows_nothing_is_empty(html: str) -> None:
    with pytest.raises(ApiError, match="text must be non-empty"):
        read(html)


def test_a_quote_in_a_quote_is_dropped() -> None:
    _, entities = read("<blockquote>a<blockquote>b</blockquote>c</blockquote>")
    assert entities == [{"type": "blockquote", "offset": 0, "length": 3}]


def test_code_holds_no_styles() -> None:
    _, entities = read("<b>a<code>b</code>c</b>")
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 1),
        ("code", 1, 1),
        ("bold", 2, 1),
    ]


def test_styles_that_touch_are_joined() -> None:
    assert read("<b>a</b><strong>b</strong>")[1] == [{"type": "bold", "offset": 0, "length": 2}]


def test_more_than_a_hundred_entities_are_forgotten() -> None:
    assert len(read("<b>a</b> " * 150)[1]) == 100


def test_commands_mentions_and_links_are_found() -> None:
    text, entities = read("/joke@quipwire_bot ask @ann_lee see https://a.org/b, or example.com.")
    found = [(e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in entities]
    assert found == [
        ("bot_command", "/joke@quipwire_bot"),
        ("mention", "@ann_lee"),
        ("url", "https://a.org/b"),
        ("url", "example.com"),
    ]


@pytest.mark.parametrize("text", ["a/joke", "1/2", "//x", "/joke/", "x@y", "3.5", "#123"])
def test_what_only_looks_like_an_entity_is_none(text: str) -> None:
    assert read(text)[1] == []


def test_nothing_is_found_inside_links_and_code() -> None:
    kinds = {e["type"] for e in read("<code>/joke</code> <a href='a.org'>b.org</a>")[1]}
    assert kinds == {"code", "text_link"}


def test_given_entities_may_not_cut_an_emoji() -> None:
    entity = {"type": "bold", "offset": 1, "length": 1}
    with pytest.raises(ApiError, match="begins in a middle of a UTF-16 symbol at byte offset 4"):
        from_entities("😂x", [entity])


_LEAF = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12
)
_INLINE = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "code"])


def _wrap(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_HTML = st.recursive(
    _LEAF.map(_escaped),
    lambda inner: st.one_of(
        st.builds(_wrap, _INLINE, inner),
        st.builds(lambda a, b: a + b, inner, inner),
        inner.map(lambda x: _wrap("blockquote", x)),
        inner.map(lambda x: f'<a href="https://example.com/a?b=1&amp;c">{x}</a>'),
    ),
    max_leaves=8,
)


@given(_HTML)
def test_a_message_turned_back_into_html_says_the_same(html: str) -> None:
    try:
        text, entities = read(html)
    except ApiError as error:
        assert "must be non-empty" in error.description
        return
    assert read(to_html(text, entities)) == (text, entities)


@given(st.text(alphabet="<>/&;#x1 =\"'abcpre\n\0", max_size=60))
def test_any_text_is_read_or_refused(html: str) -> None:
    try:
        read(html)
    except ApiError as error:
        assert error.code == 400
