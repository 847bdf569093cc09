"""Feeds of every kind are read as far as they go."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import MAX_ENTRY_CHARS, MAX_FEED_BYTES, MAX_FEED_ENTRIES, MAX_TITLE_CHARS
from bot.errors import UserError
from bot.news.feeds import NotAFeed, parse
from tests.news.samples import ADDRESS, LONG, atom, item, rss

if TYPE_CHECKING:
    from bot.models.feeds import Entry, Feed

MAY = datetime(2024, 5, 1, tzinfo=UTC)


def read(feed: str | bytes, charset: str | None = None, address: str = ADDRESS) -> Feed:
    data = feed.encode() if isinstance(feed, str) else feed
    return parse(data, address, "", charset)


def first(feed: str | bytes, charset: str | None = None) -> Entry:
    return read(feed, charset).entries[0]


def titles(feed: str | bytes) -> list[str]:
    return [entry.title for entry in read(feed).entries]


def test_rss_gives_title_link_text_and_date_of_each_item() -> None:
    feed = read(rss(item(1), item(2, category="Town"), head="<language>en-GB</language>"))
    assert (feed.title, feed.link, feed.language) == (
        "Example Times",
        "https://news.example/",
        "en",
    )
    newest = feed.entries[0]
    assert (newest.title, newest.url, newest.guid) == (
        "Story 2",
        "https://news.example/2",
        "story-2",
    )
    assert newest.summary == "What happened in story 2."
    assert newest.published == MAY + timedelta(hours=2)
    assert newest.categories == ("Town",)


def test_atom_knows_relative_links_and_every_kind_of_text() -> None:
    entry = first(
        atom(
            '<entry xml:base="town/"><id>urn:1</id><updated>2024-05-01T10:00:00+02:00</updated>'
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>bridge</b></div>'
            '</title><link rel="self" href="x.xml"/><link href="bridge"/>'
            "<summary>1 &lt; 2</summary>"
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p>'
            '</div></content><category term="town" label="Town"/></entry>',
            base="https://paper.example/",
        )
    )
    assert (entry.title, entry.url) == ("A bridge", "https://paper.example/town/bridge")
    assert (entry.summary, entry.content) == ("1 < 2", "One.\n\nTwo.")
    assert entry.published == entry.updated == MAY + timedelta(hours=8)
    assert entry.categories == ("Town",)
    assert read(atom(base="https://paper.example/")).link == "https://paper.example/"
    assert read(atom()).language == "de"


def test_json_feed_is_read_with_its_html() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes",
        "home_page_url": "/home",
        "items": [
            {"id": 7, "url": "/a", "title": "A & B", "content_html": "<p>One.</p><p>Two.</p>",
             "date_published": "2024-05-01T00:00:00Z", "tags": ["x", 3, None]},
            "broken",
            {"id": "8", "content_text": "Only text, and no title."},
        ],
    }  # fmt: skip
    found = read(json.dumps(feed))
    one, two = sorted(found.entries, key=lambda entry: entry.guid or "")
    assert (found.title, found.link) == ("Notes", "https://news.example/home")
    assert (one.title, one.url, one.content) == ("A & B", "https://news.example/a", "One.\n\nTwo.")
    assert one.categories == ("x", "3")
    assert two.title == "Only text, and no title."


def test_rss_of_the_first_days_is_read() -> None:
    old = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://old.example/"><title>Old</title></channel>'
        '<item rdf:about="https://old.example/1"><title>One</title>'
        "<dc:date>2024-05-01</dc:date><dc:subject>Past</dc:subject></item></rdf:RDF>"
    )
    feed = read(old)
    assert feed.title == "Old"
    assert feed.entries[0].url == "https://old.example/1"
    assert feed.entries[0].published == MAY
    assert feed.entries[0].categories == ("Past",)
    netscape = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd">'
    assert titles(netscape + rss(item(title="caf&eacute;"))[21:]) == ["café"]


def test_a_feed_says_how_long_it_wants_to_be_left_alone() -> None:
    assert read(rss()).every is None
    assert read(rss(head="<ttl>90</ttl>")).every == timedelta(minutes=90)
    daily = "<sy:updatePeriod>daily</sy:updatePeriod>"
    twice = "<sy:updateFrequency>2</sy:updateFrequency>"
    assert read(rss(head=daily + twice)).every == timedelta(hours=12)
    assert read(rss(head="<ttl>99999999</ttl>")).every is None
    assert read(rss(head="<ttl>soon</ttl>")).every is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("AT&T; caf&eacute;&nbsp;noir", "AT&T; café noir"),
        ("<b>Bold</b> words", "Bold words"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
        ("<![CDATA[<i>In</i> two &amp; <br/>lines]]>", "In two & lines"),
        ("Why Vec&lt;T&gt; grows when a &lt; b", "Why Vec<T> grows when a < b"),
        ("It&#146;s &#8220;quoted&#8221;", "It’s “quoted”"),
        ("A line&lt;br/&gt;and another", "A line and another"),
        (
            "Half a pair &#xD800; and nothing &#0; at all",
            "Half a pair \ufffd and nothing \ufffd at all",
        ),
        ("One < two & three", "One < two & three"),
        ("Safe&lt;script type=&quot;x&quot;&gt;if (a) b()&lt;/script&gt; words", "Safe words"),
        ("Safe&lt;iframe src=&quot;x&quot;&gt; &lt;blink&gt;words&lt;/blink&gt;", "Safe words"),
        (
            "&lt;link href=&quot;x&quot;&gt; &lt;frameset cols=&quot;x&quot;&gt; &lt;embed "
            "src=&quot;x&quot;&gt; Safe &lt;applet&gt;words&lt;/applet&gt;",
            "Safe words",
        ),
        ("The &lt;script&gt; tag in &lt;head&gt;", "The <script> tag in <head>"),
        ("Read twice&#226;&#128;&#166;", "Read twice…"),
        ("  much \n\t space\u200b ", "much space"),
        ("bell\x07 rings", "bell rings"),
        ("大桥<![CDATA[开通]]>了 😂", "大桥开通了 😂"),
        ("שלום \u202eabc", "שלום \u202eabc"),
    ],
)
def test_a_title_becomes_plain_text(written: str, shown: str) -> None:
    assert first(rss(item(title=written))).title == shown


def test_a_title_of_100_kb_is_cut_at_a_word() -> None:
    title = first(rss(item(title="endless words " * 8000))).title
    assert len(title) <= MAX_TITLE_CHARS
    assert title.endswith("words…")


def test_an_entry_without_a_title_begins_with_its_text_or_is_called_by_its_address() -> None:
    assert first(rss(item(title=""))).title == "What happened in story 1."
    assert first(rss(item(title="", description=""))).title == "news.example/1"
    assert read(rss("<item></item>", "<item><guid>x</guid></item>")).entries == ()


def test_the_title_of_a_picture_is_not_that_of_the_entry() -> None:
    with_picture = item().replace("<title>", "<media:title>A photo</media:title><title>")
    assert first(rss(with_picture)).title == "Story 1"


def test_words_behind_a_film_are_kept() -> None:
    html = "&lt;embed src=&quot;x.swf&quot;&gt; The &lt;b&gt;bridge&lt;/b&gt; is open."
    assert first(rss(item(description=html))).text == "The bridge is open."


def test_html_becomes_paragraphs_word_for_word() -> None:
    html = (
        "&lt;style&gt;p{}&lt;/style&gt;&lt;p&gt;H&lt;sub&gt;2&lt;/sub&gt;O is\nwet.&lt;/p&gt;"
        "&lt;ul&gt;&lt;li&gt;One.&lt;/li&gt;&lt;li&gt;Two.&lt;/li&gt;&lt;/ul&gt;"
        "Three.&lt;br&gt;&lt;br&gt;中&lt;b&gt;国&lt;/b&gt;。&lt;script&gt;x()&lt;/script&gt;"
    )
    entry = first(rss(item(content=html)))
    assert entry.content == "H2O is wet.\n\nOne.\n\nTwo.\n\nThree.\n\n中国。"
    assert entry.text == entry.content
    assert (
        first(rss(item(description="&amp;lt;p&amp;gt;Twice.&amp;lt;/p&amp;gt;"))).text == "Twice."
    )


def test_a_long_text_keeps_whole_paragraphs() -> None:
    text = first(rss(item(description=f"&lt;p&gt;{LONG}&lt;/p&gt;" * 40))).text
    assert MAX_ENTRY_CHARS // 2 < len(text) <= MAX_ENTRY_CHARS
    assert text.endswith("about the bridge.")


@pytest.mark.parametrize(
    "tail",
    [
        " Read more",
        " [Continue reading…]",
        " 阅读全文 »",
        "&lt;p&gt;The post Story first appeared on &lt;a&gt;Example&lt;/a&gt;.&lt;/p&gt;",
    ],
)
def test_an_invitation_to_read_on_is_no_text(tail: str) -> None:
    assert first(rss(item(description=f"The bridge is open.{tail}"))).text == "The bridge is open."


def test_a_teaser_is_told_from_an_article() -> None:
    assert first(rss(item())).teaser
    assert not first(rss(item(description=LONG))).teaser
    assert first(rss(item(description=f"{LONG} And then…"))).teaser
    assert not first(rss(item(description="大桥今天开通了，市民们都来了。" * 20))).teaser


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Wed, 01 May 2024 10:00:00 +0200", MAY + timedelta(hours=8)),
        ("01 May 24 10:00 EST", MAY + timedelta(hours=15)),
        ("2024-05-01T10:00:00.123Z", MAY + timedelta(hours=10, microseconds=123000)),
        ("2024-05-01", MAY),
        ("May 1, 2024 3:04 PM", MAY + timedelta(hours=15, minutes=4)),
        ("2024年5月1日 08:30", MAY + timedelta(hours=8, minutes=30)),
        ("2024年5月1日20时30分", MAY + timedelta(hours=20, minutes=30)),
        ("2024년 5월 1일 오후 8:30:00", MAY + timedelta(hours=20, minutes=30)),
        ("Wed, 01 May 2024 10:00:00 +02:00", MAY + timedelta(hours=8)),
        ("Wed May 01 2024 10:00:00 GMT+0200 (CEST)", MAY + timedelta(hours=8)),
        ("Wed, 01 May 2024 10:00:00 CEST", MAY + timedelta(hours=8)),
        ("2024-05-01 10:00:00 +0000 UTC", MAY + timedelta(hours=10)),
        ("2024-05-01T10:00:00+00:00Z", MAY + timedelta(hours=10)),
        ("2024-05-01 02:00:00 PST", MAY + timedelta(hours=10)),
        ("Mi, 01 Mai 2024 10:00:00 +0200", MAY + timedelta(hours=8)),
        ("mié, 1 de mayo de 2024 10:00", MAY + timedelta(hours=10)),
        ("Ср, 01 мая 2024 10:00:00 +0300", MAY + timedelta(hours=7)),
        ("1714521600", MAY),
        ("1714521600000", MAY),
        ("2024-122", MAY),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mittwoch, gestern", None),
        ("10:00", None),
        ("9" * 5000, None),
        ("2024-13-45T99:99:99Z", None),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, read_as: datetime | None) -> None:
    assert first(rss(item(pubDate=written))).published == read_as


def test_a_date_in_2100_is_kept_for_others_to_judge() -> None:
    found = first(rss(item(pubDate="Fri, 01 Jan 2100 00:00:00 GMT"))).published
    assert found == datetime(2100, 1, 1, tzinfo=UTC)


def test_entries_come_newest_first_and_those_without_a_date_in_their_place() -> None:
    assert titles(rss(item(1), item(3), item(2))) == ["Story 3", "Story 2", "Story 1"]
    undated = [item(number, pubDate="") for number in (5, 4, 9)]
    assert titles(rss(*undated)) == ["Story 5", "Story 4", "Story 9"]


def test_of_ten_thousand_entries_the_newest_are_read() -> None:
    times = (MAY + timedelta(minutes=number) for number in range(10_000, 0, -1))
    items = [item(number, pubDate=at.isoformat()) for number, at in enumerate(times)]
    found = titles(rss(*items))
    assert found == [f"Story {number}" for number in range(MAX_FEED_ENTRIES)]


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [
        ("gb18030", 'encoding="gb2312"', None),
        ("gb18030", "", "gbk"),
        ("gb18030", 'encoding="utf-8"', "gb2312"),
        ("utf-8", 'encoding="iso-8859-1"', "us-ascii"),
        ("utf-8-sig", 'encoding="gb2312"', None),
        ("utf-16", 'encoding="utf-16"', None),
        ("utf-16-le", "", None),
        ("utf-32", "", None),
        ("utf-8", 'encoding="no-such-thing"', "neither"),
    ],
)
def test_the_encoding_is_found_whatever_is_said_of_it(
    encoding: str, declared: str, said: str | None
) -> None:
    text = f'<?xml version="1.0" {declared}?>{rss(item(title="大桥今天开通"))[21:]}'
    assert first(text.encode(encoding), said).title == "大桥今天开通"


@pytest.mark.parametrize(
    ("title", "encoding"),
    [
        ("大桥今天开通，市民都来了", "gb18030"),
        ("大橋今天開通，市民都來了", "big5"),
        ("橋が今日開通しました", "shift_jis"),
        ("橋が今日開通しました", "euc_jp"),
        ("橋が今日開通しました", "iso2022_jp"),
        ("새 다리가 오늘 개통했다", "euc_kr"),
        ("Новый мост открыт сегодня", "cp1251"),
        ("Новый мост открыт сегодня", "koi8-r"),
        ("הגשר החדש נפתח היום", "cp1255"),
        ("Most dziś otwarty, żółta łódź", "cp1250"),
    ],
)
@pytest.mark.parametrize("declared", ["", 'encoding="utf-8"'])
def test_an_encoding_that_is_not_told_or_wrongly_is_guessed(
    title: str, encoding: str, declared: str
) -> None:
    text = f'<?xml version="1.0" {declared}?>{rss(item(title=title, description=title))[21:]}'
    assert first(text.encode(encoding)).title == title


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251"])
def test_latin_1_that_looks_like_none_is_no_declaration(encoding: str) -> None:
    title = "大桥今天开通，市民都来了" if encoding == "gb18030" else "Новый мост открыт сегодня"
    told = '<?xml version="1.0" encoding="iso-8859-1"?>'
    text = told + rss(item(title=title, description=title))[21:]
    assert first(text.encode(encoding)).title == title
    western = told + rss(item(title="Größer über alles"))[21:]
    assert first(western.encode("cp1252")).title == "Größer über alles"


@pytest.mark.parametrize("label", ["windows_1251", "IBM855", "x-mac-cyrillic", "mac_cyrillic"])
def test_a_declared_encoding_is_known_by_the_names_of_dos_and_mac_too(label: str) -> None:
    title = "Новый мост открыт"
    text = f'<?xml version="1.0" encoding="{label}"?>{rss(item(title=title))[21:]}'
    assert first(text.encode(label.removeprefix("x-"))).title == title


@pytest.mark.parametrize("label", ["hex", "idna", "punycode", "undefined", "cp037", "nobody's"])
def test_a_declared_encoding_that_is_none_is_passed_over(label: str) -> None:
    text = f'<?xml version="1.0" encoding="{label}"?>{rss(item(title="Größer"))[21:]}'
    assert first(text.encode("cp1252")).title == "Größer"


def test_one_foreign_byte_spoils_no_other_entry() -> None:
    feed = rss(item(2, title="Café"), item(1, title="大桥今天开通"))
    found = [entry.title for entry in read(feed.encode().replace("é".encode(), b"\xe9")).entries]
    assert found == ["Café", "大桥今天开通"]


def test_western_letters_without_a_declaration_and_a_broken_byte_are_survived() -> None:
    assert first(rss(item(title="Café crème")).encode("cp1252")).title == "Café crème"
    damaged = rss(item(title="大桥今天开通", description="大" * 90)).encode()
    damaged = damaged.replace("今".encode(), b"\xe4\xbb", 1)
    assert first(damaged).title == "大桥\ufffd天开通"


DAMAGED = {
    "cut in the middle": rss(item(1), item(2))[:-150],
    "an ampersand alone": rss(item(1, link="https://news.example/?a=1&b=2"), item(2)),
    "a tag never closed": rss(item(1).replace("</description>", ""), item(2)),
    "closed too early": rss(item(1)) + item(2) + "</channel></rss>",
    "words before it": "Warning: cannot connect<br>\n" + rss(item(1), item(2)),
    "an undeclared prefix": rss(item(1).replace("<title>", "<foo:bar>x</foo:bar><title>"), item(2)),
    "no channel": rss(item(1), item(2)).replace("channel>", "canal>"),
    "capitals": f"<RSS><CHANNEL>{item(1)}{item(2)}</CHANNEL></RSS>".replace("item>", "ITEM>"),
    "a stranger's root": f"<response>{item(1)}{item(2)}</response>",
    "no tree at all": item(1).replace("<item>", "<item <") + item(2).replace("<item>", "<item <"),
}


@pytest.mark.parametrize("feed", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_feed_is_read_as_far_as_it_goes(feed: str) -> None:
    assert {"Story 1", "Story 2"} >= set(titles(feed)) >= {"Story 1"}
    assert len(titles(feed)) >= 1


def test_an_entry_that_stands_in_another_is_not_told_twice() -> None:
    unclosed = item(1, description="<p>What happened.<br>And more <img src=x.png>")
    one, two = sorted(read(rss(unclosed, item(2))).entries, key=lambda entry: entry.title)
    assert (one.title, one.text) == ("Story 1", "What happened. And more")
    assert (two.title, two.text) == ("Story 2", "What happened in story 2.")


def test_any_number_of_comments_may_stand_before_what_is_no_feed() -> None:
    with pytest.raises(NotAFeed, match="XML, but neither RSS nor Atom"):
        read("<!-- a -->\n" * 200 + "<doc>What happened.</doc>")


def test_half_a_pair_in_a_json_feed_never_leaves_it() -> None:
    half = "\ud800"
    of_it = {"id": half, "url": f"https://news.example/{half}1", "title": f"One {half}and\0 two"}
    feed = {"version": "https://jsonfeed.org/version/1", "title": half, "items": [of_it]}
    found = read(json.dumps(feed))
    assert repr(found).encode("utf-8")
    assert (found.entries[0].title, found.entries[0].url) == (
        "One and two",
        "https://news.example/1",
    )


def test_a_json_feed_is_read_up_to_its_damage() -> None:
    whole = '{"title": "Notes", "items": [{"id": "1", "title": "A\tb"}, {"id": "2", "title": "Ha'
    assert (read(whole).title, titles(whole)) == ("Notes", ["A b"])
    assert titles('{"items": [{"id": "1", "title": "One"},]}') == ["One"]


def test_pictures_and_videos_say_what_they_are() -> None:
    media = (
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="http://x.example/1.mp4">'
    )
    told = "<media:title>A film</media:title><media:description>Of it.</media:description>"
    entry = first(rss(f"<item>{media}{told}</media:content></item>"))
    assert (entry.title, entry.text, entry.url) == ("A film", "Of it.", "http://x.example/1.mp4")


def test_a_namespace_is_known_in_any_case() -> None:
    podcast = '<itunes:summary xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd">'
    assert first(rss(f"<item>{podcast}About it.</itunes:summary></item>")).text == "About it."


def test_atom_s_other_ways_are_read() -> None:
    coded = '<title type="application/octet-stream">T25lIGFuZCB0d28=</title>'
    entry = first(atom(f"<entry><id>https://news.example/1</id>{coded}</entry>"))
    assert (entry.title, entry.url) == ("One and two", "https://news.example/1")


def test_a_picture_inside_an_entry_is_no_text() -> None:
    picture = '<content type="image/jpeg" mode="base64">/9j/4AAQSkZJRgABAQEASABIAAD/</content>'
    assert first(atom(f"<entry><title>One</title>{picture}</entry>")).text == ""


def test_an_entity_of_the_feed_s_own_is_read() -> None:
    own = f'<!DOCTYPE rss [<!ENTITY paper "Example">]>{rss(item(title="&paper; Times"))[21:]}'
    assert first(own).title == "Example Times"


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        (" https://news.example/a b ", "https://news.example/a%20b"),
        ("https://news.example/\n   1", "https://news.example/1"),
        ("//news.example/1", "https://news.example/1"),
        ("1?a=1&b=2&copy=3", "https://news.example/1?a=1&b=2&copy=3"),
    ],
)
def test_a_link_is_read_as_a_browser_would(written: str, opened: str) -> None:
    assert first(rss(item(link=written))).url == opened


def test_an_unescaped_ampersand_keeps_the_link_whole() -> None:
    assert first(DAMAGED["an ampersand alone"]).url in {
        "https://news.example/?a=1&b=2",
        "https://news.example/2",
    }


def test_entities_never_expand() -> None:
    stolen = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rss(item(title="&x;"))[21:]}'
    )
    assert first(stolen).title == "&x;"


def test_a_billion_laughs_are_told_and_not_read() -> None:
    laughs = "".join(f'<!ENTITY lol{level} "{f"&lol{level - 1};" * 10}">' for level in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY lol0 "ha">{laughs}]>{rss(item(title="&lol9;"))[21:]}'
    with pytest.raises(NotAFeed, match="a bomb of entities within entities"):
        read(bomb)
    harmless = f'<!DOCTYPE rss [<!ENTITY co "Salt &amp; Co">]>{rss(item(title="A day"))[21:]}'
    assert first(harmless).title == "A day"


def test_a_slogan_under_every_entry_is_no_text_of_any() -> None:
    slogan = "The Elm Gazette is your daily source of news from Ashby and the valley."
    own = ("A bridge fell.", "The baker won.", "")
    feed = read(rss(*(
        item(number, description=f"&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;{slogan}&lt;/p&gt;")
        for number, text in enumerate(own, 1)
    )))  # fmt: skip
    assert {entry.summary for entry in feed.entries} == {*own}


def test_what_two_entries_share_is_kept() -> None:
    feed = read(rss(*(item(number, description="The mill burnt down.") for number in (1, 2))))
    assert {entry.summary for entry in feed.entries} == {"The mill burnt down."}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The feed is empty: its address answers, but with nothing."),
        (b" \xef\xbb\xbf \n", "The feed is empty: its address answers, but with nothing."),
        (b"<!DOCTYPE html><html><p>Hello</p>", "That address gives a web page, not a feed."),
        (b"<!-- x --><html><body>", "That address gives a web page, not a feed."),
        (b"<opml><body/></opml>", "That address gives XML, but neither RSS nor Atom."),
        (b'{"error": "none"}', "That address gives JSON, but no JSON Feed."),
        (b"[" * 100_000, "That address gives JSON, but no JSON Feed."),
        (b"Not found", "That address gives no feed: neither RSS nor Atom nor JSON Feed."),
        (b"%PDF-1.7\0\xff", "That address gives no feed: neither RSS nor Atom nor JSON Feed."),
    ],
)
def test_what_is_no_feed_is_said_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotAFeed) as told:
        parse(data, ADDRESS)
    assert str(told.value) == sentence


def test_a_feed_that_is_too_large_is_refused() -> None:
    with pytest.raises(UserError, match="The feed is too large: it may have 5 MB"):
        parse(b" " * (MAX_FEED_BYTES + 1), ADDRESS)


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()).entries == ()
    assert read(atom()).title == "Beispiel"


@pytest.mark.parametrize(
    "bomb",
    [
        "<rss><channel><item><title>" + "<a>" * 300_000,
        "<rss><channel>" + "<item/>" * 300_000,
        "<" * 1_000_000,
        "<rss><item><title>" + "&" * 2_000_000,
        "<rss><item>" + "<![CDATA[" * 200_000,
        "<!DOCTYPE x [" * 200_000,
        "<!DOCTYPE x [" + '"' * 1_000_000,
        "<rss>" + " " * 4_000_000,
        "<?xml " * 300_000,
        "<!--" * 500_000,
        "<rss " + " ".join(f'a{number}="1"' for number in range(100_000)) + ">",
        '{"items":' + "[" * 300_000,
        '{"items":[' + '{"title":"x"},' * 100_000 + "{}]}",
    ],
    ids=lambda bomb: bomb[:30],
)
def test_a_bomb_is_a_feed_or_a_sentence(bomb: str) -> None:
    try:
        assert len(read(bomb).entries) <= MAX_FEED_ENTRIES
    except UserError as error:
        assert str(error).endswith(".")


@settings(max_examples=200)
@given(st.data())
def test_any_bytes_are_a_feed_or_a_sentence(data: st.DataObject) -> None:
    sound = bytearray(rss(item(1), item(2)).encode())
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.integers(0, len(sound) - 1))
        sound[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    try:
        entries = parse(bytes(sound), ADDRESS).entries
    except UserError:
        return
    for entry in entries:
        assert entry.title.strip()
        assert entry.keys
        assert len({key for each in entries for key in each.keys}) >= len(entries)
