"""Documents and pictures from the bot, and where it may download what people sent."""

from typing import Any

from bot.playground.chats import Json
from bot.playground.composing import caption_content, message_from_bot
from bot.playground.errors import ApiError, bad_request
from bot.playground.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT, StoredFile
from bot.playground.methods.chats import chat_to_write_in
from bot.playground.params import Params
from bot.playground.world import World

PICTURE_LIMIT = 10 * 1024 * 1024


def send_document(world: World, params: Params) -> Json:
    return _send(world, params, "document")


def send_photo(world: World, params: Params) -> Json:
    return _send(world, params, "photo")


def _send(world: World, params: Params, kind: str) -> Json:
    chat = chat_to_write_in(world, params)
    file = _file(world, params, kind, kind)
    content = _content(kind, file) | caption_content(world, params)
    return message_from_bot(world, chat, params, content)


def media_content(world: World, described: Params) -> Json:
    """The content of an InputMedia object whose `media` is an id or `attach://name`."""
    kind = described.text("type")
    if kind not in {"document", "photo"}:
        raise bad_request("can't parse InputMedia: type must be document or photo")
    return _content(kind, _file(world, described, "media", kind))


def _content(kind: str, file: StoredFile) -> Json:
    return {"photo": file.photo()} if kind == "photo" else {"document": file.document()}


def _file(world: World, params: Params, field: str, kind: str) -> StoredFile:
    name = params.text(field)
    if name.startswith("attach://"):
        field, name = name.removeprefix("attach://"), ""
    upload = params.uploads.get(field)
    if upload is not None:
        if len(upload.data) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo" and len(upload.data) > PICTURE_LIMIT:
            size = len(upload.data)
            raise bad_request(f"file of size {size} bytes is too big for a photo")
        return world.files.add(upload.data, upload.name, photo=kind == "photo")
    if not name:
        raise bad_request(f"there is no {kind} in the request")
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.find(name)
    if file is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it")
    return file


def get_file(world: World, params: Params) -> Json:
    if not params.has("file_id"):
        raise bad_request("file_id not specified")
    file = world.files.get(params.text("file_id"))
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


ROLL: dict[str, Any] = {
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "getFile": get_file,
}
