"""The personas' chats over a restart of the playground."""

from pathlib import Path

import pytest

from bot.playground import Playground
from bot.playground.pictures import checked_size
from tests.playground.test_files import png


async def test_what_was_said_survives_a_restart(tmp_path: Path) -> None:
    async with Playground(state_dir=tmp_path, personas=True) as first:
        maya = first.visitor()
        await maya.send("hello")
        await maya.upload(b"bytes", "报告.txt", caption="read this")
        await maya.upload(png(80, 60), "chart.png", photo=True)
        before = list(first.world.chats[maya.id].messages.values())
    async with Playground(state_dir=tmp_path, personas=True) as second:
        after = list(second.world.chats[maya.id].messages.values())
        assert after == before
        document = second.world.files.get(after[1]["document"]["file_id"])
        assert (document.name, document.data) == ("报告.txt", b"bytes")
        photo = second.world.files.get(after[2]["photo"][0]["file_id"])
        assert photo.size == checked_size(photo.data)


async def test_the_group_keeps_its_id_and_the_bot_joins_it_once(tmp_path: Path) -> None:
    async with Playground(state_dir=tmp_path, personas=True) as first:
        groups = [chat.id for chat in first.world.chats.values() if not chat.is_private]
        assert len(first.world.updates.pending) == 1
    async with Playground(state_dir=tmp_path, personas=True) as second:
        assert groups == [chat.id for chat in second.world.chats.values() if not chat.is_private]
        assert not second.world.updates.pending


async def test_the_group_is_known_even_when_nothing_could_be_saved(tmp_path: Path) -> None:
    first = Playground(state_dir=tmp_path, personas=True)
    second = Playground(state_dir=tmp_path, personas=True)
    assert list(first.world.chats) == list(second.world.chats)


@pytest.mark.parametrize("kept", ["{", "[]", '{"chats": [{}]}', '{"chats": 5}'])
async def test_a_broken_history_begins_anew(
    tmp_path: Path, kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "chats.json").write_text(kept)
    async with Playground(state_dir=tmp_path, personas=True) as playground:
        assert not playground.world.chats[playground.admin_id].messages
    assert "old chats cannot be read" in caplog.text


async def test_without_personas_nothing_is_kept(tmp_path: Path) -> None:
    async with Playground(state_dir=tmp_path) as playground:
        await playground.person("Ann").send("hello")
    assert not (tmp_path / "chats.json").exists()
