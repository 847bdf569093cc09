"""Workers: they read under limits, may be killed at any moment, and die with the bot."""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from pebble import ProcessPool

from bot.child import Children, Progress, tasks
from bot.errors import UserError
from bot.playground.waiting import PATIENCE
from bot.reading import progress
from bot.words import tokens
from tests.reading.formats.samples import column, pdf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

TEXT = "A first gate keeps the water out. A second gate keeps the water in. That is all there is."
# What only sumy's own methods want would take 65 MB in each worker.
SELDOM = {"sumy", "nltk"}
HEAVY = {
    "numpy",
    "scipy",
    "chardet",
    "jieba",
    "snowballstemmer",
    "stopwordsiso",
    "lxml",
    "trafilatura",
    "pypdfium2",
    "feedparser",
}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are Linux's")


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    async with Children(workers=1) as made:
        yield made


def refuse(reason: str) -> None:
    raise UserError("It can't be {reason}.", reason=reason)


def stumble(secret: str) -> None:
    raise KeyError(secret)


def at_hand() -> tuple[set[str], bool, bool]:
    loaded = (HEAVY | SELDOM) & sys.modules.keys()
    return loaded, bool(tokens.cutter.cache_info().currsize), gc.get_freeze_count() > 0


def recurse() -> None:
    recurse()


def big(size: int) -> str:
    return "x" * size


def announce_and_wait(path: str) -> None:
    """Tell the test through a pipe that the task runs, then never return."""
    with Path(path).open("wb", buffering=0) as pipe:
        pipe.write(b"%d\n" % os.getpid())
        signal.pause()


def turn_and_wait(path: str) -> None:
    """The same, in the middle of a long document."""
    progress.turned.get()(240, 1000)
    announce_and_wait(path)


def spin(path: str) -> None:
    """The same, busy: only a kill ends it."""
    pipe = Path(path).open("wb", buffering=0)  # noqa: SIM115 - it closes when the process ends
    pipe.write(b"%d\n" % os.getpid())
    while True:
        pass


def announce_and_hear(path: str) -> str:
    """Tell the test that the task runs, then wait for its answer."""
    with Path(path).open("wb", buffering=0) as pipe:
        pipe.write(b"%d\n" % os.getpid())
        return Path(f"{path}-back").read_text()


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    for name in (path, f"{path}-back"):
        os.mkfifo(name)
    return path


async def started(fifo: Path) -> tuple[int, int]:
    """The pipe's end and the number of the process that wrote to it; both once it runs."""
    end = await asyncio.to_thread(os.open, fifo, os.O_RDONLY)
    said = await asyncio.to_thread(os.read, end, 100)
    return end, int(said)


async def gone(end: int) -> bool:
    """Wait until the process at the other end of the pipe is no more."""
    rest = await asyncio.to_thread(os.read, end, 100)
    os.close(end)
    return rest == b""


async def test_a_text_is_read_in_another_process(children: Children) -> None:
    reading = await children.read(TEXT, title=None, language=None)
    assert [sentence.text for sentence in reading.best(1)] != []
    assert reading.language == "en"
    assert await children.run(os.getpid) != os.getpid()


async def test_a_refusal_of_the_reader_reaches_the_person(children: Children) -> None:
    with pytest.raises(UserError, match="There is nothing to read: the text is empty"):
        await children.read(" ", title=None, language=None)
    with pytest.raises(UserError, match="It can't be so"):
        await children.run(refuse, "so")


async def test_any_string_comes_through_unchanged(children: Children) -> None:
    for text in ("\x00", "\ud800 lone", "😀" * 10, "ن\u202e"):
        assert await children.run(str, text) == text
    assert len(await children.run(big, 5_000_000)) == 5_000_000


async def test_a_worker_serves_many_tasks(children: Children) -> None:
    assert await children.run(os.getpid) == await children.run(os.getpid)


@pytest.mark.parametrize(
    ("task", "wall"), [(spin, 10_000), (announce_and_wait, 2)], ids=["computes", "waits"]
)
async def test_a_task_that_takes_too_long_is_killed_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, fifo: Path, task: Callable[[str], None], wall: int
) -> None:
    monkeypatch.setattr("bot.child.children.CHILD_WALL_TIMES", wall)
    async with Children(workers=1, seconds=0.2) as children:
        running = asyncio.create_task(children.run(task, str(fifo)))
        end, _ = await started(fifo)
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(UserError, match="That text took too long to read"):
                await running
        assert await gone(end)
        assert await children.run(len, "next") == 4


