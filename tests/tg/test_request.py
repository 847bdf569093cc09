"""The way to Telegram, over a real socket: what arrives there, and what is said when it fails."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.tg import request
from bot.tg.request import AiohttpRequest, NotSent, ServerFault
from bot.tg.retry import Fate, fate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Act = Callable[[asyncio.StreamWriter], Awaitable[None]]

TOKEN = "123456:AAsecret-key-of-the-bot"


class Server:
    """Reads one request after the other and does what the script says with each."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str], bytes]] = []
        self.connections = 0
        self.script: list[Act] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot{TOKEN}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while not writer.is_closing():
                await self._one(reader, writer)
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        lines = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        while headers.get("transfer-encoding") == "chunked":
            size = int(await reader.readline(), 16)
            body += (await reader.readexactly(size + 2))[:size]
            if not size:
                break
        self.seen.append((head[0], headers, body))
        await (self.script.pop(0) if self.script else answers(200, result=True))(writer)


def answers(status: int, raw: bytes | None = None, **fields: object) -> Act:
    payload = raw if raw is not None else json.dumps({"ok": status == 200, **fields}).encode()

    async def act(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(payload)}\r\n\r\n"
        writer.write(head.encode() + payload)
        await writer.drain()

    return act


async def hangs_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def breaks_off(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{")
    await writer.drain()
    writer.close()


async def says_nonsense(writer: asyncio.StreamWriter) -> None:
    writer.write(b"I am no HTTP server\r\n\r\n")
    await writer.drain()
    writer.close()


async def drips(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
    with suppress(ConnectionError):
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0)


async def is_silent(writer: asyncio.StreamWriter) -> None:
    del writer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    listening.close()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    made = AiohttpRequest(connections=4)
    await made.initialize()
    yield made
    await made.shutdown()


def data(**values: Any) -> RequestData:
    return RequestData([RequestParameter.from_input(key, value) for key, value in values.items()])


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told(error: BaseException) -> str:
    """All that a log would show of an error."""
    return f"{error!r} {error} {error.__cause__!r}"


async def test_a_call_arrives_as_a_form_in_utf8(server: Server, request_: AiohttpRequest) -> None:
    server.script = [answers(200, result={"message_id": 5})]
    result = await request_.post(f"{server.url}/sendMessage", data(chat_id=1, text="汉 & 😀\n="))
    assert result == {"message_id": 5}
    line, headers, body = server.seen[0]
    assert line == f"POST /bot{TOKEN}/sendMessage HTTP/1.1"
    assert headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert body == b"chat_id=1&text=%E6%B1%89+%26+%F0%9F%98%80%0A%3D"


async def test_a_call_without_parameters_goes_too(server: Server, request_: AiohttpRequest) -> None:
    assert await request_.post(f"{server.url}/getMe") is True


async def test_a_file_goes_as_multipart_beside_the_other_fields(
    server: Server, request_: AiohttpRequest
) -> None:
    file = InputFile(b"\x00\xff body", filename="report.txt")
    await request_.post(f"{server.url}/sendDocument", data(chat_id=1, document=file))
    _, headers, body = server.seen[0]
    assert headers["content-type"].startswith("multipart/form-data")
    assert b'name="chat_id"' in body
    assert b'name="document"; filename="report.txt"' in body
    assert b"\r\n\r\n\x00\xff body\r\n" in body


async def test_the_name_of_a_file_arrives_as_it_is_written(
    server: Server, request_: AiohttpRequest
) -> None:
    file = InputFile(b"x", filename='工作 "报告"😀.txt')
    await request_.post(f"{server.url}/sendDocument", data(document=file))
    assert 'filename="工作 \\"报告\\"😀.txt"'.encode() in server.seen[0][2]


async def test_connections_are_used_again(server: Server, request_: AiohttpRequest) -> None:
    for _ in range(5):
        await request_.post(f"{server.url}/getMe")
    assert server.connections == 1


async def test_nobody_listening_means_not_sent(request_: AiohttpRequest) -> None:
    with pytest.raises(NotSent) as failure:
        await request_.post(f"http://127.0.0.1:{unused_port()}/bot{TOKEN}/sendMessage")
    assert str(failure.value) == "No connection to 127.0.0.1: Connection refused."
    assert TOKEN not in told(failure.value)


async def test_a_name_that_nobody_knows_means_not_sent(
    request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    with pytest.raises(NotSent) as failure:
        await request_.post(f"http://telegram.invalid/bot{TOKEN}/sendMessage")
    assert str(failure.value) == "No connection to telegram.invalid: Name or service not known."
    assert TOKEN not in told(failure.value)


async def test_a_server_that_can_t_speak_tls_means_not_sent(request_: AiohttpRequest) -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 plain HTTP only\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        with pytest.raises(NotSent) as failure:
            await request_.post(f"https://127.0.0.1:{port}/bot{TOKEN}/sendMessage")
    assert TOKEN not in told(failure.value)


@pytest.mark.parametrize("trouble", [hangs_up, breaks_off, says_nonsense])
async def test_a_connection_that_breaks_after_the_call_was_written_is_an_unknown_outcome(
    server: Server, request_: AiohttpRequest, trouble: Act
) -> None:
    server.script = [trouble]
    with pytest.raises(NetworkError) as failure:
        await request_.post(f"{server.url}/sendMessage", data(text="x"))
    assert not isinstance(failure.value, NotSent)
    assert TOKEN not in told(failure.value)
    assert len(server.seen) == 1


async def test_a_server_that_hung_up_meanwhile_is_not_taken_for_one_that_never_answered(
    server: Server, request_: AiohttpRequest
) -> None:
    server.script = [answers(200, result=True), hangs_up]
    await request_.post(f"{server.url}/getMe")
    with pytest.raises(NetworkError):
        await request_.post(f"{server.url}/sendMessage", data(text="x"))
    assert [line.split("/")[2].split()[0] for line, _, _ in server.seen] == ["getMe", "sendMessage"]


async def test_an_answer_that_comes_drop_by_drop_is_a_time_out(
    server: Server, request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "BODY_SECONDS", 0.01)
    server.script = [drips]
    with pytest.raises(TimedOut) as failure:
        await request_.post(f"{server.url}/sendMessage", data(text="x"))
    assert fate(failure.value) is Fate.UNKNOWN


async def test_silence_is_a_time_out_and_not_not_sent(
    server: Server, request_: AiohttpRequest
) -> None:
    server.script = [is_silent]
    with pytest.raises(TimedOut) as failure:
        await request_.post(f"{server.url}/sendMessage", data(text="x"), read_timeout=0.01)
    assert TOKEN not in told(failure.value)


@pytest.mark.parametrize("status", [500, 502, 504])
@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b'{"ok":false}'])
async def test_any_5xx_is_a_server_s_fault(
    server: Server, request_: AiohttpRequest, status: int, body: bytes
) -> None:
    server.script = [answers(status, body)]
    with pytest.raises(ServerFault, match=str(status)):
        await request_.post(f"{server.url}/sendMessage")


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadRequest), (401, InvalidToken), (403, Forbidden)]
)
async def test_a_refusal_is_telegram_s_own(
    server: Server, request_: AiohttpRequest, status: int, kind: type[Exception]
) -> None:
    server.script = [answers(status, description="because")]
    with pytest.raises(kind, match=r"[Bb]ecause"):
        await request_.post(f"{server.url}/sendMessage")


