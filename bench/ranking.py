"""`python -m bench.ranking [--long]`: seconds and memory of ranking alone, beside sumy's LexRank.

Sentences are drawn from our own content, clause by clause. Each measurement has a process of its
own and is warm: the second of two rankings of different texts. LexRank compares all sentences
here, as sumy does by itself; with `--long` also 5,000, which takes minutes.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from multiprocessing import get_context
from pathlib import Path

from bot.reading import rank as roll
from bot.reading.ranking import summarizers
from bot.reading.ranking.passages import Passages

CONTENT = Path(__file__).parents[1] / "content"
SIZES = (200, 1_000, 5_000, 50_000)
PEER = "lex-rank"
PEER_MOST, PEER_MOST_LONG = 1_000, 5_000
SHORTEST = 8
_SIGN = re.compile(r"[.,;:!?\"{}，。；：！？、“”\\]+")


def clauses(language: str) -> list[str]:
    """What stands between two signs in our jokes and headlines."""
    text = " ".join(file.read_text("utf-8") for file in CONTENT.glob(f"*/{language}.jsonl"))
    return [clause.strip() for clause in _SIGN.split(text) if len(clause) > SHORTEST]


def passages(language: str, count: int, seed: int) -> Passages:
    """So many sentences of two clauses, ten to a paragraph."""
    draw = random.Random(seed)
    known = clauses(language)
    gap, stop = ("，", "。") if language == "zh" else (", ", ".")
    sentences = [gap.join(draw.choices(known, k=2)) + stop for _ in range(count)]
    return Passages(sentences, [at // 10 for at in range(count)], language)


def measure(job: tuple[str, str, int]) -> tuple[float, float]:
    """Seconds of the second ranking, and megabytes at the peak of the process."""
    method, language, count = job
    summarizers.MOST_COMPARED = sys.maxsize
    first, second = passages(language, min(count, 1_000), 1), passages(language, count, 2)
    if method != PEER or count <= PEER_MOST:
        roll.rank(first, method)
    begin = time.perf_counter()
    roll.rank(second, method)
    seconds = time.perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(method: str, language: str, count: int) -> tuple[float, float]:
    """`measure` in a fresh process."""
    with get_context("spawn").Pool(1) as pool:
        return pool.map(measure, [(method, language, count)])[0]


def main() -> None:
    most = PEER_MOST_LONG if "--long" in sys.argv else PEER_MOST
    print(f"{'':3}{'sentences':>10}{'ours':>10}{'memory':>9}{'LexRank':>10}{'ratio':>9}")
    for language in ("en", "zh"):
        for count in SIZES:
            seconds, megabytes = apart(roll.DEFAULT, language, count)
            peer = apart(PEER, language, count)[0] if count <= most else None
            beside = f"{peer:8.2f} s{peer / seconds:8.0f}x" if peer else ""
            print(
                f"{language:3}{count:10,}{1000 * seconds:7.0f} ms{megabytes:6.0f} MB{beside}",
                flush=True,
            )


if __name__ == "__main__":
    main()
