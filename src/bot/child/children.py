"""The bot's side of its workers: a few at most, each replaced as soon as anything goes wrong."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, get_context, resource_tracker
from typing import TYPE_CHECKING, Any, Self, TypeVar, TypeVarTuple, cast

from pebble import ProcessExpired, ProcessPool

from bot.child import limits, tasks, worker
from bot.child.progress import Progress, counts
from bot.config import (
    CHILD_MEMORY_BYTES,
    CHILD_QUEUE,
    CHILD_SECONDS,
    CHILD_WALL_TIMES,
    CHILD_WORKERS,
)
from bot.errors import BusyError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from bot.child.progress import Counts
    from bot.models.reading import Reading

_CLOSE_SECONDS = 1.0
_PRELOAD = ["bot.child.preload"]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    task: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    progress: Progress


class Children:
    """Runs tasks in worker processes under limits of time, memory and number.

    Each pool holds one worker. A pool whose task did not end well is thrown away with its
    worker: a fresh one is forked, warm, in milliseconds, and no state of a killed one is left.
    """

    def __init__(
        self,
        *,
        workers: int = CHILD_WORKERS,
        seconds: float = CHILD_SECONDS,
        queue: int = CHILD_QUEUE,
        memory: int = CHILD_MEMORY_BYTES,
    ) -> None:
        """At most `workers` tasks run and `queue` more wait; a task has `memory` and `seconds` of
        the processor.
        """
        self._seconds, self._memory = seconds, memory
        self._free = asyncio.Semaphore(workers)
        self._room = workers + queue
        self._pools: dict[ProcessPool, Counts] = {}
        self._idle: list[ProcessPool] = []
        self._running: set[Future[worker.Outcome]] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._warming: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def read(self, text: str, *, title: str | None, language: str | None) -> Reading:
        """Read a text in a worker; a UserError says in one sentence why it can't be read."""
        return await self.run(tasks.read, text, title, language)

    async def warm(self) -> None:
        """Begin to import what readers need, in the background; tasks may be run at once."""
        if self._warming is None:
            self._warming = asyncio.create_task(self._warm())

    async def run(
        self,
        task: Callable[[*Ts], T],
        *args: *Ts,
        seconds: float | None = None,
        progress: Progress | None = None,
    ) -> T:
        """Run a top-level function of plain values in a worker; cancelling kills the worker.

        `seconds` is a limit of its own for a task that should take less than any may; `progress`
        can be asked meanwhile.
        Raises the task's own UserError, or one about time, memory, the queue or a crash.
        """
        if self._room <= 0:
            raise BusyError("Too many texts are being read; please try again in a minute.")
        self._room -= 1
        try:
            async with self._free:
                job = _Job(task, args, seconds or self._seconds, progress or Progress())
                return cast("T", _value(await self._outcome(job)))
        finally:
            self._room += 1

    async def close(self) -> None:
        """Kill what runs, within a second; who waits for it gets a UserError."""
        self._closed = True
        if self._warming is not None and not self._warming.done():
            self._warming.cancel()
            _kill_server()
        for future in list(self._running):
            future.cancel()
        self._idle.clear()
        for pool in list(self._pools):
            self._dismiss(pool)
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=_CLOSE_SECONDS)

    async def _warm(self) -> None:
        try:
            await self.run(os.getpid)
        except UserError as error:
            log.warning("The reader did not start: %s", error)

    async def _outcome(self, job: _Job) -> worker.Outcome:
        try:
            return await self._tried(job)
        except (TimeoutError, ProcessExpired, BrokenProcessPool) as error:
            code = getattr(error, "exitcode", "unknown")
            if isinstance(error, TimeoutError) or code == -limits.OUT_OF_TIME:
                raise UserError("That text took too long to read.") from None
            log.warning("A worker ended in the middle of its task, with code %s", code)
            raise UserError("That text made the reader stop, so it can't be read.") from None

    async def _tried(self, job: _Job) -> worker.Outcome:
        """A worker that died idle is found out by its next task, which then gets a new one."""
        if self._idle:
            try:
                return await self._on(self._idle.pop(), job)
            except RuntimeError:
                log.info("An idle worker had ended; a new one takes its place")
        try:
            return await self._on(self._pool(), job)
        except BrokenProcessPool:  # it had started, and died before the pool could tell why
            raise
        except RuntimeError as error:
            log.warning("No worker could be started: %s", type(error).__name__)
            raise UserError("The reader could not be started; please try again.") from None

    async def _on(self, pool: ProcessPool, job: _Job) -> worker.Outcome:
        """Run a task on a pool, which is idle again afterwards or, if in doubt, thrown away."""
        well = False
        try:
            job.progress.follow(self._pools[pool])
            outcome = await self._settled(await asyncio.to_thread(_send, pool, job))
            well = isinstance(outcome, worker.Done | worker.Refused) and not self._closed
            return outcome
        finally:
            if well:
                self._idle.append(pool)
            else:
                self._dismiss(pool)

    def _pool(self) -> ProcessPool:
        if self._closed:
            raise BusyError("The bot is stopping; please try again in a minute.")
        context = get_context("forkserver")
        context.set_forkserver_preload(_PRELOAD)
        _start_tracker()
        # Started from here, not from a thread that may end: the server dies with its parent thread.
        forkserver.ensure_running()
        pages = counts(context)
        start = (self._memory, pages)
        pool = ProcessPool(1, initializer=worker.start, initargs=start, context=context)
        self._pools[pool] = pages
        return pool

    async def _settled(self, future: Future[worker.Outcome]) -> worker.Outcome:
        if self._closed:
            future.cancel()
        self._running.add(future)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if self._closed and current is not None and not current.cancelling():
                raise BusyError("The bot is stopping; please try again in a minute.") from None
            raise
        finally:
            self._running.discard(future)

    def _dismiss(self, pool: ProcessPool) -> None:
        if pool not in self._pools:
            return
        del self._pools[pool]
        leaving = asyncio.create_task(asyncio.to_thread(_stop, pool))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)


def _start_tracker() -> None:
    """What a killed bot leaves behind is cleared away by a process that outlives it, and that has
    nothing to tell a host.
    """
    before = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (before, "ignore:resource_tracker")))
    try:
        resource_tracker.ensure_running()
    finally:
        del os.environ["PYTHONWARNINGS"]
        if before is not None:
            os.environ["PYTHONWARNINGS"] = before


def _kill_server() -> None:
    """A server that still imports forks nothing; whoever asks it for a worker waits for that."""
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _send(pool: ProcessPool, job: _Job) -> Future[worker.Outcome]:
    """Hand a task over; with a new pool this waits until the server forked its worker."""
    given, wall = (job.task, job.args, job.seconds), job.seconds * CHILD_WALL_TIMES
    try:
        return pool.schedule(worker.call, args=given, timeout=wall)
    except BrokenProcessPool as error:
        raise RuntimeError("no worker was started") from error


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _value(outcome: worker.Outcome) -> object:
    match outcome:
        case worker.Done(value):
            return value
        case worker.Refused(message, values):
            raise UserError(message, **values)
        case worker.OutOfMemory():
            raise UserError("That text needs more memory than allowed.")
        case worker.Failed(error, where):
            log.error("A task failed in the worker: %s at %s", error, where)
            raise UserError("That text can't be read: the reader failed on it.")
