"""Imports and what was saved, in a browser: sent, pressed and taken back as a person does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.test_page import (
    address,
    ask,
    be,
    browser,
    last,
    page,
    press,
    toast,
    told,
)
from tests.playground.browser import CHROMIUM

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["address", "browser", "page"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def star(page: Page, label: str) -> Locator:
    """That of the newest message."""
    return last(page).get_by_role("button", name=label, exact=True)


@pytest.fixture
def table(page: Page, tmp_path: Path) -> Path:
    """Each window brings jokes of its own, since both go to the same bot."""
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    path = tmp_path / f"jokes-{width}.csv"
    path.write_text(
        f"ID,Question,Answer\n{width}a,Why did quokka {width} smile?,It had a plan.\n"
        f"{width}b,Where does quokka {width} nap?,Wherever it falls.\n"
    )
    return path


async def test_an_admin_imports_a_file_and_takes_it_back(page: Page, table: Path) -> None:
    await be(page, "Robin")
    await ask(page, "/import")
    await told(page, "Send me a file")
    await page.set_input_files("#file", table)
    await page.press("#input", "Enter")
    await told(page, f"📥 {table.name}")
    await told(page, "2 new, 0 changed, 0 as before.")
    await press(page, "✅ Import 2")
    await told(page, "Imported. 2 new, 0 changed, 0 as before.")
    await ask(page, "/joke quokka")
    await expect(last(page)).to_contain_text(re.compile(r"quokka \d+"))
    await press(page, "↩ Undo all of it")
    await expect(page.get_by_text(f"Taken back: {table.name}")).to_be_visible()
    await ask(page, "/joke quokka")
    await told(page, "no joke with")


async def test_a_joke_is_kept_by_its_star_found_in_the_list_and_taken_off(page: Page) -> None:
    await ask(page, "/saved")
    await told(page, "Nothing saved yet")
    await ask(page, "/joke")
    joke = (await last(page).inner_text()).splitlines()[0]
    await press(page, "⋯")
    await star(page, "☆").click()
    await toast(page, "Saved: /saved shows it.")
    await expect(star(page, "★")).to_be_visible()
    await ask(page, "/saved")
    await told(page, "★ What you saved")
    await press(page, "1")
    await told(page, joke)
    await press(page, "⋯")
    await star(page, "★").click()
    await toast(page, "Taken off your list.")
    await expect(star(page, "☆")).to_be_visible()
    await ask(page, "/saved")
    await told(page, "Nothing saved yet")
