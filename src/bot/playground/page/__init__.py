"""The chat page: static files, a stream of what happens, and what the person at it does."""

from bot.playground.page.routes import ChatPage

__all__ = ["ChatPage"]
