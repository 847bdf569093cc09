"""Worker processes that may be killed: what reads foreign bytes runs here, under limits."""

from bot.child.children import Children
from bot.child.progress import Progress

__all__ = ["Children", "Progress"]
