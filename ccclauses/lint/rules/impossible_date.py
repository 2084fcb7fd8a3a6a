"""Finds a date that no calendar has, and a weekday that is not that of its date.

Why it matters
    A deadline on a day that does not exist is open to dispute, and of a weekday and a date that differ one is wrong.

Flagged
    The Provider shall report by 31 June 2026.
    The Provider shall report by Monday 3 March 2026.

Accepted
    The Provider shall report by 30 June 2026.
    The Provider shall report by Tuesday, 3 March 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...model.diagnostic import Severity
from ...model.words.words import MONTHS
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L39"
SEVERITY = Severity.ERROR
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = "|".join(MONTHS)
_PATTERN = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_DAYS)}),? (?:the )?)?\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: day of)? (?P<month>{_MONTH}),?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,) (?P<year>\d{{4}})\b"
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")


def check(subject: Subject) -> Iterator[Finding]:
    """Each such date."""
    for match, sentence in matches(_PATTERN, subject):
        month = MONTHS.index(match["month"] or match["month2"]) + 1
        day = _date(int(match["year"]), month, int(match["day"] or match["day2"]))
        if day is None:
            yield Finding(message=f"there is no {match[0]}", words=match[0], passage=sentence.passage)
        elif match["weekday"] and match["weekday"] != _DAYS[day.weekday()]:
            hint = f"that day is a {_DAYS[day.weekday()]}"
            yield Finding(
                message=f"“{match[0]}” contradicts itself", words=match[0], passage=sentence.passage, hint=hint
            )
    for match, sentence in matches(_ISO, subject):
        if _date(int(match["year"]), int(match["month"]), int(match["day"])) is None:
            yield Finding(message=f"there is no {match[0]}", words=match[0], passage=sentence.passage)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
