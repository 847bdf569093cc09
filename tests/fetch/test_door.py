"""What the door keeps shut: no way leads into the network that the bot itself stands in."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import aiohttp.connector
import pytest

from bot.fetch import Limits, Web, WebError
from tests.fetch.server import answers, leads, says
from tests.fetch.test_addresses import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.fetch.names import Lookup
    from tests.fetch.server import Server

FAR = "93.184.216.34"


class Internet:
    """Whatever is connected to, `server` answers; `reached` are the addresses as connected."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.reached: list[tuple[str, int]] = []

    async def connect(self, addr_infos: Sequence[Any], **_: object) -> socket.socket:
        self.reached += [info[4][:2] for info in addr_infos]
        made = socket.socket()
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.server.port))
        return made


@pytest.fixture
def internet(server: Server, monkeypatch: pytest.MonkeyPatch) -> Internet:
    made = Internet(server)
    monkeypatch.setattr("aiohappyeyeballs.start_connection", made.connect)
    return made


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web(allow_private=False, resolver=names({"news.example": [FAR]})) as made:
        yield made


def names(known: dict[str, list[str]]) -> Lookup:
    """Gives each name's addresses, the last of several answers for ever."""

    async def lookup(host: str) -> list[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return known[host]

    return lookup


async def test_a_public_server_is_reached_at_the_address_that_was_looked_at(
    internet: Internet, web: Web
) -> None:
    internet.server.pages["/"] = answers(200, b"news")
    page = await web.get("http://news.example/")
    assert (page.body, page.url) == (b"news", "http://news.example/")
    assert internet.reached == [(FAR, 80)]
    assert internet.server.asked[0].headers["host"] == "news.example"


async def test_a_public_number_is_reached_as_it_is(internet: Internet, web: Web) -> None:
    internet.server.pages["/"] = answers(200, b"news")
    await web.get("http://0x5db8d822/")
    assert internet.reached == [(FAR, 80)]


@pytest.mark.parametrize("host", LOOPBACK)
async def test_no_spelling_of_loopback_is_connected_to(
    internet: Internet, web: Web, host: str
) -> None:
    for scheme in ("http", "https"):
        with pytest.raises(WebError, match="not on the public internet"):
            await web.get(f"{scheme}://{host}/")
    assert not internet.reached


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["::1"], ["10.0.0.7"], ["169.254.169.254"], ["::ffff:127.0.0.1"],
     ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["fe80::1%eth0"], [FAR, "192.168.1.1"],
     ["2600::1", "fd00::1"], ["0.0.0.0"], ["224.0.0.1"], ["192.0.0.8"]],
)  # fmt: skip
async def test_a_name_that_stands_for_a_private_address_is_not_connected_to(
    internet: Internet, found: list[str]
) -> None:
    async with Web(allow_private=False, resolver=names({"evil.example": found})) as web:
        with pytest.raises(WebError, match=r"evil\.example is not on the public internet"):
            await web.get("http://evil.example/")
    assert not internet.reached


async def test_a_name_without_addresses_can_t_be_reached(internet: Internet) -> None:
    async with Web(allow_private=False, resolver=names({"evil.example": []})) as web:
        with pytest.raises(WebError, match="no server called"):
            await web.get("http://evil.example/")
    assert not internet.reached


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "http://2130706433/", "//0x7f.1/", "http://[::1]/", "https://inner.example/",
     "http://169.254.169.254/latest/meta-data/", "http://news.example:8080/", "http://１２７.1/",
     "http://me:pw@news.example/", "file:///etc/passwd"],
)  # fmt: skip
async def test_a_redirect_leads_to_no_place_that_could_not_be_asked_for(
    internet: Internet, location: str
) -> None:
    known = {"news.example": [FAR], "inner.example": ["10.1.2.3"]}
    internet.server.pages["/"] = leads(location, 301)
    async with Web(allow_private=False, resolver=names(known)) as web:
        with pytest.raises(WebError):
            await web.get("http://news.example/")
    assert internet.reached == [(FAR, 80)]


