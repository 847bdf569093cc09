"""A chat never hears a joke twice before it has heard all that fit; a replay tells the same one."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.store import chats, jokes, seeds, tellings, votes
from tests.store.samples import NOW, chat, joke, later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from bot.models.jokes import JokeEntry, Telling
    from bot.store.database import Connection, Database

GROUP = -100


class Teller:
    """Asks for jokes, each time as a new update a second later."""

    def __init__(self, db: Database, chat_id: int = 1, language: str = "en") -> None:
        self.db, self.chat_id, self.language = db, chat_id, language
        self.update = count(1)

    async def ask(self, word: str | None = None) -> Telling | None:
        update_id = next(self.update)
        return await self.db.write(
            tellings.tell,
            self.chat_id,
            self.language,
            word=word,
            update_id=update_id,
            now=later(update_id),
        )

    async def hear(self, word: str | None = None) -> str:
        """The text, with an exclamation mark where it starts over."""
        telling = await self.ask(word)
        assert telling is not None
        return telling.joke.text + "!" * telling.starts_over

    async def hear_many(self, times: int, word: str | None = None) -> list[str]:
        return [await self.hear(word) for _ in range(times)]


async def stock(db: Database, entries: Sequence[JokeEntry]) -> None:
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)


def lettered(letters: str, **values: str) -> list[JokeEntry]:
    return [joke(letter, letter, **values) for letter in letters]


def set_shuffle(number: int) -> Callable[[Connection], object]:
    return lambda conn: conn.execute(update(jokes.jokes).values(shuffle=number))


def shuffled(conn: Connection, numbers: dict[str, int]) -> None:
    for letter, number in numbers.items():
        conn.execute(update(jokes.jokes).where(jokes.jokes.c.text == letter).values(shuffle=number))


async def test_an_empty_shelf_tells_nothing(db: Database) -> None:
    assert await Teller(db).ask() is None


async def test_every_joke_comes_once_before_any_comes_again(db: Database) -> None:
    await stock(db, lettered("abcdefghij"))
    teller = Teller(db)
    assert sorted(await teller.hear_many(10)) == list("abcdefghij")


async def test_a_new_round_says_so_once_and_keeps_its_order(db: Database) -> None:
    await stock(db, lettered("abcd"))
    teller = Teller(db)
    first = await teller.hear_many(4)
    for _ in range(3):
        again = await teller.hear_many(4)
        assert again == [first[0] + "!", *first[1:]]


async def test_a_single_joke_starts_over_every_time(db: Database) -> None:
    await stock(db, lettered("a"))
    assert await Teller(db).hear_many(3) == ["a", "a!", "a!"]


async def test_a_replayed_update_gets_the_same_joke_and_changes_nothing(db: Database) -> None:
    await stock(db, lettered("abc"))
    teller = Teller(db)
    heard = await teller.hear_many(4)
    teller.update = count(1)
    assert (await teller.hear_many(4))[1:] == heard[1:]
    assert await teller.hear() not in {heard[3], heard[3].rstrip("!")}


async def test_a_replay_says_again_that_it_starts_over(db: Database) -> None:
    await stock(db, lettered("ab"))
    teller = Teller(db)
    await teller.hear_many(2)
    told = await teller.hear()
    teller.update = count(3)
    assert told.endswith("!")
    assert await teller.hear() == told


async def test_the_pick_is_the_same_after_a_crash_that_forgot_it(db: Database) -> None:
    await stock(db, lettered("abcdefghijklmnopqrstuvwxyz"))
    picked = []

    def tell_and_crash(conn: Connection) -> None:
        told = tellings.tell(conn, 1, "en", word=None, update_id=77, now=NOW)
        assert told is not None
        picked.append(told.joke)
        raise ConnectionResetError

    for _ in range(3):
        try:
            await db.write(tell_and_crash)
        except ConnectionResetError:
            continue
    assert len(set(picked)) == 1


async def test_different_updates_begin_at_different_places(db: Database) -> None:
    await stock(db, [joke(f"j{number}") for number in range(50)])
    firsts = set()
    for number in range(20):
        await db.write(chats.remember, chat(1000 + number), None, NOW)
        firsts.add(await Teller(db, 1000 + number).hear())
    assert len(firsts) > 5


async def test_the_pick_wraps_around_the_end_of_the_shuffle(db: Database) -> None:
    await stock(db, lettered("abc"))
    await db.write(set_shuffle(0))
    assert sorted(await Teller(db).hear_many(3)) == list("abc")
    await db.write(set_shuffle(2**31 - 1))
    assert sorted(await Teller(db, 2).hear_many(3)) == list("abc")


async def test_chats_do_not_share_what_they_heard(db: Database) -> None:
    await stock(db, lettered("ab"))
    one, two = Teller(db, 1), Teller(db, 2)
    assert sorted(await one.hear_many(2)) == sorted(await two.hear_many(2)) == ["a", "b"]


async def test_a_category_is_told_through_and_then_starts_over(db: Database) -> None:
    await stock(db, [*lettered("abc"), *lettered("xy", category="work")])
    teller = Teller(db)
    first = await teller.hear_many(2, "work")
    assert sorted(first) == ["x", "y"]
    assert await teller.hear_many(3, "WORK") == [first[0] + "!", first[1], first[0] + "!"]


async def test_a_word_that_is_no_category_is_looked_for_in_the_joke(db: Database) -> None:
    await stock(
        db,
        [
            joke("a", "An Elephant."),
            joke("b", "Who?", punchline="The ELEPHANT!"),
            joke("c", "Nobody.", category="elephants"),
        ],
    )
    teller = Teller(db)
    assert sorted(await teller.hear_many(2, "elephant")) == ["An Elephant.", "Who?"]
    assert await teller.hear("elephants") == "Nobody."


async def test_the_word_itself_goes_before_what_only_begins_so(db: Database) -> None:
    said = [*(f"Goosebumps, {n}." for n in range(9)), "A goose.", "Two geese."]
    await stock(db, [joke(f"j{number}", text) for number, text in enumerate(said)])
    teller = Teller(db)
    heard = await teller.hear_many(11, "goose")
    assert heard[0] == "A goose."
    assert sorted(heard[1:10]) == said[:9]
    assert heard[10] == "A goose.!"


async def test_of_a_common_word_every_joke_comes_in_the_end(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tellings, "CHOSEN_FROM", 3)
    tellings._fresh.cache_clear()
    said = [f"{letter} goose" for letter in "abcdefgh"]
    await stock(db, [joke(text[0], text) for text in said])
    assert sorted(await Teller(db).hear_many(8, "goose")) == said
    tellings._fresh.cache_clear()


async def test_a_category_goes_before_the_same_word_elsewhere(db: Database) -> None:
    await stock(db, [joke("a", "About cats.", category="other"), joke("b", "B", category="cats")])
    assert await Teller(db).hear_many(2, "cats") == ["B", "B!"]


async def test_chinese_words_and_languages_work_alike(db: Database) -> None:
    await stock(db, [joke("a", "会议很长。", category="工作", language="zh"), joke("b", "会议 b")])
    teller = Teller(db, language="zh")
    assert await teller.hear("会议") == "会议很长。"
    assert await teller.hear("工作") == "会议很长。!"
    assert await teller.ask("没有") is None


async def test_wildcards_and_nonsense_fit_nothing(db: Database) -> None:
    await stock(db, lettered("abc"))
    teller = Teller(db)
    for word in ("%", "_", "x%", "\\", "😂", "x" * 100_000, "'; DROP TABLE jokes; --"):
        assert await teller.ask(word) is None
    assert await teller.ask("\0 ") is not None


async def test_a_wish_that_was_used_up_starts_over_though_others_were_not(db: Database) -> None:
    await stock(db, [*lettered("x", category="work"), *lettered("abc")])
    teller = Teller(db)
    assert await teller.hear_many(2, "work") == ["x", "x!"]
    assert sorted(await teller.hear_many(3)) == ["a", "b", "c"]


async def test_rounds_of_different_wishes_do_not_disturb_each_other(db: Database) -> None:
    await stock(db, [*lettered("ab"), *lettered("x", category="work")])
    teller = Teller(db)
    first = await teller.hear_many(3)
    assert await teller.hear("work") == "x!"
    second = await teller.hear_many(2)
    assert second[0] in {"a!", "b!"}
    assert [text.endswith("!") for text in second] == [True, False]
    assert sorted(text.rstrip("!") for text in second) == sorted(set(first) - {"x"})
    assert await teller.hear() == "x"
    assert (await teller.hear()).endswith("!")


async def test_a_new_joke_comes_before_old_ones_come_again(db: Database) -> None:
    await stock(db, lettered("ab"))
    teller = Teller(db)
    await teller.hear_many(3)
    await stock(db, lettered("abn"))
    assert await teller.hear() == "n"


async def test_a_removed_joke_is_told_no_more(db: Database) -> None:
    await stock(db, lettered("ab"))
    teller = Teller(db)
    await teller.hear_many(2)
    await stock(db, lettered("b"))
    assert await teller.hear_many(2) == ["b!", "b!"]


async def test_a_flagged_joke_stays_away_from_who_flagged_it_only(db: Database) -> None:
    await stock(db, lettered("ab"))
    flagged = (await db.read(jokes.search, "en", "a", 1))[0]
    await db.write(votes.flag, flagged.id, 1, NOW)
    assert await Teller(db, 1).hear_many(2) == ["b", "b!"]
    assert sorted(await Teller(db, 2).hear_many(2)) == ["a", "b"]
    assert sorted(await Teller(db, GROUP).hear_many(2)) == ["a", "b"]


async def test_a_telling_shows_the_votes(db: Database) -> None:
    await stock(db, lettered("a"))
    told = await Teller(db, 1).ask()
    assert told is not None
    await db.write(votes.vote, told.joke.id, 1, "laugh")
    again = await Teller(db, 2).ask()
    assert again is not None
    assert (again.joke.laughs, again.joke.shrugs) == (1, 0)


async def test_some_jokes_are_kept_for_digests_until_no_other_is_left(db: Database) -> None:
    await stock(db, lettered("abcdef"))
    await db.write(shuffled, dict(zip("abcdef", (8, 16, 17, 18, 19, 20), strict=True)))
    digest = await db.write(
        tellings.tell, 1, "en", word=None, update_id=-1, now=NOW, in_digest=True
    )
    assert digest is not None
    assert digest.joke.text in "ab"
    heard = await Teller(db).hear_many(5)
    assert set(heard[:4]) == set("cdef")
    assert {heard[4], digest.joke.text} == set("ab")
