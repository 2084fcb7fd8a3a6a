"""Dates as people write them; one whose day and month may be either way round is read in both."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from ....model.words.words import MONTHS
from .reading import Habits, Meant, Typed, folded, several, tidy, unread

_EXAMPLE = "3 March 2026"
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "ro", "hu")
_MONTH_FIRST = ("US", "PH", "FM", "MH", "PW")
_FILLERS = {"of", "the", "de", "den", "del", "di", "le", "der", "do", "day"}
_WEEKDAYS = {d[:3].casefold(): n for n, d in enumerate(calendar.day_name)}


def day(text: str, habits: Habits) -> Typed:
    """A date, year-month-day as a profile holds it."""
    bare, said = tidy(text), text.strip()
    if habits.today and bare.lower() in ("today", "now", "heute", "tomorrow", "yesterday"):
        step = {"tomorrow": 1, "yesterday": -1}.get(bare.lower(), 0)
        return several(text, [_meant(habits.today + timedelta(days=step))])
    bare = re.sub(r"^(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}.*$", r"\1", bare)  # a time of day behind it
    if match := re.fullmatch(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})", bare):
        return _checked(text, [(int(match[1]), int(match[3]), int(match[4]))])
    if match := re.fullmatch(r"(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?", bare):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        ways = [(year, second, first), (year, first, second)]
        if match[2] == ".":  # with points the day comes first wherever they are used
            ways = ways[:1]
        elif habits.country in _MONTH_FIRST:
            ways.reverse()
        return _checked(text, ways)
    return _in_words(text, bare, said)


def _in_words(text: str, bare: str, said: str) -> Typed:
    months, numbers, weekday = [], [], None
    for word in re.findall(r"\d+|[^\W\d_]+", bare):
        name = folded(word)
        if word.isdigit():
            numbers.append(word)
        elif name in _FILLERS or name in ("st", "nd", "rd", "th", "er", "o", "a"):
            continue
        elif found := _months().get(name):
            months.append(found)
        elif len(name) > 2 and (name in _WEEKDAYS or any(name == d.casefold() for d in calendar.day_name)):
            weekday = _WEEKDAYS[name[:3]]
        else:
            return unread(text, f"we can't read “{said}” as a date", _EXAMPLE)
    if len(months) != 1 or len(numbers) > 2:
        return unread(text, f"we can't read “{said}” as a date", _EXAMPLE)
    if len(numbers) < 2:
        lacks = "the year" if numbers and len(numbers[0]) <= 2 else "the day"
        return unread(text, f"“{said}” lacks {lacks}", _EXAMPLE)
    number, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    read = _checked(text, [(_year(year), months[0], int(number))])
    meant = date.fromisoformat(read.meanings[0].text) if read.meant else None
    if meant and weekday is not None and meant.weekday() != weekday:
        shown = f"{meant.day} {MONTHS[meant.month - 1]} {meant.year}"
        why = f"{shown} is a {calendar.day_name[meant.weekday()]}, not a {calendar.day_name[weekday]}"
        return several(text, read.meanings, why=why)
    return read


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _checked(text: str, ways: list[tuple[int, int, int]]) -> Typed:
    """The dates that exist of those a text may represent."""
    found = []
    why = ""
    for year, month, number in ways:
        if not 1900 <= year <= 2200:
            why = why or f"the year {year} is not between 1900 and 2200"
        elif not 1 <= month <= 12:
            why = why or f"there is no month {month}"
        elif not 1 <= number <= (days := calendar.monthrange(year, month)[1]):
            why = why or f"{calendar.month_name[month]} {year} has {days} days"
        else:
            found.append(_meant(date(year, month, number)))
    return several(text, found) if found else unread(text, why, _EXAMPLE)


def _meant(found: date) -> Meant:
    return Meant(found.isoformat(), f"{found.day} {MONTHS[found.month - 1]} {found.year}")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The month of each name and abbreviation in the languages in which call centres are bought."""
    from babel import Locale

    names: dict[str, int] = {}
    for language in _LANGUAGES:
        known = Locale(language).months
        for context in ("stand-alone", "format"):
            for width in ("wide", "abbreviated"):
                for number, name in known[context][width].items():
                    names.setdefault(folded(name), number)
    names |= {"sept": 9}
    return names
