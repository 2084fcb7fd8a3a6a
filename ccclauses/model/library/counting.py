"""What the deadline of a duty counts from, as data; its `trigger` says the same in words and is never read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, Union

from ..diagnostic import nearest
from ..words.quantity import QuantityError
from ..words.words import MONTHS

Moment = Literal[
    "event",
    "services_start",
    "before_services_start",
    "annex_date",
    "previous_act",
    "calendar_period",
    "last_day",
    "last_business_day",
]
MOMENTS: Mapping[Moment, str] = MappingProxyType(
    {
        "event": "an event or an act whose day is not known in advance",
        "services_start": "the start of the Services; with `every`, what was done before it, and each period from it",
        "before_services_start": "the day before the Services start; for a duty with `standing`",
        "annex_date": "the date of the annex, and each anniversary of it",
        "previous_act": "the last time that the act was done; the first time, the period in `first` from the start of the Services",
        "calendar_period": "the end of each calendar week, month, quarter or year",
        "last_day": "as `calendar_period`, for an act done on the last day itself",
        "last_business_day": "the last Business Day of each calendar week, month, quarter or year",
    }
)
ON_A_CALENDAR: frozenset[object] = frozenset(("calendar_period", "last_day", "last_business_day"))
RECURRING: frozenset[object] = ON_A_CALENDAR | {"previous_act"}  # what makes sense only with a period that repeats
_DAY_OF_YEAR = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day that comes once a year, such as 15 April; `month` counts from 1. Raises `QuantityError` for one that never does."""

    day: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise QuantityError("a month is a number from 1 to 12")
        days = calendar.monthrange(2000, self.month)[1]  # a leap year
        if not 1 <= self.day <= days:
            raise QuantityError(f"{MONTHS[self.month - 1]} has {days} days")

    @classmethod
    def parse(cls, text: str) -> DayOfYear:
        """Read "15 April"; raise `QuantityError` otherwise."""
        match = _DAY_OF_YEAR.fullmatch(text)
        if not match:
            raise QuantityError("a day of the year is a number and a month, such as `15 April`")
        if match["month"] not in MONTHS:
            raise QuantityError(nearest(match["month"], MONTHS) or "write the month in full, such as `April`")
        return cls(int(match["day"]), MONTHS.index(match["month"]) + 1)

    def in_year(self, year: int) -> date:
        """The day in that year; 29 February is the 28th of a year that is not a leap year."""
        return date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]}"


CountsFrom = Union[Moment, DayOfYear]
