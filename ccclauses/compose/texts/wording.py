"""How a value is printed in an annex; the words of periods, money and percentages are those of the values themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ...common.places import in_sentence, zone_place
from ...model.library.clause import Parameter, Value
from ...model.words.quantity import Duration, Money, Percentage, plain
from ...model.words.words import MONTHS

_OPENING = re.compile(r'(^|[\s(\[—–-])"')


def typographic(text: str) -> str:
    """Library text with the quotation marks and apostrophes that a printed contract has; never for a client's words."""
    return _OPENING.sub("\\1“", text).replace('"', "”").replace("'", "’") if "'" in text or '"' in text else text


def long_date(day: date, language: str) -> str:
    """A date in words: "1 December 2026", or "December 1, 2026" in American English."""
    if day == date.min:
        return "[date]"  # open
    month = MONTHS[day.month - 1]
    return f"{month} {day.day}, {day.year}" if language == "en-US" else f"{day.day} {month} {day.year}"


def series(words: Iterable[str]) -> str:
    """Words joined as a list in a sentence: "A, B and C"."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"


def value_text(parameter: Parameter, value: Value, language: str, rendition: str = "") -> str:
    """The text of a parameter's value; `rendition` may be "every" or "hyphenated" for a period."""
    match value:
        case Duration():
            if value.amount == 0 and parameter.zero:
                return parameter.zero
            return {"every": value.every, "hyphenated": value.hyphenated}.get(rendition, value.wording)()
        case Money() | Percentage():
            return value.wording()
        case bool():
            return "yes" if value else "no"
        case int():
            return parameter.zero if value == 0 and parameter.zero else f"{value:,}"
        case date():
            return long_date(value, language)
        case tuple():
            return series(in_sentence(v) if parameter.type == "countries" else v for v in value)
        case str():
            if parameter.role == "business_day_calendar":
                return in_sentence(value)
            if parameter.role == "time_zone":
                return zone_place(value)
            return parameter.choices.get(value, value)
    return plain(value)
