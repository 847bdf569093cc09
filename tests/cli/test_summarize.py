"""`quipwire summarize`, as people and other programs call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import batch
from bot.cli.batch import parse
from bot.config import MAX_DOCUMENT_BYTES
from bot.models.summaries import Length, Wish
from tests.cli.program import program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program

__all__ = ["program"]

TEXT = (
    "\ufeffThe gate\r\n\r\n1. Why it stands\r\n\r\n"
    "The old gate 😀 kept 420 tons of water out of the town. It was built in one dry summer. \r"
    "Nobody remembers who paid for the gate.\r\n\r\n"
    "2. What comes next\n\n"
    "The new gate will keep the water in the town. People of the town will paint the gate green."
)
CHINESE = "新水厂日供水能力三千立方米。管网总长一百九十八公里。原有水站改作备用水源。"
DEFAULT = Wish(Length(3))


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def write(path: Path, *records: object) -> None:
    encoded = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    path.write_bytes(b"\n".join(encoded) + b"\n")


def check(record: dict[str, Any], source: str) -> None:
    assert list(record)[:9] == [
        "id", "language", "title", "words_in", "words_out",
        "sentences", "figures", "keywords", "outline",
    ]  # fmt: skip
    for sentence in record["sentences"]:
        assert list(sentence) == ["text", "start", "end", "section", "page", "score"]
    for piece in record["sentences"] + record["figures"]:
        assert source[piece["start"] : piece["end"]] == piece["text"]
    starts = [sentence["start"] for sentence in record["sentences"]]
    assert starts == sorted(starts)


def test_a_file_is_told_in_three_of_its_sentences(program: Program, tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_bytes(TEXT.encode())
    code, out, err = program("summarize", "gate.txt")
    assert (code, err) == (0, "")
    assert out.startswith("The gate\n")
    told = [line for line in out.splitlines() if line.endswith((".", "!"))]
    assert len(told) == 3
    assert "  (1. Why it stands)" in out


def test_json_cuts_sentences_out_of_the_untouched_text(program: Program, tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_bytes(TEXT.encode())
    code, out, _ = program("summarize", "gate.txt", "--json", "--sentences", "2")
    assert code == 0
    record = json.loads(out)
    assert record["source"] == TEXT
    check(record, TEXT)
    assert len(record["sentences"]) == 2
    assert record["figures"][0]["text"] == "420 tons of water"
    assert [part["title"] for part in record["outline"]] == [
        "1. Why it stands", "2. What comes next",
    ]  # fmt: skip
    assert "gate" in record["keywords"]
    assert record["sentences"][0]["page"] is None


def test_a_batch_answers_each_line_in_its_order_and_goes_on_after_errors(
    program: Program, tmp_path: Path
) -> None:
    write(
        tmp_path / "in.jsonl",
        {"id": "a", "text": TEXT},
        {"id": "b", "text": TEXT, "sentences": 1, "title": "Gates"},
        {"id": "c", "text": " "},
        b"no json",
        {"id": ["d"], "text": CHINESE, "words": 14},
        b"",
        {
            "id": None,
            "text": "One \ud800 half stands here alone. Another sentence stands here too.",
        },
        {"id": "f"},
    )
    code, _, err = program("summarize", "--jsonl", "in.jsonl", "out.jsonl", "--sentences", "2")
    assert code == 1
    assert "4 texts summarised; 3 could not be." in err
    first, second, empty, broken, chinese, odd, without = lines(tmp_path / "out.jsonl")
    check(first, TEXT)
    check(chinese, CHINESE)
    assert [len(first["sentences"]), len(second["sentences"])] == [2, 1]
    assert second["title"] == "Gates"
    assert (chinese["id"], chinese["language"], chinese["words_out"]) == (["d"], "zh", 13)
    assert empty == {"id": "c", "error": "There is nothing to read: the text is empty."}
    assert broken == {"id": None, "error": "That line is no JSON object."}
    assert odd["sentences"]
    assert without["id"] == "f"
    assert "text" in without["error"]


def test_a_batch_without_errors_ends_with_0_and_runs_through_pipes(program: Program) -> None:
    record = {"id": 1, "text": TEXT}
    code, out, err = program(
        "summarize", "--jsonl", "-", "-", "--words", "12", stdin=json.dumps(record).encode()
    )
    assert (code, err) == (0, "1 texts summarised.\n")
    check(json.loads(out), TEXT)


def test_many_texts_keep_their_order(program: Program, tmp_path: Path) -> None:
    texts = [f"The gate number {number} stands. " * (1 + number % 7) for number in range(120)]
    write(tmp_path / "in.jsonl", *({"id": n, "text": text} for n, text in enumerate(texts)))
    assert program("summarize", "--jsonl", "in.jsonl", "out.jsonl")[0] == 0
    assert [record["id"] for record in lines(tmp_path / "out.jsonl")] == list(range(120))


@pytest.mark.parametrize(
    "arguments",
    [
        ("gate.txt", "--sentences", "1", "--words", "5"),
        ("gate.txt", "--sentences", "0"),
        ("gate.txt", "--words", "many"),
        ("gate.txt", "--method", "guess"),
        ("gate.txt", "second.txt"),
        ("--jsonl", "in.jsonl"),
        ("--jsonl", "gate.txt", "gate.txt"),
        (),
    ],
)
def test_wrong_usage_ends_with_2(
    program: Program, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "gate.txt").write_bytes(TEXT.encode())
    code, out, err = program("summarize", *arguments)
    assert code == 2
    assert out == ""
    assert err
    assert (tmp_path / "gate.txt").read_bytes() == TEXT.encode()


def test_what_can_t_be_read_is_one_sentence(program: Program, tmp_path: Path) -> None:
    def told(name: str) -> str:
        code, out, err = program("summarize", name)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        return err

    (tmp_path / "empty").touch()
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(MAX_DOCUMENT_BYTES + 1)
    assert told("nowhere.txt") == "quipwire: There is no file nowhere.txt.\n"
    assert "is a folder" in told(".")
    assert "the file is empty" in told("empty")
    assert "too large" in told("huge")
    assert program("summarize", "--jsonl", "nowhere", "out")[0] == 1
    code, _, err = program("summarize", "--jsonl", "empty", "no-folder/out")
    assert (code, err) == (
        1, "quipwire: no-folder/out can't be written: No such file or directory.\n"
    )  # fmt: skip
    assert not (tmp_path / "out").exists()


def test_a_text_from_stdin_needs_no_file(program: Program) -> None:
    code, out, _ = program("summarize", "-", "--sentences", "1", stdin=CHINESE.encode("gb18030"))
    assert code == 0
    assert out.splitlines()[-1] in CHINESE


def test_a_bar_shows_on_a_terminal(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    write(tmp_path / "in.jsonl", {"id": 1, "text": TEXT})
    assert "Summarising" in program("summarize", "--jsonl", "in.jsonl", "out.jsonl")[2]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("[]", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"id": 7, "text": "a", "words": NaN}', "no JSON object"),
        ('{"id": 7, "text": 3}', "“text”"),
        ('{"id": 7, "text": "a", "words": 0}', "“words”"),
        ('{"id": 7, "text": "a", "words": true}', "“words”"),
        ('{"id": 7, "text": "a", "sentences": "3"}', "“sentences”"),
        ('{"id": 7, "text": "a", "sentences": 3, "words": 3}', "choose one"),
        ('{"id": 7, "text": "a", "title": []}', "“title”"),
    ],
)
def test_a_line_that_can_t_be_used_says_why(line: str, error: str) -> None:
    assert error in (parse(line.encode(), DEFAULT).error or "")


def test_a_line_s_own_length_takes_the_place_of_the_run_s() -> None:
    def length(line: str) -> Length:
        return parse(line.encode(), DEFAULT).wish.length

    assert length('{"text": "a"}') == Length(3)
    assert length('{"text": "a", "sentences": null, "words": 9}') == Length(9, "words")
    assert length('{"text": "a", "sentences": 7}') == Length(7)


def test_a_line_beyond_the_limit_is_an_error_and_the_next_one_is_read(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_LINE_BYTES", 1_000)
    write(tmp_path / "in.jsonl", {"id": 1, "text": TEXT * 9}, {"id": 2, "text": TEXT})
    assert program("summarize", "--jsonl", "in.jsonl", "out.jsonl")[0] == 1
    long, short = lines(tmp_path / "out.jsonl")
    assert long == {"id": None, "error": "That line is too long."}
    check(short, TEXT)