async def test_a_flood_says_how_long_to_wait(server: Server, request_: AiohttpRequest) -> None:
    server.script = [answers(429, description="slow", parameters={"retry_after": 7})]
    with pytest.raises(RetryAfter) as failure:
        await request_.post(f"{server.url}/sendMessage")
    assert failure.value.retry_after == 7


async def test_through_a_proxy_the_whole_address_is_asked_for(server: Server) -> None:
    request = AiohttpRequest(connections=1, proxy=f"http://me:pw@127.0.0.1:{server.port}")
    await request.initialize()
    assert await request.post(f"http://telegram.invalid/bot{TOKEN}/getMe") is True
    await request.shutdown()
    line, headers, _ = server.seen[0]
    assert line == f"POST http://telegram.invalid/bot{TOKEN}/getMe HTTP/1.1"
    assert headers["proxy-authorization"].startswith("Basic ")


async def test_a_proxy_that_is_down_means_not_sent_and_its_password_stays_secret() -> None:
    request = AiohttpRequest(connections=1, proxy=f"http://me:hunter2@127.0.0.1:{unused_port()}")
    await request.initialize()
    with pytest.raises(NotSent) as failure:
        await request.post(f"http://telegram.invalid/bot{TOKEN}/getMe")
    await request.shutdown()
    assert "hunter2" not in told(failure.value)


async def test_proxies_of_the_environment_are_not_used(
    server: Server, request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    assert await request_.post(f"{server.url}/getMe") is True


async def test_a_request_may_be_started_and_ended_more_than_once(server: Server) -> None:
    request = AiohttpRequest(connections=1)
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(f"{server.url}/getMe") is True
        await request.shutdown()
        await request.shutdown()
    with pytest.raises(NetworkError):
        await request.post(f"{server.url}/getMe")


async def test_ptb_s_own_bot_speaks_through_it(server: Server) -> None:
    me = {"id": 123456, "is_bot": True, "first_name": "Q", "username": "q_bot"}
    server.script = [answers(200, result=me), answers(200, result=True)]
    requests = AiohttpRequest(connections=2), AiohttpRequest(connections=1)
    bot = Bot(TOKEN, f"http://127.0.0.1:{server.port}/bot", request=requests[0],
              get_updates_request=requests[1])  # fmt: skip
    async with bot:
        assert bot.username == "q_bot"
        assert await bot.send_chat_action(1, "typing")


@pytest.mark.parametrize("page", [b"<html>Please log in</html>", b'{"ok":tru', b"", b"[]", b"\xff"])
async def test_a_page_in_the_answer_s_place_means_that_nobody_knows(
    server: Server, request_: AiohttpRequest, page: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = [answers(200, page)]
    with pytest.raises(NetworkError) as failure:
        await request_.post(f"{server.url}/sendMessage")
    assert fate(failure.value) is Fate.UNKNOWN
    assert caplog.text == ""


@pytest.mark.parametrize("status", [400, 403, 407, 409, 429])
async def test_a_proxy_that_refuses_speaks_for_no_chat(
    server: Server, request_: AiohttpRequest, status: int
) -> None:
    server.script = [answers(status, b"<html>Not from this network</html>")]
    with pytest.raises(ServerFault):
        await request_.post(f"{server.url}/sendMessage")


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_is_refused_in_whatever_words(
    server: Server, request_: AiohttpRequest, status: int
) -> None:
    server.script = [answers(status, b"Not Found")]
    with pytest.raises(InvalidToken):
        await request_.post(f"{server.url}/getMe")
