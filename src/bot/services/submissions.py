"""Jokes that people send in: checked, queued, and decided by moderators like flagged ones."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.config import MAX_SUBMISSION_UNITS, SUBMISSION_DAYS
from bot.errors import UserError
from bot.models.jokes import OTHER
from bot.models.submissions import Match, Wording
from bot.render import submissions as render
from bot.services import asking, outbox, verdicts
from bot.services.asking import JOKE, TYPED_WITHIN
from bot.services.composing import LONG_JOKE
from bot.store import chats, items, review, roles
from bot.store import outbox as messages
from bot.store import submissions as rows
from bot.texts import Texts, mark
from bot.words.count import units
from bot.words.language import UNKNOWN, detect
from bot.words.similar import likeness, shingles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.models.messages import Message
    from bot.models.submissions import Case
    from bot.store.database import Connection, Database

    Wanted = Literal["edit", "reject"]

# As alike as these two are one joke in other words; those may be.
SAME, SIMILAR = 0.75, 0.4
LEAST_LETTERS = 10
# What a moderator may be asked to type.
WANTED = {"edit", "reject"}
FLAGGED = {"keep": review.keep, "remove": review.take_down}
EXPIRED_AT_ONCE = 50
_PENDING = 1_000
_SETTLED = mark("Somebody has decided about this one already.")
_CHANGED = mark("Somebody has changed it meanwhile: please look again.")


def parse(text: str) -> Wording:
    """The joke in a text: a punchline comes after the last `|`, or is the last of its lines."""
    body, bar, end = text.strip().rpartition("|")
    if not bar:
        body, _, end = text.strip().rpartition("\n")
    body, end = body.strip(), end.strip()
    wording = Wording(body, end) if body and end else Wording(body or end)
    _check(wording)
    return wording


async def submit(
    db: Database, person_id: int, text: str, language: str, update_id: int, now: datetime
) -> None:
    """Put a joke into the queue; a UserError says why not. Of an unknown language it has theirs."""
    wording = parse(text)
    told = detect(str(wording))
    spoken = language if told == UNKNOWN else told
    if await db.read(rows.known, update_id):
        return
    match = await db.read(most_like, spoken, wording)
    if match is not None and match.likeness >= SAME:
        where = mark("That one is on the shelf already: “{text}”") if match.shelved else mark(
            "That one is waiting already: “{text}”")  # fmt: skip
        raise UserError(where, text=render.short(match.wording))

    def work(conn: Connection) -> None:
        asking.check_day(conn, person_id, now)
        rows.add(conn, person_id, wording, spoken, OTHER, update_id, now)
        rows.expect_nothing(conn, person_id, JOKE)

    await db.write(work)


async def waiting(db: Database, after: str = "") -> tuple[Case | None, int]:
    """The next to be decided after this one, from the start again after the last; how many wait."""

    def work(conn: Connection) -> tuple[Case | None, int]:
        case = _next(conn, after) or _next(conn, "")
        if case is not None:
            case = case.beside(_beside(conn, case))
        return case, review.count(conn) + rows.count(conn)

    return await db.read(work)


async def look(db: Database, key: str) -> Case:
    """The case of a button; a UserError if it is settled."""
    return await db.read(_open, key, strict=False)


async def decide(
    db: Database, key: str, verdict: str, by: int, update_id: int, now: datetime, votes: int = 1
) -> int:
    """`approve` what was sent in, and its sender is told; `keep` or `remove` what was flagged.

    How many votes for it are still wanted; 0 once it is done.
    """

    def work(conn: Connection) -> int:
        case = _open(conn, key, strict=True)
        if left := verdicts.left(conn, key, verdict, by, now, votes):
            return left
        if case.kind == "flagged" and verdict in FLAGGED:
            FLAGGED[verdict](conn, case.id, now)
        elif case.kind == "sent" and verdict == "approve":
            items.add(conn, case.entry(case.wording, f"sent-{case.id}"), now, by=by)
            rows.settle(conn, case.id, "approved", by, now)
            tell(conn, case, "approved", now)
        roles.note(conn, by, f"queue.{verdict}", _called(case), update_id, now)
        return 0

    return await db.write(work)


async def reject(
    db: Database, key: str, reason: str, by: int, update_id: int, now: datetime, votes: int = 1
) -> int:
    """Refuse what was sent in; `reason` is one of render's, or the moderator's own words.

    The last one's reason is told. How many votes for it are still wanted.
    """

    def work(conn: Connection) -> int:
        case = _open(conn, key, strict=True)
        if case.kind != "sent":
            raise UserError(_SETTLED)
        rows.expect_nothing(conn, by)
        if left := verdicts.left(conn, key, "reject", by, now, votes):
            return left
        rows.settle(conn, case.id, "rejected", by, now)
        tell(conn, case, "rejected", now, reason)
        roles.note(conn, by, "queue.reject", _called(case), update_id, now)
        return 0

    return await db.write(work)


async def refuse_all_of(db: Database, person_id: int, by: int, now: datetime) -> None:
    """Whoever is banned has nothing in the queue, and hears nothing of it."""
    await db.write(rows.refuse_all_of, person_id, by, now)


async def ask(db: Database, key: str, what: Wanted, by: int, now: datetime) -> Case:
    """The moderator's next text says it."""

    def work(conn: Connection) -> Case:
        case = _open(conn, key, strict=True)
        rows.await_words(conn, by, what, key, now)
        return case

    return await db.write(work)


