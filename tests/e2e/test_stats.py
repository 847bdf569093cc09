"""/stats: what an admin sees of the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_queue import ask, asked

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG"


async def test_an_admin_gets_pictures_with_their_sense_in_words(tmp_path: Path) -> None:
    async with Playground() as telegram:
        olga = telegram.person("Olga")
        async with serving(settings_for(telegram, tmp_path, admins=(olga.id,))):
            told = await asked(olga, "/joke")
            await olga.press(told, "😂")
            await olga.send("/stats")
            people = await olga.reply()
            assert people.photo is not None
            assert people.photo.data.startswith(PNG)
            assert people.raw["caption"].startswith("👥 People: 1 (+1 in 30 days), groups")
            assert people.buttons == [["📬 Deliveries", "😄 Jokes", "📰 News"], ["🌙"]]
            assert await olga.press(people, "😄 Jokes") == "Drawing …"
            jokes = await olga.reply()
            assert "21% · " + told.text.split()[0] in jokes.raw["caption"]
            await olga.press(jokes, "🌙")
            dark = await olga.reply()
            assert dark.photo is not None
            assert jokes.photo is not None
            assert dark.photo.data != jokes.photo.data
            assert dark.buttons[-1] == ["☀️"]
            for page in ("📬 Deliveries", "📰 News"):
                await olga.press(dark, page)
                assert (await olga.reply()).photo is not None
            eve = telegram.person("Eve")
            assert "for those who look after this bot" in await ask(eve, "/stats")
            theirs = await asked(eve, "/start")
            theirs.keyboard[0][0]["callback_data"] = people.keyboard[0][0]["callback_data"]
            assert await eve.press(theirs, "Joke") == "This button is for the bot's admins."
