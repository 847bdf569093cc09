"""Ids are never given twice, whatever happens to the process."""

from pathlib import Path

from bot.playground import Playground
from bot.playground.counters import Counters


def test_a_new_process_goes_on_above_the_old_one(tmp_path: Path) -> None:
    first = Counters(tmp_path)
    given = [first.next("message_id") for _ in range(2500)]
    second = Counters(tmp_path)
    assert second.next("message_id") > given[-1]
    assert given == list(range(1, 2501))


def test_counters_do_not_share_numbers(tmp_path: Path) -> None:
    counters = Counters(tmp_path)
    assert [counters.next("message_id"), counters.next("update_id")] == [1, 1]


async def test_the_playground_keeps_its_token_and_numbers(tmp_path: Path) -> None:
    async with Playground(state_dir=tmp_path) as before:
        old = await before.person("Ann").send("hello")
        old_update = before.world.updates.pending[-1]["update_id"]
    async with Playground(state_dir=tmp_path) as after:
        new = await after.person("Ann").send("hello")
        assert after.token == before.token
        assert new.id > old.id
        assert after.world.updates.pending[-1]["update_id"] > old_update


def test_without_a_folder_the_numbers_begin_anew() -> None:
    assert Counters().next("message_id") == Counters().next("message_id") == 1
