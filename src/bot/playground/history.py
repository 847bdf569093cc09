"""What was said, kept on disk while the playground is not running; its files too."""

import json
import logging
from pathlib import Path
from typing import Any

from bot.playground.chats import Chat, Json
from bot.playground.counters import replace_file
from bot.playground.files import StoredFile
from bot.playground.world import World

KEPT_MESSAGES = 300
KEPT_BYTES = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


class History:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "chats.json"
        self._files = folder / "files"

    def save(self, world: World) -> None:
        chats = [_chat(chat) for chat in world.chats.values()]
        files = self._save_files(world, chats)
        kept = {"chats": chats, "files": files, "inline": world.inline_messages}
        replace_file(self._file, json.dumps(kept))

    def restore(self, world: World) -> None:
        """A history that cannot be read is left where it is; the chats begin anew."""
        if not self._file.exists():
            return
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            chats = {chat["info"]["id"]: _restored(chat) for chat in kept["chats"]}
            inline = {name: (int(c), int(m)) for name, (c, m) in kept["inline"].items()}
            files = [self._restored_file(described) for described in kept["files"]]
        except (OSError, ValueError, LookupError, TypeError) as error:
            _log.warning("The playground's old chats cannot be read: %s", error)
            return
        world.chats.update(chats)
        world.inline_messages.update(inline)
        for file in files:
            world.files.keep(file)

    def _save_files(self, world: World, chats: list[Json]) -> list[Json]:
        self._files.mkdir(parents=True, exist_ok=True)
        described, room = [], KEPT_BYTES
        for file_id in _file_ids(chats):
            file = world.files.find(file_id)
            if file is None or len(file.data) > room:
                continue
            room -= len(file.data)
            path = self._files / file.unique_id
            if not path.exists():
                path.write_bytes(file.data)
            shown = ("id", "unique_id", "name", "mime_type", "path", "size")
            described.append({name: getattr(file, name) for name in shown})
        names = {one["unique_id"] for one in described}
        for path in self._files.iterdir():
            if path.name not in names:
                path.unlink()
        return described

    def _restored_file(self, described: Json) -> StoredFile:
        data = (self._files / Path(described["unique_id"]).name).read_bytes()
        width, height = described["size"]
        return StoredFile(**{**described, "size": (int(width), int(height))}, data=data)


def _chat(chat: Chat) -> Json:
    messages = list(chat.messages.values())[-KEPT_MESSAGES:]
    numbers = {message["message_id"] for message in messages}
    return {
        "info": chat.info,
        "messages": messages,
        "by_bot": sorted(chat.by_bot & numbers),
        "silent": sorted(chat.silent & numbers),
        "pinned": [number for number in chat.pinned if number in numbers],
        "members": list(chat.members.items()),
        "topics": list(chat.topics.items()),
        "closed": sorted(chat.closed),
        "bot_status": chat.bot_status,
        "migrated_to": chat.migrated_to,
        "description": chat.description,
        "read": list(chat.read.items()),
    }


def _restored(kept: Json) -> Chat:
    given: dict[str, Any] = dict(kept)
    given["messages"] = {message["message_id"]: message for message in kept["messages"]}
    given["by_bot"], given["silent"] = set(kept["by_bot"]), set(kept["silent"])
    given["closed"] = set(kept.get("closed", ()))
    for name in ("members", "topics", "read"):
        given[name] = dict(kept[name])
    return Chat(**given)


def _file_ids(chats: list[Json]) -> list[str]:
    """Of all files in the messages, the newest first."""
    found = [
        (message["message_id"], file["file_id"])
        for chat in chats
        for message in chat["messages"]
        for file in (message.get("document"), *message.get("photo", ()))
        if file
    ]
    return [file_id for _, file_id in sorted(found, reverse=True)]
