"""Content files <-> models. A bad line is told as file:line and never stops the others."""

from bot.content.folder import Content, read_file, read_folder
from bot.content.problems import Problem

__all__ = ["Content", "Problem", "read_file", "read_folder"]
