"""Other processes on the same database: killed in mid-transaction, racing, opening at once."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from datetime import time
from typing import TYPE_CHECKING

from bot.models.subscriptions import EVERY_DAY, Plan, Schedule
from bot.store import seeds, subscriptions
from tests.store.samples import NOW, joke, note, noted

if TYPE_CHECKING:
    from bot.store.database import Connection, Database


IN_THE_MIDDLE = """
import asyncio, sys
from bot.store import inbox
from bot.store.database import Database
from tests.store.samples import NOW

def work(conn):
    inbox.add(conn, 7, [(number, None, "{}") for number in range(500)], NOW)
    print("ready", flush=True)
    sys.stdin.read()

async def main():
    db = await Database.open(sys.argv[1])
    await db.write(work)

asyncio.run(main())
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process, which has said that it is ready."""
    command = [sys.executable, "-c", program, *arguments]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


async def run_at_once(*children: subprocess.Popen[str]) -> list[str]:
    """Let all go, wait for all: what they printed."""
    runs = (asyncio.to_thread(child.communicate, "go\n") for child in children)
    outputs = await asyncio.gather(*runs)
    assert [child.returncode for child in children] == [0] * len(children)
    return [output for output, _ in outputs]


async def test_a_process_killed_in_mid_transaction_leaves_nothing(
    db: Database, db_url: str
) -> None:
    await db.write(note, 1000)
    child = await asyncio.to_thread(start, IN_THE_MIDDLE, db_url)
    child.send_signal(signal.SIGKILL)
    await asyncio.to_thread(child.communicate)
    assert await db.read(noted) == [1000]
    assert await db.write(note, 1) == [1]


RACER = """
import asyncio, sys
from bot.store import migrate, tellings
from bot.store.database import Database
from tests.store.samples import NOW, later

async def main():
    url, first = sys.argv[1], int(sys.argv[2])
    db = await Database.open(url)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(first, first + 30):
        telling = await db.write(
            tellings.tell, 1, "en", word=None, update_id=number, now=later(number)
        )
        print(telling.joke.id, flush=True)
    await db.close()

asyncio.run(main())
"""


async def test_two_processes_at_once_never_tell_a_chat_the_same_joke(
    db: Database, db_url: str
) -> None:
    entries = [joke(f"j{number}") for number in range(60)]
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)
    first = await asyncio.to_thread(start, RACER, db_url, "1000")
    second = await asyncio.to_thread(start, RACER, db_url, "2000")
    told = " ".join(await run_at_once(first, second)).split()
    assert len(told) == 60
    assert len(set(told)) == 60


OPENER = """
import asyncio, sys
from bot.store import migrate
from bot.store.database import Database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    db = await Database.open(sys.argv[1])
    await migrate.upgrade(db)
    await db.close()

asyncio.run(main())
"""


async def test_two_processes_may_make_a_new_database_at_once(url: str) -> None:
    openers = [await asyncio.to_thread(start, OPENER, url) for _ in range(3)]
    await run_at_once(*openers)


CLAIMER = """
import asyncio, sys
from datetime import timedelta
from bot.store import claims, outbox
from bot.store.database import Database
from tests.store.samples import NOW

DUE, LEASE = NOW + timedelta(days=1), NOW + timedelta(days=2)

async def main():
    db = await Database.open(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        claimed = await db.write(claims.claim, DUE, 7)
        taken = await db.write(outbox.take, DUE, LEASE, 5)
        for delivery in taken:
            print(delivery.digest.subscription_id, flush=True)
        if not claimed and not taken:
            break
    await db.close()

asyncio.run(main())
"""


def subscribe_many(conn: Connection) -> list[str]:
    schedule = Schedule((time(8),), EVERY_DAY, "UTC")
    plan = Plan(("jokes",), (), schedule)
    made = (subscriptions.add(conn, 1 + each % 3, None, plan, None, NOW) for each in range(100))
    return [str(each.id) for each in made]


async def test_two_processes_at_once_claim_and_take_each_digest_once(
    db: Database, db_url: str
) -> None:
    known = await db.write(subscribe_many)
    first = await asyncio.to_thread(start, CLAIMER, db_url)
    second = await asyncio.to_thread(start, CLAIMER, db_url)
    taken = " ".join(await run_at_once(first, second)).split()
    assert sorted(taken) == sorted(known)
