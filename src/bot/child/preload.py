"""Imported once by the fork server, so that each worker starts warm and shares its memory.

Importing is all that a fork server does, so the work happens at import: the only such module.
"""

from __future__ import annotations

import gc
import os
import signal
from multiprocessing import spawn

from bot.child import limits

SERVER = os.getpid()


def _nothing(_main: str) -> None:
    """Workers need nothing of the program's main module, which they would run once more."""


for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
signal.signal(signal.SIGINT, signal.SIG_IGN)
limits.die_with(os.getppid())
for _name in ("_fixup_main_from_path", "_fixup_main_from_name"):
    setattr(spawn, _name, _nothing)

from bot.child.tasks import read, read_feed  # noqa: E402 - NumPy reads the environment when imported
from bot.reading import formats  # noqa: E402
from bot.reading.keywords import keywords  # noqa: E402

read("The first long sentence is read. The second long sentence is read too.", None, "en")
read("为了载入词典，先读一个较长的中文句子。然后再读另一个较长的中文句子。", None, "zh")
read("Der erste lange Satz wird hier gelesen. Der zweite lange Satz auch.", None, "de")
keywords("为了载入词典，先数一个较长的中文句子里的词。", "zh")
formats.document(b"<html><title>A page</title><p>It shows what a page is made of.</p></html>")
read_feed(
    "<rss><channel><item><title>Größe</title></item></channel></rss>".encode("cp1252"), "", "", None
)
gc.freeze()
