"""What hosts copy from deploy/ fits the program that it starts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from configparser import RawConfigParser
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from bot.cli.program import COMMANDS
from bot.config import CHILD_MEMORY_BYTES, CHILD_WORKERS, HEALTH_PATH, PREFIX, Settings
from bot.render.charts import CHINESE_FONTS
from tests.house.tree import ROOT, read

FILES = sorted(path.name for path in (ROOT / "deploy").iterdir())
# SIGTERM ends a bot within so many seconds.
ENDS_WITHIN = 10
# What the bot takes without any text to read: itself, and readers that wait.
IDLE_BYTES = 300 * 2**20


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, each on one line."""
    text = read("deploy/Dockerfile").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def instructions(name: str) -> list[str]:
    return [rest for each, rest in dockerfile() if each == name]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(read("deploy/compose.yaml"))
    return found


def unit() -> dict[str, str]:
    """The unit's [Service]; of a name that stands there twice the last."""
    parser = RawConfigParser(strict=False, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(read("deploy/quipwire.service"))
    return dict(parser["Service"])


def size(text: str) -> int:
    number, unit = re.fullmatch(r"([0-9]+)([gG])", text).groups()  # type: ignore[union-attr]
    return int(number) * {"g": 2**30}[unit.lower()]


@pytest.mark.parametrize("file", FILES)
def test_every_setting_named_there_exists(file: str) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(r"\bBOT_[A-Z_]+", read(f"deploy/{file}"))) <= known


def test_the_image_has_a_python_that_the_project_runs_on() -> None:
    wanted = re.search(r'^requires-python = "(.*)"$', read("pyproject.toml"), re.MULTILINE)
    assert wanted
    images = instructions("FROM")
    pythons = {match[1] for each in images if (match := re.match(r"python:(3\.\d+)-", each))}
    assert len(pythons) == 1
    assert all(python in SpecifierSet(wanted[1]) for python in pythons)


def test_the_image_installs_what_the_makefile_installs() -> None:
    made = [line.partition("pip install ")[2] for line in instructions("RUN")]
    steps = [line.replace("--no-cache-dir ", "") for line in made if line]
    wanted = re.findall(r"^\t@\$\(PIP\) install (.*)$", read("Makefile"), re.MULTILINE)
    assert steps == [step.replace("-e .", ".") for step in wanted if "-dev" not in step]


def test_what_the_image_is_made_of_is_there_and_let_through() -> None:
    copied = [each.split()[:-1] for each in instructions("COPY") if "--from" not in each]
    sources = {name for names in copied for name in names}
    ignored = read("deploy/Dockerfile.dockerignore").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == sources
    assert all((ROOT / name).exists() for name in sources)
    packed = re.findall(r'^"(.*)" = "bot/seed"$', read("pyproject.toml"), re.MULTILINE)
    assert {"pyproject.toml", "README.md", "LICENSE", "src", *packed} < sources
    assert not any(fnmatch(".env", name) for name in sources)


def test_what_starts_is_a_command() -> None:
    (entry,), (command,) = instructions("ENTRYPOINT"), instructions("CMD")
    assert yaml.safe_load(entry)[-1] == "quipwire"
    assert yaml.safe_load(command) == ["run"]
    program, name = unit()["ExecStart"].split()
    assert program == f"{unit()['WorkingDirectory']}/.venv/bin/quipwire"
    assert {"run", name} <= COMMANDS.keys()


def test_nothing_runs_as_root() -> None:
    assert instructions("USER") == ["quipwire"]
    assert unit()["User"] == "quipwire"


def test_data_outlives_an_update() -> None:
    (volume,) = instructions("VOLUME")
    assert f"BOT_DATA_DIR={volume}" in " ".join(instructions("ENV"))
    bot = compose()["services"]["bot"]
    assert bot["environment"]["BOT_DATA_DIR"] == volume
    assert bot["volumes"] == [f"data:{volume}"]
    assert unit()["Environment"] == f"BOT_DATA_DIR=/var/lib/{unit()['StateDirectory']}"


def test_a_stop_has_the_time_that_it_needs_and_reaches_the_bot_alone() -> None:
    assert float(unit()["TimeoutStopSec"]) > ENDS_WITHIN
    assert unit()["KillMode"] == "mixed"
    assert float(compose()["services"]["bot"]["stop_grace_period"].rstrip("s")) > ENDS_WITHIN


def test_bad_settings_are_not_tried_again_and_again() -> None:
    assert unit()["RestartPreventExitStatus"] == "2"


def test_readers_have_the_memory_that_they_may_take() -> None:
    most = IDLE_BYTES + CHILD_WORKERS * CHILD_MEMORY_BYTES
    assert size(compose()["services"]["bot"]["mem_limit"]) >= most
    assert size(unit()["MemoryMax"]) >= most


def test_readers_may_lower_their_own_limits() -> None:
    allowed = re.findall(r"^SystemCallFilter=(.*)$", read("deploy/quipwire.service"), re.MULTILINE)
    assert allowed[0] == "@system-service"
    assert not {"~@resources", "~@process"} & set(allowed)


def test_the_image_s_font_is_one_that_charts_look_for() -> None:
    (packages,) = [line for line in instructions("RUN") if "apt-get" in line]
    assert "fonts-wqy-microhei" in packages
    assert "WenQuanYi Micro Hei" in CHINESE_FONTS


def test_the_server_beside_the_bot_is_the_one_that_its_address_names() -> None:
    server = compose()["services"]["db"]
    made = server["environment"]
    user, name = made["POSTGRES_USER"], made["POSTGRES_DB"]
    address = f"postgresql+asyncpg://{user}:{made['POSTGRES_PASSWORD']}@db/{name}"
    assert f"BOT_DATABASE_URL={address}\n" in read("deploy/compose.yaml")
    assert f"BOT_DATABASE_URL={address}" in read("README.md")
    assert "ports" not in server
    assert compose()["networks"] == {"inside": {"internal": True}}
    assert server["networks"] == ["inside"]


def asked_whether_healthy(address: str) -> int:
    """What Docker gets of the image's HEALTHCHECK; 0 is healthy."""
    (check,) = instructions("HEALTHCHECK")
    found = {"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "BOT_LISTEN": address,
             "http_proxy": "http://127.0.0.1:9"}  # fmt: skip
    shell = ["/bin/sh", "-c", check.partition("CMD ")[2]]
    return subprocess.run(shell, env=found, check=False, capture_output=True).returncode


@pytest.mark.parametrize(("status", "ended"), [(200, 0), (503, 1)])
def test_a_container_is_as_healthy_as_the_bot_says(status: int, ended: int) -> None:
    class Bot(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == HEALTH_PATH else 404)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Bot) as bot:
        Thread(target=bot.handle_request, daemon=True).start()
        assert asked_whether_healthy(f"0.0.0.0:{bot.server_port}") == ended
    assert asked_whether_healthy(f"127.0.0.1:{bot.server_port}") == 1


def test_a_container_that_does_not_listen_is_not_called_unhealthy() -> None:
    assert asked_whether_healthy("") == 0


@pytest.mark.parametrize("file", ["compose.yaml", "quipwire.service"])
def test_the_readme_says_how_to_use_it(file: str) -> None:
    assert f"deploy/{file}" in read("README.md")
