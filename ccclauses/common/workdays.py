"""Business Days of one named place, and due dates: the one reading of days, months and clocks that the project has.

A Business Day is a day other than a day of the weekend or a public holiday of the place; what arrives after the cut-off
arrives on the next one. A period in days or months leaves out the day that starts it and ends with its last day; a
period in hours runs on the clock of the world, so that a change to summer time neither shortens nor lengthens it.
"""

from __future__ import annotations

import calendar
import functools
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from ..model.words.quantity import Duration

CUT_OFF = time(17, 0)
_CLOCK_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600}
_DAY = timedelta(days=1)


class UnknownPlace(ValueError):
    """A place whose public holidays are not known; the message says so."""


# Weekends other than Saturday and Sunday, Monday as 0; those of the package `holidays`, which takes long to import.
_WEEKENDS = {
    **dict.fromkeys("AF BD BH DJ DZ EG IL IQ JO KW MR MV OM QA SA SD SY YE".split(), frozenset((4, 5))),
    "BN": frozenset((4, 6)),
    "IR": frozenset((4,)),
}
_USUAL = frozenset((5, 6))
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekend(place: str) -> frozenset[int]:
    """The days of the weekend at an ISO 3166 place, Monday as 0: Friday and Saturday in Egypt.

    Where only Sunday is a day of rest by law, Saturday counts as one too: offices and banks are closed.
    """
    return _WEEKENDS.get(place.partition("-")[0], _USUAL)


def weekend_name(place: str) -> str:
    """The weekend as conditions name it: `saturday_sunday`, `friday_saturday`, `friday_sunday` or `friday`."""
    return "_".join(_DAY_NAMES[day].lower() for day in sorted(weekend(place)))


@functools.lru_cache(maxsize=64)
def _public_holidays(place: str) -> Container[date]:
    import holidays

    country, _, part = place.partition("-")
    # Of a place that has no holidays of its own in the data, those of the country are all there are.
    for subdivision in (part or None, None):
        try:
            return holidays.country_holidays(country, subdiv=subdivision)
        except NotImplementedError:
            continue
    raise UnknownPlace(f"the public holidays of `{place}` are not known")


# Countries whose parts have public holidays of their own. Not the United States: contracts there count federal holidays.
REGIONAL = frozenset(
    "AD AR AU BA BO BQ BR BT CA CH CL CV DE ES FI FM FR GB GQ IN IT MY NI NZ PT SB SH ST SV TV".split()
)


@functools.lru_cache(maxsize=64)
def regional_holidays(country: str, year: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The public holidays of a year that only parts of a country have, by date, each with the codes of the parts."""
    import holidays

    whole = holidays.country_holidays(country, years=year)
    parts: dict[tuple[date, str], list[str]] = {}
    for part in getattr(whole, "subdivisions", ()):
        for day, name in holidays.country_holidays(country, subdiv=part, years=year).items():
            if day not in whole:
                parts.setdefault((day, name), []).append(f"{country}-{part}")
    return tuple((f"{name} ({day.day} {day:%B %Y})", tuple(codes)) for (day, name), codes in sorted(parts.items()))


def known_place(place: str) -> bool:
    """Whether the public holidays of the ISO 3166 place are known."""
    try:
        _public_holidays(place)
    except UnknownPlace:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The Business Days of `place` (ISO 3166) on the clock of `time_zone` (IANA)."""

    place: str
    time_zone: str
    cut_off: time = CUT_OFF

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as a value."""
        return ZoneInfo(self.time_zone)

    def is_business_day(self, day: date) -> bool:
        """Whether `day` is a Business Day of the place."""
        return day.weekday() not in weekend(self.place) and day not in _public_holidays(self.place)

    def next_business_day(self, day: date) -> date:
        """`day` itself when it is a Business Day, else the first one after it."""
        while not self.is_business_day(day):
            day += _DAY
        return day

    def add_business_days(self, day: date, count: int) -> date:
        """The day that is `count` Business Days after `day`; `day` itself is not counted."""
        for _ in range(count):
            day = self.next_business_day(day + _DAY)
        return day

    def days_before(self, day: date, period: Duration) -> date:
        """The last day that leaves a whole period of days, weeks, months or years before `day`."""
        if period.calendar == "calendar":
            return add_period(day, period, -1)
        for _ in range(period.amount):
            day = self.business_day_before(day)
        return day

    def business_day_before(self, day: date) -> date:
        """The last Business Day that comes before `day`."""
        day -= _DAY
        while not self.is_business_day(day):
            day -= _DAY
        return day

    def count_business_days(self, after: date, until: date) -> int:
        """How many Business Days lie after `after`, up to and including `until`."""
        return sum(self.is_business_day(d) for d in days_between(after + _DAY, until))

    def local(self, moment: datetime) -> datetime:
        """The moment on the clock of the place."""
        return moment.astimezone(self.zone)

    def arrival(self, moment: datetime) -> date:
        """The Business Day on which something that comes in at `moment` arrives."""
        local = self.local(moment)
        return self.next_business_day(local.date() + (_DAY if local.time() > self.cut_off else timedelta(0)))

    def at(self, day: date, clock: time) -> datetime:
        """That time of day at the place; a time that the clocks skip is the one an hour later."""
        moment = datetime.combine(day, clock, tzinfo=self.zone)
        return moment.astimezone(timezone.utc).astimezone(self.zone)

    def end_of(self, day: date, *, business: bool) -> datetime:
        """When `day` ends for a duty: at the cut-off for a period in Business Days, else at midnight."""
        return self.at(day, self.cut_off) if business else self.at(day + _DAY, time(0))

    def due(self, trigger: datetime, period: Duration) -> datetime:
        """When a period that `trigger` starts is over, as a moment on the clock of the place."""
        if period.unit in _CLOCK_UNITS:
            elapsed = timedelta(seconds=period.amount * _CLOCK_UNITS[period.unit])
            return (trigger.astimezone(timezone.utc) + elapsed).astimezone(self.zone)
        if period.calendar == "business":
            # What comes after the cut-off, or on a day off, counts from the next Business Day.
            return self.end_of(self.due_day(self.arrival(trigger), period), business=True)
        return self.end_of(self.due_day(self.local(trigger).date(), period), business=False)

    def due_day(self, day: date, period: Duration) -> date:
        """The last day of a period of days, weeks, months or years that `day` starts and is not part of."""
        if period.calendar == "business":
            return self.add_business_days(day, period.amount)
        return add_period(day, period)


def add_period(day: date, period: Duration, times: int = 1) -> date:
    """`day` moved by `times` periods: months go to the same day of the month, or to its last day."""
    count = period.amount * times
    match period.unit:
        case "months":
            return add_months(day, count)
        case "years":
            return add_months(day, 12 * count)
        case "weeks":
            return day + timedelta(weeks=count)
        case "days":
            return day + timedelta(days=count)
    raise ValueError(f"a period in {period.unit} does not count days")


def add_months(day: date, count: int) -> date:
    """The same day `count` months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included."""
    while first <= last:
        yield first
        first += _DAY
