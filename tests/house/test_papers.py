"""README, changelog, lock files and the tests themselves keep their promises."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from bot.cli.program import COMMANDS, program
from tests.house.tree import ROOT, SRC, read

LOCKS = ("requirements.lock", "requirements-dev.lock")
PAPERS = ("README.md", "CONTRIBUTING.md")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def on_the_command_line() -> dict[str, object]:
    return dict(get_command(program(COMMANDS)).commands)  # type: ignore[attr-defined]


def commands_in(paper: str) -> set[str]:
    """`quipwire NAME` as the paper has it, in code."""
    return set(re.findall(r"`[^`\n]*\bquipwire ([a-z]+)", read(paper)))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_make_target_of_a_paper_exists(paper: str) -> None:
    code = re.findall(r"`([^`\n]+)`|^ {4}(.+)$", read(paper), re.MULTILINE)
    wanted = {name for pair in code for name in re.findall(r"\bmake ([a-z]+)", "".join(pair))}
    assert wanted
    assert wanted <= targets()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_line_of_a_paper_exists(paper: str) -> None:
    assert commands_in(paper) <= set(on_the_command_line())


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    assert set(on_the_command_line()) <= commands_in("README.md")


def test_every_option_that_the_readme_shows_exists() -> None:
    for name, options in re.findall(r"`quipwire ([a-z]+)([^`]*)`", read("README.md")):
        parameters = on_the_command_line()[name].params  # type: ignore[attr-defined]
        known = {option for parameter in parameters for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", options)) <= known, name


def test_a_newcomer_finds_every_room_in_the_table() -> None:
    rooms = {path.name + "/" * path.is_dir() for path in SRC.iterdir() if path.name[0] != "_"}
    table = read("CONTRIBUTING.md").split("\n| room |", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`([a-z]+(?:/|\.py))`", table)) == rooms - {"py.typed"}


def test_every_make_target_is_explained_and_none_is_taken_for_a_file() -> None:
    makefile = read("Makefile")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) | {"help"}
    assert targets() == phony == explained


def test_links_inside_the_papers_lead_somewhere() -> None:
    for paper in (*PAPERS, "CHANGELOG.md"):
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", read(paper)):
            assert (ROOT / link).exists(), f"{paper}: {link}"


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    headings = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_everything_by_hash_and_names_no_registry(lock: str) -> None:
    text = read(lock)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    entries = re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])
    for entry in entries:
        assert re.match(r"[a-z0-9-]+(\[[a-z,-]+\])?==[0-9]", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_the_tests_install_what_the_bot_installs_and_more() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+(?:\[[^\]]*\])?==[^\s;]+)", read(lock), re.MULTILINE))

    assert pins(LOCKS[0]) < pins(LOCKS[1])


def test_every_dependency_is_locked() -> None:
    wanted = read("pyproject.toml").split("\ndependencies = [\n", 1)[1].split("\n]", 1)[0]
    names = re.findall(r'"([a-z0-9-]+)', wanted)
    assert len(names) > 20
    for name in names:
        assert re.search(rf"^{name}(\[[a-z,-]+\])?==", read(LOCKS[0]), re.MULTILINE), name


def test_no_test_waits_for_a_clock() -> None:
    """A virtual clock aside: there waiting takes no time."""
    waiting = re.compile(r"\bsleep\((?!0\))")
    here, virtual = "tests/house/test_papers.py", "tests/tg/virtual.py"
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if str(path.relative_to(ROOT)) not in {here, virtual}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if waiting.search(line)
    ]
    assert not found


def test_no_file_of_ours_is_longer_than_one_can_read() -> None:
    """About 300 lines; tests may be longer."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 330
    }
    assert not long
