"""Files on their way up and down, kept in memory and dropped oldest first."""

import mimetypes
import secrets
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.pictures import checked_size

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
KEPT_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    name: str
    mime_type: str
    data: bytes
    path: str
    size: tuple[int, int] = (0, 0)

    def document(self) -> dict[str, Any]:
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def photo(self) -> list[dict[str, Any]]:
        width, height = self.size
        name = {"file_id": self.id, "file_unique_id": self.unique_id}
        return [{**name, "width": width, "height": height, "file_size": len(self.data)}]


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._bytes = 0

    def add(self, data: bytes, name: str, *, photo: bool = False) -> StoredFile:
        if not data:
            raise bad_request("file must be non-empty")
        size = checked_size(data) if photo else (0, 0)
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        number = len(self._by_id)
        unique = secrets.token_hex(6) + f"{number:x}"
        prefix, folder = ("AgAC", "photos") if photo else ("BQAC", "documents")
        suffix = "." + name.rsplit(".", 1)[-1] if "." in name else ""
        path = f"{folder}/file_{unique}{suffix if suffix.isascii() else ''}"
        file_id = prefix + secrets.token_urlsafe(24)
        file = StoredFile(file_id, "A" + unique, name, mime, data, path, size)
        self.keep(file)
        return file

    def get(self, file_id: str) -> StoredFile:
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file a bot may download from `/file/bot<token>/PATH`."""
        return next((file for file in self._by_id.values() if file.path == path), None)

    def keep(self, file: StoredFile) -> None:
        self._by_id[file.id] = file
        self._bytes += len(file.data)
        while self._bytes > KEPT_BYTES and len(self._by_id) > 1:
            oldest = self._by_id.pop(next(iter(self._by_id)))
            self._bytes -= len(oldest.data)
