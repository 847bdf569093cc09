"""Whether bytes are a picture Telegram would take as a photo, and how large it is."""

import struct

from bot.playground.errors import bad_request

LONGEST_SUM, WIDEST_RATIO = 10_000, 20
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def checked_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG; raises Telegram's refusals."""
    width, height = _size(data)
    if not (width and height):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > LONGEST_SUM or max(width, height) > WIDEST_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def is_picture(data: bytes) -> bool:
    return _size(data) != (0, 0)


def _size(data: bytes) -> tuple[int, int]:
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack_from(">II", data, 16)
        elif data[:6] in {b"GIF87a", b"GIF89a"}:
            width, height = struct.unpack_from("<HH", data, 6)
        elif data.startswith(b"\xff\xd8"):
            width, height = _jpeg_size(data)
        else:
            return 0, 0
    except (struct.error, IndexError):
        return 0, 0
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while data[at] == 0xFF:
        kind = data[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return 0, 0
