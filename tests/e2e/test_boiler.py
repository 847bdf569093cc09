"""An editor points at an advert under a summary, and its source is never quoted with it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for
from tests.fetch.server import answers
from tests.fetch.server import serving as web_server

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Person, Received

ADVERT = "The Harbour Times is the only paper that tells you all about the new gate of the harbour."
PARAGRAPHS = [
    "The harbour has a new gate, which was painted green by the town in the spring of this year.",
    ADVERT,
    "The gate of the harbour cost the town 40,000 euros, and the ships pay for it in ten years.",
    "A second gate of the harbour is to be built next year, if the ships come as the town hopes.",
]


def page(title: str) -> bytes:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
    return f"{head}{body}</body></html>".encode()


async def asked(person: Person, text: str, reply_to: Received | None = None) -> Received:
    await person.send(text, reply_to=reply_to)
    return await person.reply()


async def test_an_advert_is_gone_from_this_summary_and_the_next_until_that_is_undone(
    tmp_path: Path,
) -> None:
    async with web_server() as web, Playground() as telegram:
        for path in ("/one", "/two", "/three"):
            web.pages[path] = answers(200, page(path), Content_Type="text/html")
        owner = telegram.person("Olga")
        settings = settings_for(
            telegram, tmp_path, admins=(owner.id,), allow_private_addresses=True
        )
        async with serving(settings):
            summary = await asked(owner, web.url("/one"))
            which = await asked(owner, "/boiler", summary)
            await owner.press(which, "The Harbour Times")
            left = (await which.edited()).text
            assert left.startswith("Gone")
            assert ADVERT not in left
            again = await asked(owner, web.url("/two"))
            choices = str((await asked(owner, "/boiler", again)).buttons)
            assert "The gate of the harbour cost" in choices
            assert "The Harbour Times" not in choices
            assert "none of its sentences" in (await asked(owner, "/boiler x", summary)).text
            assert (await asked(owner, "/boiler")).text.startswith("Answer the summary of a link")
            assert "dropped a line of" in (await asked(owner, "/audit")).text.splitlines()[0]
            await owner.press(which, "Undo")
            assert (await which.edited()).text.startswith("Taken back")
            third = await asked(owner, web.url("/three"))
            assert "The Harbour Times" in str((await asked(owner, "/boiler", third)).buttons)
            assert "again" in (await asked(owner, "/audit")).text.splitlines()[0]
