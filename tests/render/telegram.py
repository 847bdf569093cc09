"""What Telegram makes of our HTML: the playground's strict parser reads it as a chat would."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.entities import Span, tidy, utf16_length
from bot.playground.html import parse_html

MESSAGE_UNITS = 4096
CALLBACK_BYTES = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it stands in a chat."""

    text: str
    spans: list[Span]

    def marked(self, kind: str) -> list[str]:
        """The passages that are bold, a spoiler, a quote and so on."""
        return [self.text[span.start : span.end] for span in self.spans if span.kind == kind]

    def links(self) -> list[str]:
        return [span.extra["url"] for span in self.spans if span.kind == "text_link"]

    @property
    def units(self) -> int:
        return utf16_length(self.text)


def shown(html: str) -> Shown:
    """Raises what Telegram would refuse."""
    return Shown(*tidy(*parse_html(str(html))))
