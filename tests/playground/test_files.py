"""Files up and down."""

import struct
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from bot.playground import Person, Playground
from tests.playground.conftest import Api


@pytest.fixture
async def ann(telegram: Playground) -> Person:
    person = telegram.person("Ann")
    await person.send("/start")
    return person


async def send_file(api: Api, method: str, data: bytes, name: str, **params: Any) -> Any:
    form = aiohttp.FormData({key: str(value) for key, value in params.items()}, quote_fields=False)
    form.add_field(method.removeprefix("send").lower(), data, filename=name)
    async with api.session.post(f"{api.root}/{method}", data=form) as response:
        return await response.json()


async def test_a_document_arrives_with_name_bytes_and_caption(api: Api, ann: Person) -> None:
    caption = {"caption": "<b>the</b> text", "parse_mode": "HTML"}
    await send_file(api, "sendDocument", b"hello", "报告 1.txt", chat_id=ann.id, **caption)
    message = await ann.reply()
    assert message.document
    assert (message.document.name, message.document.data) == ("报告 1.txt", b"hello")
    assert message.html == "<b>the</b> text"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height)


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width)


@pytest.mark.parametrize("picture", [png, jpeg])
async def test_a_photo_is_a_photo(
    api: Api, ann: Person, picture: Callable[[int, int], bytes]
) -> None:
    await send_file(api, "sendPhoto", picture(800, 600), "chart", chat_id=ann.id)
    message = await ann.reply()
    assert message.photo
    assert message.photo.data == picture(800, 600)
    assert message.photo.size == (800, 600)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_photo_that_is_refused(api: Api, ann: Person, data: bytes, words: str) -> None:
    answer = await send_file(api, "sendPhoto", data, "chart.png", chat_id=ann.id)
    assert answer["description"] == f"Bad Request: {words}"


async def test_a_file_is_sent_again_by_its_id(api: Api, ann: Person) -> None:
    sent = await send_file(api, "sendDocument", b"hello", "a.txt", chat_id=ann.id)
    number = sent["result"]["document"]["file_id"]
    await api.result("sendDocument", chat_id=ann.id, document=number)
    await ann.reply()
    again = await ann.reply()
    assert again.document
    assert again.document.data == b"hello"


async def test_the_bot_downloads_what_a_person_sent(
    api: Api, telegram: Playground, ann: Person
) -> None:
    await ann.upload(b"%PDF-1.7", "report.pdf", caption="/addreport now")
    message = (await api.result("getUpdates"))[-1]["message"]
    assert message["document"]["mime_type"] == "application/pdf"
    assert message["caption_entities"][0]["type"] == "bot_command"
    file = await api.result("getFile", file_id=message["document"]["file_id"])
    root = f"{telegram.url}/file/bot{telegram.token}"
    async with api.session.get(f"{root}/{file['file_path']}") as response:
        assert await response.read() == b"%PDF-1.7"


async def test_a_wrong_path_or_token_downloads_nothing(api: Api, telegram: Playground) -> None:
    async with api.session.get(f"{telegram.url}/file/bot{telegram.token}/etc/passwd") as missing:
        assert missing.status == 404
    async with api.session.get(f"{telegram.url}/file/bot1:x/documents/file") as refused:
        assert refused.status == 401


async def test_more_than_20_mb_cannot_be_downloaded(api: Api, ann: Person) -> None:
    await ann.upload(bytes(20 * 1024 * 1024 + 1), "big.bin")
    message = (await api.result("getUpdates"))[-1]["message"]
    refusal = await api.refusal("getFile", file_id=message["document"]["file_id"])
    assert refusal == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "there is no document in the request"),
        ({"document": "nonsense"}, "wrong remote file identifier specified: can't unserialize it"),
    ],
)
async def test_a_document_that_is_refused(
    api: Api, ann: Person, params: dict[str, Any], words: str
) -> None:
    assert await api.refusal("sendDocument", chat_id=ann.id, **params) == f"Bad Request: {words}"


async def test_an_empty_file_and_a_long_caption_are_refused(api: Api, ann: Person) -> None:
    empty = await send_file(api, "sendDocument", b"", "a.txt", chat_id=ann.id)
    assert empty["description"] == "Bad Request: file must be non-empty"
    long = await send_file(api, "sendDocument", b"x", "a.txt", chat_id=ann.id, caption="x" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"


async def test_captions_and_media_can_be_edited(api: Api, ann: Person) -> None:
    sent = await send_file(api, "sendDocument", b"one", "1.txt", chat_id=ann.id, caption="one")
    place = {"chat_id": ann.id, "message_id": sent["result"]["message_id"]}
    message = await ann.reply()
    await api.result("editMessageCaption", **place, caption="two")
    assert (await message.edited()).text == "two"
    other = await send_file(api, "sendDocument", b"three", "3.txt", chat_id=ann.id)
    media = {"type": "document", "media": other["result"]["document"]["file_id"]}
    await api.result("editMessageMedia", **place, media={**media, "caption": "three"})
    await message.edited()
    assert message.document
    assert (message.document.data, message.text) == (b"three", "three")
    refusal = await api.refusal("editMessageText", **place, text="x")
    assert refusal == "Bad Request: there is no text in the message to edit"
