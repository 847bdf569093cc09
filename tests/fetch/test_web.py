"""Pages as they come over a real socket, and one sentence for each way in which they don't."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.fetch import Gone, Limits, Web, WebError
from tests.fetch.server import answers, closes, drips, is_silent, leads, says, serving, writes

if TYPE_CHECKING:
    from tests.fetch.server import Act, Server

CERTIFICATE = Path(__file__).with_name("self-signed.pem")


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def refused(web: Web, url: str) -> WebError:
    """The failure, which is one sentence without what libraries say."""
    with pytest.raises(WebError) as failure:
        await web.get(url)
    sentence = str(failure.value)
    assert sentence.endswith((".", ")."))
    assert "\n" not in sentence
    assert not re.search(r"Error|Errno|\{|0x|aiohttp|secret", sentence)
    assert failure.value.__cause__ is None
    return failure.value


async def test_a_page_comes_with_what_its_server_says_of_it(server: Server, web: Web) -> None:
    server.pages["/a"] = answers(
        200, "héllo".encode("latin-1"), Content_Type="Text/HTML; charset=\"ISO-8859-1\"",
        ETag='W/"7"', Last_Modified="Mon, 23 Nov 2026 04:14:23 GMT", Cache_Control="max-age=600",
        Age="60",
    )  # fmt: skip
    page = await web.get(server.url("/a#below"))
    assert (page.url, page.moved, page.status) == (server.url("/a"), None, 200)
    assert page.body.decode(page.charset or "") == "héllo"
    assert page.content_type == "text/html"
    assert (page.etag, page.last_modified) == ('W/"7"', "Mon, 23 Nov 2026 04:14:23 GMT")
    assert page.fresh_for == 540


async def test_a_page_that_says_nothing_of_itself_is_fine(server: Server, web: Web) -> None:
    server.pages["/"] = answers(200, b"")
    page = await web.get(server.url())
    assert (page.body, page.content_type, page.charset) == (b"", "", None)
    assert (page.etag, page.last_modified, page.fresh_for) == (None, None, None)


async def test_ten_megabytes_come_whole(server: Server, web: Web) -> None:
    body = bytes(range(256)) * 4 * 1024 * 10
    server.pages["/"] = answers(200, body)
    assert (await web.get(server.url())).body == body


async def test_a_body_in_chunks_or_until_the_end_is_whole(server: Server, web: Web) -> None:
    server.pages["/chunks"] = says(
        200, b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n", Transfer_Encoding="chunked"
    )
    server.pages["/end"] = closes(b"HTTP/1.0 200 OK\r\n\r\nabcdefg")
    assert (await web.get(server.url("/chunks"))).body == b"abcdefg"
    assert (await web.get(server.url("/end"))).body == b"abcdefg"


async def test_an_unchanged_page_is_not_sent_again(server: Server, web: Web) -> None:
    server.pages["/"] = answers(304)
    page = await web.get(server.url(), etag='"7"', last_modified="Mon, 23 Nov 2026 04:14:23 GMT")
    assert (page.status, page.body, page.etag) == (304, b"", '"7"')
    assert page.last_modified == "Mon, 23 Nov 2026 04:14:23 GMT"
    headers = server.asked[0].headers
    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == "Mon, 23 Nov 2026 04:14:23 GMT"


async def test_an_unchanged_page_that_was_not_asked_about_is_an_error(
    server: Server, web: Web
) -> None:
    server.pages["/"] = answers(304)
    assert (await refused(web, server.url())).status == 304


async def test_it_says_who_it_is_and_sends_nothing_else_about_us(server: Server) -> None:
    server.pages["/"] = answers(200, b"", Set_Cookie="a=b")
    async with Web(allow_private=True, contact="https://bot.example/") as web:
        await web.get(server.url())
        await web.get(server.url())
    async with Web(allow_private=True) as web:
        await web.get(server.url())
    agents = [asked.headers["user-agent"] for asked in server.asked]
    version = metadata.version("quipwire")
    assert agents == [f"Quipwire/{version} (+https://bot.example/)"] * 2 + [f"Quipwire/{version}"]
    sent = set().union(*(asked.headers for asked in server.asked))
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}


async def test_a_contact_in_any_alphabet_fits_into_a_header(server: Server) -> None:
    server.pages["/"] = answers(200, b"")
    async with Web(allow_private=True, contact="李@bot.example\r\nX: y") as web:
        await web.get(server.url())
    agent = server.asked[0].headers["user-agent"]
    assert agent.endswith("(+%E6%9D%8E@bot.example%0D%0AX: y)")
    assert "x" not in server.asked[0].headers


async def test_proxies_and_passwords_of_the_environment_are_not_used(
    server: Server, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password pw\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_port()}")
    server.pages["/"] = answers(200, b"x")
    assert (await web.get(server.url())).body == b"x"
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), 1), ((308, 301), 2), ((302,), 0), ((301, 302), 1), ((302, 301), 0),
     ((307,), 0), ((303,), 0), ((301, 301, 307, 301, 301), 2)],
)  # fmt: skip
async def test_a_page_has_moved_as_far_as_permanent_redirects_lead(
    server: Server, web: Web, statuses: tuple[int, ...], moved: int
) -> None:
    for number, status in enumerate(statuses):
        server.pages[f"/{number}"] = leads(f"/{number + 1}", status)
    server.pages[f"/{len(statuses)}"] = answers(200, b"here")
    page = await web.get(server.url("/0"))
    assert (page.body, page.url) == (b"here", server.url(f"/{len(statuses)}"))
    assert page.moved == (server.url(f"/{moved}") if moved else None)


async def test_five_redirects_are_followed_and_no_more(server: Server, web: Web) -> None:
    for number in range(9):
        server.pages[f"/{number}"] = leads(f"/{number + 1}")
    assert "from one address to the next" in str(await refused(web, server.url("/0")))
    assert len(server.asked) == 6


async def test_a_circle_is_found_at_once(server: Server, web: Web) -> None:
    server.pages |= {"/a": leads("/b"), "/b": leads("/a#again"), "/self": leads("")}
    assert "in a circle" in str(await refused(web, server.url("/a")))
    assert "in a circle" in str(await refused(web, server.url("/self")))
    assert len(server.asked) == 3


async def test_a_redirect_may_hold_letters_of_any_alphabet(server: Server, web: Web) -> None:
    server.pages["/a"] = leads("/头条?q=新 闻")
    server.pages["/%E5%A4%B4%E6%9D%A1?q=%E6%96%B0%20%E9%97%BB"] = answers(200, b"x")
    assert (await web.get(server.url("/a"))).body == b"x"
    server.pages["/b"] = leads("/\udcff")
    server.pages["/%FF"] = answers(200, b"y")
    assert (await web.get(server.url("/b"))).body == b"y"


async def test_the_body_of_a_redirect_is_not_read(server: Server, web: Web) -> None:
    server.pages["/"] = says(302, b"x" * 1000, Location="/b", Content_Length="999999999")
    server.pages["/b"] = answers(200, b"here")
    assert (await web.get(server.url())).body == b"here"


@pytest.mark.parametrize("location", ["ftp://a.example/", "http://", "javascript:alert(1)"])
async def test_a_redirect_to_what_is_no_page_is_refused(
    server: Server, web: Web, location: str
) -> None:
    server.pages["/"] = leads(location)
    await refused(web, server.url())


@pytest.mark.parametrize(
    ("status", "words"),
    [(204, "does not give"), (206, "does not give"), (300, "does not give"), (400, "does not give"),
     (401, "everybody"), (403, "everybody"), (404, "no such page"), (429, "too busy"),
     (451, "everybody"), (500, "problem of its own"), (503, "too busy"), (520, "problem")],
)  # fmt: skip
async def test_an_answer_that_is_no_page_is_one_sentence(
    server: Server, web: Web, status: int, words: str
) -> None:
    server.pages["/"] = closes(f"HTTP/1.1 {status} secret\r\nContent-Length: 0\r\n\r\n".encode())
    failure = await refused(web, server.url())
    assert words in str(failure)
    assert str(status) in str(failure)
    assert (failure.status, failure.retry_after) == (status, None)
    assert not isinstance(failure, Gone)


async def test_what_is_gone_for_good_is_told_apart(server: Server, web: Web) -> None:
    server.pages["/"] = answers(410)
    failure = await refused(web, server.url())
    assert isinstance(failure, Gone)
    assert failure.status == 410


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_wants_rest_is_left_alone(
    server: Server, web: Web, status: int
) -> None:
    server.pages["/a"] = answers(status, Retry_After="3600")
    server.pages["/b"] = answers(200, b"x")
    assert (await refused(web, server.url("/a"))).retry_after == 3600
    later = await refused(web, server.url("/b"))
    assert "left alone" in str(later)
    assert 3590 < (later.retry_after or 0) <= 3600
    assert len(server.asked) == 1
    async with serving() as other:
        other.pages["/"] = answers(200, b"x")
        assert (await web.get(other.url())).body == b"x"


async def test_rest_until_a_date_goes_by_the_server_s_own_clock(server: Server, web: Web) -> None:
    server.pages["/"] = answers(
        503, Date="Thu, 01 Jan 1970 00:00:00 GMT", Retry_After="Thu, 01 Jan 1970 00:02:00 GMT"
    )
    assert (await refused(web, server.url())).retry_after == 120


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (closes(b""), "broke off"),
        (closes(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nabc"), "broke off"),
        (closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), "broke off"),
        (
            closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"),
            "understood|broke off",
        ),
        (closes(b"I am no HTTP server, secret\r\n\r\n"), "can't be understood"),
        (closes(b"\x16\x03\x01\x00secret"), "can't be understood"),
        (closes(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), "can't be understood"),
        (writes(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000), "can't be understood"),
        (writes(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000), "can't be understood"),
    ],
)
async def test_what_breaks_off_or_is_no_http_is_one_sentence(
    server: Server, web: Web, act: Act, words: str
) -> None:
    server.pages["/"] = act
    assert re.search(words, str(await refused(web, server.url())))


async def test_large_headers_of_honest_servers_are_fine(server: Server, web: Web) -> None:
    server.pages["/"] = answers(200, b"x", Content_Security_Policy="img-src a.example " * 1000)
    assert (await web.get(server.url())).body == b"x"


@pytest.mark.parametrize("act", [is_silent, drips(b"x", 0.05), drips(b"", 9)])
async def test_silence_and_a_slow_drip_end_in_time(server: Server, quick: Web, act: Act) -> None:
    server.pages["/"] = act
    assert "took too long" in str(await refused(quick, server.url()))


async def test_a_server_that_speaks_no_https_is_told_from_a_slow_one(server: Server) -> None:
    async with Web(allow_private=True, limits=Limits(connect=0.2)) as web:
        failure = await refused(web, server.url().replace("http:", "https:"))
    assert str(failure) == (
        "127.0.0.1 made no secure connection in time; perhaps its address begins with http://."
    )


async def test_the_time_is_one_for_all_redirects(server: Server) -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        ended = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.1, ended.set_result, None)
        await ended
        await leads(f"/{len(server.asked)}")(writer)

    for number in range(9):
        server.pages[f"/{number}"] = slowly
    limits = Limits(idle=5, total=0.25, redirects=8)
    async with Web(allow_private=True, limits=limits) as web:
        assert "took too long" in str(await refused(web, server.url("/0")))
    assert len(server.asked) <= 3


async def test_nobody_there_is_one_sentence(web: Web) -> None:
    assert "can't be reached" in str(await refused(web, f"http://127.0.0.1:{unused_port()}/"))


@pytest.mark.parametrize(
    ("error", "words"),
    [(socket.EAI_NONAME, "no server called"), (socket.EAI_AGAIN, "can't be looked up")],
)
async def test_an_unknown_name_is_one_sentence(error: int, words: str) -> None:
    async def unknown(host: str) -> list[str]:
        raise socket.gaierror(error, f"secret {host}")

    async with Web(allow_private=False, resolver=unknown) as web:
        failure = await refused(web, "http://news.example/?token=secret")
    assert words in str(failure)
    assert "news.example" in str(failure)


async def test_a_look_up_that_hangs_ends_in_time() -> None:
    async def hangs(_: str) -> list[str]:
        await asyncio.Event().wait()
        raise AssertionError

    limits = Limits(connect=0.05)
    async with Web(allow_private=False, resolver=hangs, limits=limits) as web:
        assert "took too long" in str(await refused(web, "http://news.example/"))


async def test_the_system_s_own_names_are_known(server: Server, web: Web) -> None:
    server.pages["/"] = answers(200, b"x")
    assert (await web.get(server.url(host="localhost"))).body == b"x"
    failure = await refused(web, "http://nobody.invalid/")
    assert "nobody.invalid" in str(failure)


async def test_a_server_without_tls_is_one_sentence(web: Web) -> None:
    async def plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await closes(b"HTTP/1.1 400 plain HTTP only\r\n\r\n")(writer)

    async with await asyncio.start_server(plainly, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        failure = await refused(web, f"https://127.0.0.1:{port}/")
    assert "No secure connection" in str(failure)


async def test_a_certificate_of_nobody_is_not_trusted_and_the_name_asked_for_is_the_name() -> None:
    tls, named = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    tls.load_cert_chain(CERTIFICATE)
    tls.sni_callback = lambda _, name, __: named.append(name)

    async def lookup(_: str) -> list[str]:
        return ["127.0.0.1"]

    async with serving(tls) as server, Web(allow_private=True, resolver=lookup) as web:
        failure = await refused(web, f"https://news.example:{server.port}/")
        assert not server.asked
    assert "certificate" in str(failure)
    assert set(named) == {"news.example"}


async def test_a_certificate_holds_for_its_own_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusting)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)

    async def lookup(_: str) -> list[str]:
        return ["127.0.0.1"]

    async with serving(tls) as server, Web(allow_private=True, resolver=lookup) as web:
        server.pages["/"] = answers(200, b"x")
        page = await web.get(f"https://news.example:{server.port}/")
        assert page.body == b"x"
        assert "certificate" in str(await refused(web, f"https://evil.example:{server.port}/"))
        assert "certificate" in str(await refused(web, f"https://127.0.0.1:{server.port}/"))
        assert len(server.asked) == 1


async def test_a_connection_is_used_again_and_may_have_ended_meanwhile(
    server: Server, web: Web
) -> None:
    server.pages["/"] = answers(200, b"x")
    server.pages["/bye"] = closes(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    for path in ("/", "/", "/bye", "/"):
        assert (await web.get(server.url(path))).body == b"x"


async def test_a_door_that_is_shut_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        await Web(allow_private=True).get("http://127.0.0.1/")


def test_failures_are_for_people() -> None:
    assert issubclass(WebError, UserError)
    assert issubclass(Gone, WebError)
