"""Periods as a text says them: “each calendar month”, “every 3 months”, “once a year”, “within 10 Business Days”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .quantity import Duration
from .words import NUMBER_WORD, UNIT_OF_TIME, number_of_words

RHYTHMS = {  # the choices of a parameter that says how often
    "daily": Duration(1, "days"),
    "weekly": Duration(1, "weeks"),
    "monthly": Duration(1, "months"),
    "quarterly": Duration(3, "months"),
    "half-yearly": Duration(6, "months"),
    "yearly": Duration(1, "years"),
}
_ADVERBS = RHYTHMS | {"hourly": Duration(1, "hours"), "annually": Duration(1, "years")}
_OTHER_UNITS = {"quarter": Duration(3, "months"), "anniversary": Duration(1, "years")}
_AFTER_ADVERB = "and|or|at|by|for|from|in|into|of|on|per|the|to|under|until|with|within|what|which|its|all|each|every"
_UNIT = rf"(?P<unit>business day|calendar day|{UNIT_OF_TIME})s?"
_NUMBER = rf"(?P<number>\d+|{NUMBER_WORD})"
_PERIOD = re.compile(rf"\b{_NUMBER}[ -]{_UNIT}\b", re.IGNORECASE)
_RHYTHM = re.compile(
    r"\b(?:(?:each|every|per|once (?:an?|in|in each|in every|each|every|per)) (?:(?:calendar|contract|further) )?"
    rf"(?:(?:{_NUMBER}[ -])?{_UNIT}|(?P<other>{'|'.join(_OTHER_UNITS)}))|(?P<adverb>{'|'.join(_ADVERBS)}))\b"
    # Before another word it is not a rhythm: "the Monthly Charges", "the daily figures".
    rf"(?(adverb)(?! (?!(?:{_AFTER_ADVERB})\b)\w))",
    re.IGNORECASE,
)
_SMALLEST = {"minutes": (60, "seconds"), "hours": (3600, "seconds"), "weeks": (7, "days"), "years": (12, "months")}


@dataclass(frozen=True, slots=True)
class Said:
    """A period in a text, with the words that say it."""

    words: str
    period: Duration


def rhythms_in(text: str) -> Iterator[Said]:
    """Each period at which something recurs."""
    for match in _RHYTHM.finditer(_spaced(text)):
        if match["adverb"]:
            period = _ADVERBS[match["adverb"].lower()]
        else:
            period = _OTHER_UNITS[match["other"].lower()] if match["other"] else _period(match)
        yield Said(match[0], period)


def periods_in(text: str) -> Iterator[Said]:
    """Each period that a text gives with its number and that is not a rhythm."""
    for match in _PERIOD.finditer(_RHYTHM.sub("…", _spaced(text))):
        yield Said(match[0], _period(match))


def says(text: str, period: Duration, *, recurs: bool) -> bool:
    """Whether a text says a period: as a rhythm, or as a time that has an end."""
    return any(same_period(said.period, period) for said in (rhythms_in if recurs else periods_in)(text))


def same_period(one: Duration, other: Duration) -> bool:
    """Whether two periods are one and the same on every calendar: a quarter is 3 months, a year 12."""
    return _least(one) == _least(other)


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def _period(match: re.Match[str]) -> Duration:
    number = (match["number"] or "1").lower()
    return Duration.parse(f"{number if number.isdecimal() else number_of_words(number)} {match['unit']}")


def _least(period: Duration) -> tuple[int, str, str]:
    times, unit = _SMALLEST.get(period.unit, (1, period.unit))
    return period.amount * times, unit, period.calendar