async def test_a_name_that_changes_its_address_in_between_is_looked_at_again(
    internet: Internet,
) -> None:
    """DNS rebinding: what is connected to is what was looked at, each time."""
    found = iter([[FAR], ["127.0.0.1"], ["127.0.0.1"]])

    async def rebinds(_: str) -> list[str]:
        return next(found)

    bye = says(200, b"x", Content_Length="1", Connection="close")
    internet.server.pages["/"] = bye
    polite = Limits(gap=0)
    async with Web(allow_private=False, resolver=rebinds, limits=polite) as web:
        await web.get("http://evil.example/")
        with pytest.raises(WebError, match="not on the public internet"):
            await web.get("http://evil.example/")
    assert internet.reached == [(FAR, 80)]


async def test_a_redirect_to_itself_is_looked_at_again(internet: Internet) -> None:
    found = iter([[FAR], ["127.0.0.1"]])

    async def rebinds(_: str) -> list[str]:
        return next(found)

    internet.server.pages["/"] = says(302, b"", Location="/b", Connection="close")
    async with Web(allow_private=False, resolver=rebinds) as web:
        with pytest.raises(WebError, match="not on the public internet"):
            await web.get("http://evil.example/")
    assert internet.reached == [(FAR, 80)]


@pytest.mark.parametrize("port", [22, 8080, 6379])
async def test_other_ports_are_not_connected_to(internet: Internet, web: Web, port: int) -> None:
    with pytest.raises(WebError, match="80 and 443"):
        await web.get(f"http://news.example:{port}/")
    assert not internet.reached


async def test_a_redirect_from_https_to_http_is_followed(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of TLS only that it would be spoken matters here."""
    monkeypatch.setattr(aiohttp.connector.TCPConnector, "_get_ssl_context", lambda *_: None)
    internet.server.pages |= {"/a": leads("http://news.example/b"), "/b": answers(200, b"x")}
    async with Web(allow_private=False, resolver=names({"news.example": [FAR]})) as web:
        assert (await web.get("https://news.example/a")).url == "http://news.example/b"
    assert internet.reached == [(FAR, 443), (FAR, 80)]


async def test_a_proxy_is_asked_for_the_whole_address(server: Server) -> None:
    server.pages["http://news.example/a?b"] = answers(200, b"by proxy")
    proxy = f"http://me:pw@127.0.0.1:{server.port}"
    async with Web(allow_private=False, proxy=proxy, resolver=names({})) as web:
        assert (await web.get("http://news.example/a?b")).body == b"by proxy"
    assert server.asked[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize("url", ["http://127.1/", "http://[::ffff:10.0.0.1]/", "http://inner.example/",
                                 "http://news.example:81/", "http://moved.example/"])  # fmt: skip
async def test_through_a_proxy_nothing_private_is_asked_for_either(
    server: Server, url: str
) -> None:
    known = {"inner.example": ["10.0.0.1"], "moved.example": [FAR]}
    server.pages["http://moved.example/"] = leads("http://inner.example/")
    proxy = f"http://127.0.0.1:{server.port}"
    async with Web(allow_private=False, proxy=proxy, resolver=names(known)) as web:
        with pytest.raises(WebError, match=r"not on the public internet|80 and 443"):
            await web.get(url)
    assert {asked.path for asked in server.asked} <= {"http://moved.example/"}


async def test_a_proxy_that_refuses_or_is_down_is_one_sentence_without_its_password(
    server: Server,
) -> None:
    server.pages["news.example:443"] = answers(403)
    for port, words in ((server.port, "does not let us through"), (1, "proxy can't be reached")):
        proxy = f"http://me:hunter2@127.0.0.1:{port}"
        async with Web(allow_private=False, proxy=proxy, resolver=names({})) as web:
            with pytest.raises(WebError, match=words) as failure:
                await web.get("https://news.example/")
        assert "hunter2" not in str(failure.value)