async def never_mind(db: Database, by: int) -> None:
    """It is not wanted any more."""
    await db.write(rows.expect_nothing, by)


async def expected(db: Database, person_id: int, now: datetime) -> tuple[str, str] | None:
    """What the next text of this person says, about which case; None if that is settled."""

    def work(conn: Connection) -> tuple[str, str] | None:
        found = rows.expected(conn, person_id, now - TYPED_WITHIN)
        with suppress(UserError):
            asked = found is not None and found[0] in WANTED
            return found if found and asked and _open(conn, found[1], strict=True) else None
        return None

    return await db.read(work)


async def reword(db: Database, key: str, text: str, by: int, update_id: int, now: datetime) -> Case:
    """Put a moderator's words in place of the old ones; the case as it is then."""
    wording = parse(text)

    def work(conn: Connection) -> Case:
        case = _open(conn, key, strict=True)
        if case.kind == "sent":
            rows.reword(conn, case.id, wording)
        else:
            items.change(conn, case.id, case.entry(wording), now)
        rows.expect_nothing(conn, by)
        roles.note(conn, by, "queue.edit", _called(case), update_id, now)
        return _open(conn, key, strict=False)

    return await db.write(work)


async def expire(db: Database, now: datetime) -> None:
    """What nobody decided about for too long goes, and its sender is told."""

    def work(conn: Connection) -> int:
        old = rows.overdue(conn, now - timedelta(days=SUBMISSION_DAYS), EXPIRED_AT_ONCE)
        for case in old:
            rows.settle(conn, case.id, "expired", None, now)
            tell(conn, case, "expired", now)
        rows.purge(conn, now - timedelta(days=SUBMISSION_DAYS), now - TYPED_WITHIN)
        return len(old)

    while await db.write(work) == EXPIRED_AT_ONCE:
        pass


def most_like(
    conn: Connection, language: str, wording: Wording, but: int | None = None
) -> Match | None:
    """What is most like it, on the shelf and among those that wait, if anything is."""
    shelved = ((each, True) for each in review.candidates(conn, language, wording))
    queued = ((each.wording, False) for each in rows.pending(conn, 0, _PENDING) if each.id != but)
    found = max(_measured(wording, (*shelved, *queued)), key=lambda each: each.likeness,
                default=None)  # fmt: skip
    return found if found and found.likeness >= SIMILAR else None


def tell(conn: Connection, case: Case, what: str, now: datetime, reason: str = "") -> None:
    """Post to the sender what became of it, once; one who never wrote in private can't be told."""
    person = case.person_id
    language = chats.language(conn, person) if person is not None else None
    if person is None or language is None:
        return
    _post(conn, person, case.id, render.notice(case, what, reason, Texts(language)), now)


def _post(conn: Connection, chat_id: int, case_id: int, message: Message, now: datetime) -> None:
    row = {
        "key": f"notice:sent:{case_id}", "kind": "notice", "chat_id": chat_id, "day": now.date(),
        "due_at": now, "not_before": now, "payload": outbox.packed(message),
    }  # fmt: skip
    messages.post(conn, [row])


def _measured(wording: Wording, others: Iterable[tuple[Wording, bool]]) -> Iterable[Match]:
    mine = shingles(str(wording))
    for other, shelved in others:
        yield Match(other, likeness(mine, shingles(str(other))), shelved)


def _beside(conn: Connection, case: Case) -> Match | None:
    """A joke of the shelf is most like itself."""
    if case.kind == "flagged":
        return None
    return most_like(conn, case.language, case.wording, case.id)


def _next(conn: Connection, after: str) -> Case | None:
    """Flagged ones come first: people see them now."""
    kind, number, _ = _read(after) if after else ("f", 0, "")
    flagged = review.flagged(conn, number, 1) if kind == "f" else []
    sent = flagged or rows.pending(conn, number if kind == "s" else 0, 1)
    return sent[0] if sent else None


def _open(conn: Connection, key: str, *, strict: bool) -> Case:
    """Still undecided, and if `strict` in the words that whoever decides has read."""
    kind, number, words = _read(key)
    case = (rows.find if kind == "s" else review.find)(conn, number)
    if case is None:
        raise UserError(_SETTLED)
    if strict and case.wording.mark != words:
        raise UserError(_CHANGED)
    return case


def _read(key: str) -> tuple[str, int, str]:
    number, _, words = key[1:].partition(".")
    return key[0], int(number), words


def _called(case: Case) -> str:
    return f"{case.kind} {case.id}"


def _check(wording: Wording) -> None:
    length = units(str(wording))
    if length > MAX_SUBMISSION_UNITS:
        raise UserError(LONG_JOKE, length=length, most=MAX_SUBMISSION_UNITS)
    if sum(2 if ord(each) > 0x2E7F else 1 for each in str(wording) if each.isalnum()) < (
        LEAST_LETTERS
    ):
        raise UserError("That is short for a joke: please send the whole of it.")
