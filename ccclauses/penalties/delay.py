"""How late something is, in the started units that a penalty counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from ..model.quantity import Duration
from ..workdays import WorkCalendar

_HOUR = timedelta(hours=1)
_LENGTHS = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": _HOUR,
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}


def elapsed(start: datetime, end: datetime) -> timedelta:
    """The time between two moments on the clock of the world; local clocks may jump between them."""
    return end.astimezone(timezone.utc) - start.astimezone(timezone.utc)


def started_units(
    deadline: datetime, end: datetime, per: str, work: WorkCalendar, excluded: Iterable[Duration] = ()
) -> int:
    """How many hours, days, weeks or Business Days of delay were started between `deadline` and `end`.

    A started day runs from the deadline's time of day to the same time on the next day at the place, so that a change
    of clocks makes no extra day. A Business Day of delay is one that had begun when the performance arrived. `excluded`
    is delay that does not count, such as that which the client caused.
    """
    if end.astimezone(timezone.utc) <= deadline.astimezone(timezone.utc):
        return 0
    if per == "Business Day":
        late = max(work.count_business_days(work.local(deadline).date(), work.arrival(end)), 1)
        return max(late - sum(e.amount for e in excluded), 0)
    if per == "hour":
        return _started(elapsed(deadline, end) - _span(excluded), _HOUR)
    # Wall-clock days: both ends are read without their offset.
    wall = work.local(end).replace(tzinfo=None) - work.local(deadline).replace(tzinfo=None)
    wall = max(wall, timedelta(microseconds=1))
    return _started(wall - _span(excluded), timedelta(days=7 if per == "week" else 1))


def _started(span: timedelta, unit: timedelta) -> int:
    return max(-(-span // unit), 0)


def _span(excluded: Iterable[Duration]) -> timedelta:
    """Excluded delay as a length of time; Business Days are no length and are refused when events are read."""
    return sum((e.amount * _LENGTHS[e.unit] for e in excluded), timedelta(0))


def fits(excluded: Duration, per: str) -> bool:
    """Whether excluded delay is in a unit that can be taken off delay counted per `per`."""
    if per == "Business Day":
        return excluded.calendar == "business"
    return excluded.calendar == "calendar" and excluded.unit in _LENGTHS
