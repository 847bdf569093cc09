"""/import: a file that an admin sends is looked at, comes in as a whole, and goes as a whole."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.playground import Playground
from bot.playground.waiting import until
from tests.content.samples import REPORT, joke
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_roles import FORBIDDEN, ask, team
from tests.reading.formats.samples import word

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.playground.client import Person, Received

TABLE = "ID,Question,Answer\n1,Why did the quokka smile?,=It had a plan.\n2,Why?,Why not?\n"
FEEDS = (
    '<opml version="2.0"><body><outline text="Science">'
    '<outline text="Quokka News" xmlUrl="http://127.0.0.1:9/quokka.xml"/></outline></body></opml>'
)
OWN_FEEDS = (
    '<opml version="2.0"><body><outline text="science"><outline title="Quokka News" '
    'xmlUrl="http://127.0.0.1:9/quokka.xml" language="en"/></outline></body></opml>'
)
API = {
    "error": False,
    "jokes": [
        {"category": "Programming", "type": "single", "joke": "A quokka walks into a bar.",
         "flags": {"nsfw": False}, "safe": True, "id": 1, "lang": "en"},
        {"category": "Dark", "type": "twopart", "setup": "A", "delivery": "B", "id": 2,
         "flags": {"nsfw": True}, "safe": False, "lang": "en"},
    ],
}  # fmt: skip


@asynccontextmanager
async def admin(folder: Path) -> AsyncIterator[tuple[Person, dict[str, Person]]]:
    async with team(folder) as (_, people):
        yield people["admin"], people


async def looked(person: Person, data: bytes | str, name: str, caption: str = "") -> Received:
    """What an import of this file says before anything happens."""
    content = data.encode() if isinstance(data, str) else data
    await person.upload(content, name, caption=caption or "/import")
    return await person.reply()


async def brought(person: Person, data: bytes | str, name: str) -> Received:
    """The same, and go."""
    preview = await looked(person, data, name)
    await person.press(preview, "Import")
    return await preview.edited()


def packed(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


async def test_a_table_of_jokes_comes_in_by_one_button_and_goes_by_another(
    tmp_path: Path,
) -> None:
    async with admin(tmp_path) as (person, people):
        preview = await looked(person, TABLE, "jokes.csv")
        assert preview.text.startswith("📥 jokes.csv\nJokes: 2 en\n2 new, 0 changed, 0 as before.")
        assert "no joke with" in await ask(people["stranger"], "/joke quokka")
        await person.press(preview, "Import 2")
        done = await preview.edited()
        assert done.text == "Imported. 2 new, 0 changed, 0 as before."
        assert "=It had a plan." in await ask(people["stranger"], "/joke quokka")
        await person.press(done, "Undo all of it")
        assert (await done.edited()).text == "Taken back: jokes.csv"
        assert "no joke with" in await ask(people["stranger"], "/joke quokka")
        lines = (await ask(people["owner"], "/audit")).splitlines()
        assert lines[0].endswith("took back import-1 jokes.csv")
        assert lines[1].endswith("imported import-1 jokes.csv")


async def test_a_button_that_is_tapped_twice_does_its_work_once(tmp_path: Path) -> None:
    async with team(tmp_path) as (telegram, people):
        person = people["admin"]
        message = await looked(person, TABLE, "jokes.csv")
        await asyncio.gather(*[person.press(message, "Import") for _ in range(2)])
        edits = partial(telegram.calls_of, "editMessageText")
        await until(telegram.world, lambda: len(edits()) == 2, "both answers", 90)
        assert (await message.edited()).text == "Imported. 2 new, 0 changed, 0 as before."
        await person.press(message, "Undo all of it")
        assert (await message.edited()).text == "Taken back: jokes.csv"
        assert "no joke with" in await ask(people["stranger"], "/joke quokka")
        lines = (await ask(people["owner"], "/audit")).splitlines()
        told = [line for line in lines if line.endswith("import-1 jokes.csv")]
        assert ["took back" in line for line in told] == [True, False]
        assert not person.unread()


async def test_an_import_stands_in_undo_as_well(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, _):
        await brought(person, json.dumps(["The quokka laughs last."]), "jokes.json")
        await person.send("/undo")
        listed = await person.reply()
        await person.press(listed, "Imported: jokes.json")
        assert (await listed.edited()).text == "Taken back: jokes.json"
        assert await ask(person, "/undo") == "There is nothing to take back."


async def test_what_would_change_is_shown_in_both_wordings_and_comes_back(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, people):
        first = json.dumps(joke("q", text="The old quokka snores."))
        second = json.dumps(joke("q", text="The new quokka snores."))
        await brought(person, first, "en.jsonl")
        preview = await looked(person, second, "en.jsonl")
        assert "0 new, 1 changed, 0 as before." in preview.text
        assert "The old quokka snores.\nThe new quokka snores." in preview.text
        await person.press(preview, "Import")
        done = await preview.edited()
        assert "The new quokka" in await ask(people["stranger"], "/joke quokka")
        await person.press(done, "Undo")
        await done.edited()
        assert "The old quokka" in await ask(people["stranger"], "/joke quokka")


async def test_jokeapi_s_own_answer_is_taken_without_what_is_not_for_everybody(
    tmp_path: Path,
) -> None:
    async with admin(tmp_path) as (person, _):
        preview = await looked(person, json.dumps(API, indent=1), "jokeapi.json")
        assert "Jokes: 1 en" in preview.text
        assert "1 is marked as not for everybody and left out." in preview.text


async def test_a_pack_holds_content_data_sets_feeds_and_documents(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, people):
        pack = packed(
            {
                "content/jokes/en.jsonl": json.dumps(joke("p1", text="A packed quokka.")),
                "content/reports/r.md": REPORT.format(key="packed"),
                "content/feeds.opml": OWN_FEEDS,
                "more/jokes.toml": '[[jokes]]\ntext = "One more quokka in the pack."\n',
                "more/minutes.docx": word("Minutes of the harbour", *["It is green now."] * 20),
            }
        )
        preview = await looked(person, pack, "pack.zip")
        for line in ("Jokes: 2 en", "Reports: 2 en", "Feeds: 1 en", "5 new"):
            assert line in preview.text, preview.text
        await person.press(preview, "Import")
        done = await preview.edited()
        assert done.text.startswith("Imported. 5 new")
        assert (await ask(person, "/feeds")).startswith("📡 156 feeds")
        assert "quokka" in await ask(people["stranger"], "/joke quokka")


async def test_the_command_alone_asks_for_the_file_and_answers_one(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, _):
        assert (await ask(person, "/import")).startswith("Send me a file: jokes as JSON")
        assert await ask(person, "here it comes") == "I need a file here."
        await person.upload(TABLE.encode(), "jokes.csv")
        assert (await person.reply()).text.startswith("📥 jokes.csv")
        file = await person.upload(b"One evening.\nThe quokka sang.", "song.txt")
        await person.reply()
        await person.send("/import", reply_to=file)
        assert "answer it with /import reports or /import jokes" in (await person.reply()).text
        await person.send("/import jokes", reply_to=file)
        preview = await person.reply()
        assert "Jokes: 1 en" in preview.text
        await person.press(preview, "Cancel")
        assert (await preview.edited()).text == "Cancelled. Nothing was imported."


MANY_FEEDS = "<opml><body>" + "".join(
    f'<outline text="{n}" xmlUrl="https://example.org/{n}"/>' for n in range(10_000)
) + "</body></opml>"  # fmt: skip
BAD: list[tuple[bytes | str, str, str]] = [
    (b"\x89PNG\r\n\x1a\n\0\0\0", "cat.png", "is no text but a binary file"),
    (TABLE + "3,a,b,c\n", "jokes.csv", "jokes.csv:4: The row has 4 cells"),
    ('[{"joke": "Fine."},\n{"joke": 5}]', "jokes.json", "jokes.json:2: "),
    ('[[jokes]]\ntext = "Fine."\n[[jokes]]\ntext = \n', "jokes.toml", "jokes.toml:4: "),
    ('[{"joke": "' + "ha" * 3_000 + '"}]', "jokes.json", "please cut it to 4,096"),
    (packed({"../../etc/jokes.csv": TABLE}), "evil.zip", "names a file outside of itself"),
    (b"PK\x03\x04 nothing more", "torn.zip", "it can't be unpacked"),
    (MANY_FEEDS, "feeds.opml", "It lists 10,000 feeds"),
    ("\n \n", "empty.csv", "is empty"),
    ("[]", "none.json", "There is nothing in it to import."),
]  # fmt: skip


async def test_what_can_t_be_imported_is_said_in_a_sentence_and_has_no_button(
    tmp_path: Path,
) -> None:
    async with admin(tmp_path) as (person, _):
        for data, name, said in BAD:
            answer = await looked(person, data, name)
            assert said in answer.text, name
            assert not answer.buttons, name


CHINESE: list[tuple[bytes | str, str, str]] = [
    (TABLE + "3,a,b,c\n", "jokes.csv", "jokes.csv:4: 这一行有 4 格，而表头只有 3 列，请改正。"),
    ('{"joke": "Fine."}\n{"joke": "' + "ha" * 3_000 + '"}\n', "jokes.jsonl",
     "jokes.jsonl:2: “joke”有 6,000 个字符，请删到 4,096 个以内"),
    ("---\nid: r\n", "r.md", "r.md:1: 报告开头要先有一行 ---"),
    (packed({"torn.docx": b"PK\x03\x04 nothing"}), "pack.zip",
     "torn.docx:1: 文件已损坏，无法解压。"),
    (packed({"jokes/zh.jsonl": '{"id": "a b"}'}), "pack.zip", "jokes/zh.jsonl:1: 缺少键“category”"),
    (MANY_FEEDS, "feeds.opml", "里面有 10,000 个订阅源，一次最多导入 1,000 个。"),
]  # fmt: skip


async def test_a_chinese_admin_reads_in_chinese_what_is_wrong_and_in_which_line(
    tmp_path: Path,
) -> None:
    async with Playground() as telegram:
        li = telegram.person("李", language_code="zh-hans")
        async with serving(settings_for(telegram, tmp_path, admins=(li.id,))):
            for data, name, said in CHINESE:
                answer = await looked(li, data, name)
                assert said in answer.text, (name, answer.text)
                assert not answer.buttons, name
            preview = await looked(li, "一个晚上。\n鹅唱歌了。", "song.txt", "/import jokes")
            assert "song.txt 放进 jokes：这是你指定的。" in preview.text
            assert preview.buttons


async def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"{number}.csv", b"\0" * (30 * 2**20))
    async with admin(tmp_path) as (person, _):
        assert (
            "unpacks to more than may be read"
            in (await looked(person, data.getvalue(), "bomb.zip")).text
        )


async def test_a_file_of_25_mb_is_refused_before_it_is_fetched(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, _):
        answer = await looked(person, b"x" * (25 * 2**20), "big.csv")
        assert "of up to 20 MB" in answer.text


async def test_another_bot_s_people_are_taken_in_by_a_button(tmp_path: Path) -> None:
    at = "2024-05-01T12:00:00+00:00"
    moved = {"name": "Moved Molly", "id": 4242, "first_seen_at": at, "seen_at": at}
    house = {"quipwire-people": 1, "people": [moved], "bans": []}
    async with admin(tmp_path) as (person, people):
        await person.upload(json.dumps(house).encode(), "people.json", caption="/import")
        preview = await person.reply()
        assert preview.text.startswith("People: 1\nBans: 0\nWhat is set here already stays")
        assert "button is for" in await people["owner"].press(preview, "Take it in")
        await person.press(preview, "Take it in")
        assert "Taken in:" in (await preview.edited()).text
        assert "Moved Molly" in await ask(person, "/users molly")
        await person.upload(json.dumps(house).encode(), "people.json", caption="/import")
        again = await person.reply()
        await person.press(again, "Take it in")
        assert "here already, so nothing was changed" in (await again.edited()).text
        broken = {"quipwire-people": 1, "chats": [{"id": 1}]}
        await person.upload(json.dumps(broken).encode(), "people.json", caption="/import")
        await person.press(await person.reply(), "Take it in")
        assert "nothing was changed" in (await person.reply()).text


async def test_the_command_under_a_file_counts_while_a_draft_waits_for_a_title(
    tmp_path: Path,
) -> None:
    async with admin(tmp_path) as (person, _):
        await person.send("/addheadline The harbour gate is shut")
        await person.press(await person.reply(), "Title")
        assert (await person.reply()).text == "Send me the title."
        assert (await looked(person, TABLE, "jokes.csv")).text.startswith("📥 jokes.csv")


async def test_nobody_else_imports_by_caption_by_button_or_by_forwarding(tmp_path: Path) -> None:
    async with admin(tmp_path) as (person, people):
        for name in ("editor", "moderator", "stranger"):
            await people[name].upload(TABLE.encode(), "jokes.csv", caption="/import")
            assert "📥" not in (await people[name].reply()).text
            assert FORBIDDEN in await ask(people[name], "/import")
        preview = await looked(person, TABLE, "jokes.csv")
        for name in ("owner", "editor", "stranger"):
            assert "button is for" in await people[name].press(preview, "Import"), name
        word = await people["stranger"].upload(TABLE.encode(), "forged.csv", caption="/import")
        await people["stranger"].reply()
        await person.forward(word)
        assert "📥" not in (await person.reply()).text
