"""Content files become models; what is wrong in them is told as file:line, all of it at once."""

from bot.content.folder import read_folder
from bot.content.models import SHELVES, Content, Entry, Shelf

__all__ = ["SHELVES", "Content", "Entry", "Shelf", "read_folder"]
