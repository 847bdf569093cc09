"""A Telegram of one's own: a strict Bot API server and a chat page on 127.0.0.1. The bot runs
against it unchanged, for people who want to try it and for tests."""

from bot.playground.client import Group, InlineResult, Person, Received, Toast
from bot.playground.playground import Playground

__all__ = ["Group", "InlineResult", "Person", "Playground", "Received", "Toast"]