async def test_a_task_that_others_keep_from_the_processor_has_time(fifo: Path) -> None:
    async with Children(workers=1, seconds=0.2) as children:
        running = asyncio.create_task(children.run(announce_and_hear, str(fifo)))
        end, _ = await started(fifo)
        busy_until = process_time() + 0.3
        while process_time() < busy_until:
            pass
        await asyncio.to_thread(Path(f"{fifo}-back").write_text, "well")
        assert await running == "well"
        os.close(end)


async def test_a_killed_worker_is_one_sentence_and_the_next_task_runs(
    children: Children, fifo: Path
) -> None:
    waiting = asyncio.create_task(children.run(announce_and_wait, str(fifo)))
    end, pid = await started(fifo)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(UserError, match="made the reader stop"):
        await waiting
    assert await gone(end)
    assert await children.run(len, "next") == 4


async def test_a_worker_killed_while_idle_is_replaced_unnoticed(children: Children) -> None:
    before = await children.run(os.getpid)
    os.kill(before, signal.SIGKILL)
    assert await children.run(os.getpid) != before


@LINUX
async def test_workers_die_with_their_server_and_both_are_replaced(children: Children) -> None:
    worker, server = await children.run(os.getpid), await children.run(os.getppid)
    alive = os.pidfd_open(worker)
    os.kill(server, signal.SIGKILL)
    await asyncio.to_thread(select.select, [alive], [], [])
    os.close(alive)
    assert await children.run(os.getppid) != server


async def test_an_aborting_worker_is_one_sentence(children: Children) -> None:
    with pytest.raises(UserError, match="made the reader stop"):
        await children.run(os.abort)


@LINUX
@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [("at once", "could not be started"), ("later", "made the reader stop")],
)
async def test_a_pool_that_breaks_says_whether_the_text_was_to_blame(
    monkeypatch: pytest.MonkeyPatch, breaks: str, sentence: str
) -> None:
    def schedule(*_: object, **__: object) -> Future[object]:
        if breaks == "at once":
            raise BrokenProcessPool
        future: Future[object] = Future()
        future.set_exception(BrokenProcessPool("All workers expired"))
        return future

    monkeypatch.setattr(ProcessPool, "schedule", schedule)
    async with Children(workers=1) as children:
        with pytest.raises(UserError, match=sentence):
            await children.run(os.getpid)


async def test_memory_beyond_the_budget_is_refused_and_the_next_task_runs() -> None:
    async with Children(workers=1, memory=50_000_000) as children:
        assert await children.run(len, "x" * 1_000_000) == 1_000_000
        with pytest.raises(UserError, match="That text needs more memory than allowed"):
            await children.run(bytearray, 100_000_000)
        assert await children.run(len, "next") == 4


