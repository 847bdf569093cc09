"""The one door to the internet: checked addresses, capped answers, polite and honest requests."""

from bot.errors import Gone, WebError
from bot.fetch.limits import Limits
from bot.fetch.web import Web
from bot.models.fetched import Fetched

__all__ = ["Fetched", "Gone", "Limits", "Web", "WebError"]
