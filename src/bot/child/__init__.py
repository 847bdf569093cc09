"""Worker processes that may be killed: what reads foreign bytes runs here, under limits."""

from bot.child.children import Children

__all__ = ["Children"]
