"""What the bot says, in each reader's language: English in the code, the rest in `.po` files.

The catalogues are compiled in memory when first asked for, so nothing can be forgotten to build.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_skeleton,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.errors import UserError
    from bot.models.said import Said

# A reader's language -> its catalogue (None: the English of the code). Telegram and our content
# know languages by two letters; Chinese readers get the simplified script.
CATALOGUES: dict[str, str | None] = {"en": None, "zh": "zh_Hans"}


@dataclass(frozen=True, slots=True)
class Texts:
    """Translates messages, plain or as HTML; `language` is one of `CATALOGUES`."""

    language: str

    def say(self, message: str, **values: object) -> str:
        """The message in plain text."""
        return _catalogue(self.language).gettext(message).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The message for `n` things; `{n}` is written with the language's separators."""
        text = _catalogue(self.language).ngettext(one, many, n)
        return text.format(n=self.number(n), **values)

    def html(self, message: str, **values: object) -> Markup:
        """The message as HTML: the catalogue's own tags stay, values are escaped."""
        text = _catalogue(self.language).gettext(message)
        return Markup(text).format(**values)  # noqa: S704

    def error(self, error: UserError) -> str:
        """An expected failure in the reader's words."""
        return self.say(error.message, **error.values)

    def said(self, said: Said) -> str:
        """What was said elsewhere, in the reader's words."""
        return self.say(said.message, **said.values)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def day(self, value: date) -> str:
        return format_date(value, "medium", locale=self.locale)

    def short_day(self, value: date) -> str:
        """Without the year: "Nov 29"."""
        return format_skeleton("MMMd", value, locale=self.locale)

    def hour(self, value: datetime) -> str:
        """With the day of the week, on the clock that `value` carries: "Sun 18:00"."""
        return format_datetime(value, "EEE HH:mm", tzinfo=value.tzinfo, locale=self.locale)

    def time(self, value: datetime) -> str:
        """The time of day on the clock that `value` carries, as people type it: "08:00"."""
        return f"{value:%H:%M}"

    def weekdays(self) -> tuple[str, ...]:
        """The days of the week in short, Monday first."""
        names = get_day_names("abbreviated", locale=self.locale)
        return tuple(names[day] for day in range(7))

    def ago(self, moment: datetime, now: datetime) -> str:
        """How long ago, in one unit: "3 hours ago"; a minute at least, a date after a month."""
        age = now - moment
        if age > timedelta(days=30):
            return self.day(moment)
        return format_timedelta(
            -max(age, timedelta(minutes=1)), add_direction=True, threshold=1.2,
            granularity="minute", locale=self.locale,
        )  # fmt: skip

    def name_of(self, language: str) -> str:
        """What readers call a language of two letters; the letters where it has no name."""
        name: str = self.locale.languages.get(language, language)
        return name

    def place(self, zone: str) -> str:
        """What readers call an IANA zone: by its city, or by itself where it has none."""
        if "/" in zone and not zone.startswith("Etc/"):
            zone = get_timezone_location(zone, locale=self.locale, return_city=True)
        return zone.rpartition("/")[2]

    def zones(self) -> dict[str, str]:
        """The IANA zones by the names of their cities, as far as those are not the zone's own."""
        named = self.locale.time_zones.items()
        return {names["city"]: zone for zone, names in named if "city" in names}

    def listed(self, parts: Iterable[str]) -> str:
        """Several things in a row."""
        return self.say(", ").join(parts)

    @property
    def locale(self) -> Locale:
        return _locale(self.language)


def mark(message: str) -> str:
    """Marks a message for the catalogues where it stands; it is translated where it is said."""
    return message


def language_for(code: str | None, default: str) -> str:
    """The language of `CATALOGUES` nearest to an IETF tag such as `zh-hans` or `en-GB`."""
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in CATALOGUES else default


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(CATALOGUES[language] or language)


@cache
def _catalogue(language: str) -> NullTranslations:
    name = CATALOGUES[language]
    if name is None:
        return NullTranslations()
    source = files(__package__).joinpath(f"{name}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)