@LINUX
def test_a_reader_takes_no_more_than_a_limit_set_outside_leaves() -> None:
    """As by `ulimit -v`, which no process may raise again."""
    code = """
        import resource
        from bot.child.limits import cap_memory
        resource.setrlimit(resource.RLIMIT_AS, (2**36, 2**36))
        cap_memory(2**40)
        print(resource.getrlimit(resource.RLIMIT_AS) == (2**36, 2**36))
        cap_memory(2**30)
        print(resource.getrlimit(resource.RLIMIT_AS)[1] < 2**32)
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == ["True", "True"]


async def test_cancelling_the_wait_kills_the_worker(children: Children, fifo: Path) -> None:
    waiting = asyncio.create_task(children.run(spin, str(fifo)))
    end, _ = await started(fifo)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await gone(end)
    assert await children.run(len, "next") == 4


async def test_pages_read_so_far_are_known_outside_and_begin_anew_with_each_task(
    children: Children, fifo: Path
) -> None:
    watched = Progress()
    assert watched.pages == (0, 0)
    waiting = asyncio.create_task(children.run(turn_and_wait, str(fifo), progress=watched))
    end, pid = await started(fifo)
    assert watched.pages == (240, 1000)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(UserError, match="made the reader stop"):
        await waiting
    assert await gone(end)
    assert await children.run(len, "next", progress=watched) == 4
    assert watched.pages == (0, 0)
    data = pdf(*[column(["The gate keeps the water out of the town."], 50, 700)] * 3)
    await children.run(tasks.read_file, data, None, progress=watched)
    assert watched.pages == (3, 3)


async def test_closing_kills_what_runs_and_tells_who_waits(fifo: Path) -> None:
    children = Children(workers=1)
    running = asyncio.create_task(children.run(spin, str(fifo)))
    end, _ = await started(fifo)
    queued = asyncio.create_task(children.run(len, "never"))
    await children.close()
    for task in (running, queued):
        with pytest.raises(UserError, match="The bot is stopping"):
            await task
    assert await gone(end)


async def test_more_tasks_than_the_queue_holds_are_turned_away(fifo: Path) -> None:
    async with Children(workers=1, queue=1) as children:
        running = asyncio.create_task(children.run(announce_and_wait, str(fifo)))
        end, _ = await started(fifo)
        queued = asyncio.create_task(children.run(len, "next"))
        await asyncio.sleep(0)
        with pytest.raises(UserError, match="Too many texts are being read"):
            await children.run(len, "too many")
        running.cancel()
        assert await queued == 4
        assert await gone(end)


async def test_two_workers_run_at_once(fifo: Path) -> None:
    async with Children(workers=2) as children:
        running = asyncio.create_task(children.run(announce_and_wait, str(fifo)))
        end, pid = await started(fifo)
        assert await children.run(os.getpid) != pid
        running.cancel()
        assert await gone(end)


async def test_an_unexpected_error_shows_its_place_but_never_the_text(
    children: Children, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UserError) as told:
        await children.run(stumble, "the secret text")
    assert "KeyError at " in caplog.text
    assert "test_children.py" in caplog.text
    assert "secret" not in caplog.text + str(told.value)
    with pytest.raises(UserError):
        await children.run(recurse)
    assert await children.run(len, "next") == 4


async def test_warming_returns_at_once_and_reads_may_follow() -> None:
    async with Children(workers=1) as children:
        await children.warm()
        await children.warm()
        assert await children.run(len, "next") == 4


async def test_a_new_worker_has_everything_heavy_at_hand(children: Children) -> None:
    assert await children.run(at_hand) == (HEAVY, True, True)


async def test_the_workers_use_one_thread_for_numbers(children: Children) -> None:
    assert await children.run(os.getenv, "OPENBLAS_NUM_THREADS") == "1"


SCRIPT = """
    import asyncio, sys
    from bot.child import Children
    from bot.words import count, language, sentences, similar, tokens

    async def main():
        async with Children() as children:
            await children.read("A gate stands. The gate works.", title=None, language=None)

    if __name__ == "__main__":
        asyncio.run(main())
        print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_the_bot_itself_imports_nothing_heavy() -> None:
    found = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT)], capture_output=True, text=True, check=True
    )
    assert not (HEAVY | SELDOM) & set(found.stdout.split())
    assert found.stderr == ""


def test_a_main_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT).replace('if __name__ == "__main__"', "if True"))
    found = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert len(found.stdout.splitlines()) == 1
    assert found.stderr == ""


KILLED = """
    import asyncio, builtins, sys
    from bot.child import Children

    BUSY = "import os\\npipe = os.open({!r}, os.O_WRONLY)\\nos.write(pipe, b'1')\\nwhile True: pass"

    async def main():
        async with Children() as children:
            await children.run(builtins.exec, BUSY.format(sys.argv[1]))

    asyncio.run(main())
"""


@LINUX
def test_a_busy_worker_dies_with_a_bot_that_is_killed_and_nothing_is_said(fifo: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(fifo)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as bot:
        end = os.open(fifo, os.O_RDONLY)
        assert os.read(end, 100) == b"1"
        bot.kill()
        assert bot.communicate()[1] == b""
    assert os.read(end, 100) == b""
    os.close(end)


ENDLESS = """
    import os, signal

    pipe = os.open({!r}, os.O_WRONLY)
    os.write(pipe, b"1")
    signal.pause()
"""

STOPPED = """
    import asyncio, os, sys
    from bot.child import children

    children._PRELOAD = ["endless"]

    async def main():
        async with children.Children() as made:
            await made.warm()
            with await asyncio.to_thread(open, sys.argv[1], "rb", buffering=0) as pipe:
                await asyncio.to_thread(pipe.read, 1)

    asyncio.run(main())
"""


def test_a_bot_that_is_stopped_does_not_wait_for_what_readers_import(
    fifo: Path, tmp_path: Path
) -> None:
    (tmp_path / "endless.py").write_text(textwrap.dedent(ENDLESS).format(str(fifo)))
    path = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(tmp_path)])}
    command = [sys.executable, "-c", textwrap.dedent(STOPPED), str(fifo)]
    ended = subprocess.run(
        command, env=path, capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stderr == ""
