"""How long a failure lasted, in the started units that its class counts, each with the day on which it starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from ..common.workdays import WorkCalendar, days_between
from ..model.words.quantity import Duration

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LENGTHS = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": _HOUR,
    "days": _DAY,
    "weeks": timedelta(weeks=1),
}


def elapsed(start: datetime, end: datetime) -> timedelta:
    """The time between two moments on the clock of the world; local clocks may jump between them."""
    return end.astimezone(timezone.utc) - start.astimezone(timezone.utc)


def started_hours(start: datetime, end: datetime, excluded: Iterable[Duration] = ()) -> int:
    """How many hours were started between two moments, those that are `excluded` left out."""
    return max(-(-(elapsed(start, end) - _span(excluded)) // _HOUR), 0)


def started_days(start: datetime, end: datetime, work: WorkCalendar, excluded: Iterable[Duration] = ()) -> list[date]:
    """The days on which each started period of 24 hours begins.

    A period runs from the time of day at which the failure began to the same time on the next day at the place, so
    that a change of clocks makes no extra day.
    """
    if elapsed(start, end) <= timedelta(0):
        return []
    first = work.local(start)
    wall = max(work.local(end).replace(tzinfo=None) - first.replace(tzinfo=None), timedelta(microseconds=1))
    count = max(-(-(wall - _span(excluded)) // _DAY), 0)
    # A deadline at midnight ends the day before it; the first day of delay is the one that then begins.
    return [first.date() + _DAY * n for n in range(count)]


def late_business_days(
    due: datetime, end: datetime, work: WorkCalendar, excluded: Iterable[Duration] = ()
) -> list[date]:
    """The Business Days after the due date, up to and including that of performance; at least one when it is late."""
    if elapsed(due, end) <= timedelta(0):
        return []
    last = work.local(due - timedelta(microseconds=1)).date()
    arrival = work.arrival(end)
    days = [d for d in days_between(last + _DAY, arrival) if work.is_business_day(d)] or [arrival]
    spared = sum(int(e.amount) for e in excluded)
    return days[: max(len(days) - spared, 0)]


def length(period: Duration) -> timedelta:
    """A period of hours, days or weeks as a length of time; Business Days have none and are refused when rows are read."""
    return period.amount * _LENGTHS[period.unit]


def _span(excluded: Iterable[Duration]) -> timedelta:
    return sum(map(length, excluded), timedelta(0))


def fits(excluded: Duration, counted: str) -> bool:
    """Whether excluded delay is in a unit that can be taken off what is counted."""
    if counted == "Business Day":
        return excluded.calendar == "business"
    return excluded.calendar == "calendar" and excluded.unit in _LENGTHS
