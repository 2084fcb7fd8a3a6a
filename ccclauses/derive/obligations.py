"""The obligations of an annex as dated entries: which day each falls due between a start and an end.

A duty that recurs is dated from the start of the Services; one that an event triggers has no date until the event
happens and is listed without one. Periods of months are counted from the start each time and not from one due date to
the next, so that a month end stays a month end.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from ..common.workdays import WorkCalendar, add_months, add_period, known_place, month_end
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, Position
from ..model.library.counting import ON_A_CALENDAR, CountsFrom, DayOfYear
from ..model.obligation import Deadline, Obligation
from ..model.words.quantity import Duration

OCCURRENCE_LIMIT = 20_000
_LAST_YEAR = 2200  # of dates that are calculated
RULE_HORIZON = 60  # periods that must be regular before a rule may represent the dates
_DAY = timedelta(days=1)
_CLOCK_UNITS = ("seconds", "minutes", "hours")
_SHORTEST = {"calendar": 7, "business": 5}  # days; what recurs more often is shown by its evidence, not by a date each
_MONTH_OF_HOURS = 28 * 24
_CALENDAR_UNITS = ("weeks", "months", "years")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One due date. `first` and `last` bound the period that it closes; `clock` is when the day ends for the duty.

    `number` counts the occurrences of the obligation from 1. `assumed` says on what the date rests when the duty's own
    trigger can't be known.
    """

    obligation: Obligation
    number: int
    due: date
    clock: time | None = None  # None: the whole day
    first: date
    last: date
    rule: Rule | None = None
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """An exact recurrence: each `interval` weeks, days or months, on day `month_day` (-1 is the last of the month)."""

    frequency: Literal["DAILY", "WEEKLY", "MONTHLY"]
    interval: int
    month_day: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """An obligation without a date, and why it has none."""

    obligation: Obligation
    why: Literal["event", "running", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCalendar:
    """The obligations of an annex between `start` and `until`, dated ones by date."""

    annex: Annex
    start: date
    until: date
    place: str
    time_zone: str
    occurrences: tuple[Occurrence, ...]
    undated: tuple[Undated, ...]
    problems: tuple[Diagnostic, ...] = ()  # warnings and notes of the way there


def date_obligations(
    annex: Annex, start: date, until: date | None = None, *, file: str = ""
) -> tuple[DutyCalendar | None, list[Diagnostic]]:
    """The dates of every obligation from `start`, the start of the Services, until `until` (a year when not given).

    Of an amended annex each date is that of the terms of its day (`Annex.on`); duties without a date are those of the last.
    """
    until = until or (add_months(start, 12) - _DAY if start.year <= _LAST_YEAR else start)
    at = Position(file=file or annex.reference)
    problems = []
    if until < start:
        problems.append(Diagnostic(rule="dates", message=f"the end {until} lies before the start {start}", at=at))
    elif (until - start).days > 366 * 25 or until.year > _LAST_YEAR or start.year < 1970:
        message = f"dates are calculated from 1970 to {_LAST_YEAR}, for at most 25 years at once"
        problems.append(Diagnostic(rule="dates", message=message, at=at))
    if not known_place(annex.calendar):
        message = f"the public holidays of `{annex.calendar}` are not known, so no Business Day can be counted"
        problems.append(Diagnostic(rule="unknown-place", message=message, at=at))
    if problems:
        return None, problems
    dated: list[Occurrence] = []
    undated: list[Undated] = []
    before: set[str] = set()  # the duties of the terms before
    for terms, first, last in _terms(annex, start, until):
        undated = []
        work = WorkCalendar(place=terms.calendar, time_zone=terms.time_zone)
        for obligation in terms.obligations:
            added = first > start and obligation.id not in before and obligation.deadline.every is None
            found = list(_occurrences(obligation, terms, work, first if added else start, last, since=added))
            dated += [o for o in found if first <= o.due or first == start]
            if not found and (why := _why_undated(obligation)):
                undated.append(Undated(obligation=obligation, why=why))
            if len(dated) > OCCURRENCE_LIMIT:
                message = f"more than {OCCURRENCE_LIMIT:,} dates fall due before {until}"
                return None, [Diagnostic(rule="dates", message=message, at=at, hint="give an earlier --until")]
        before = {o.id for o in terms.obligations}
    dated.sort(key=lambda o: (o.due, o.clock or time.max))
    if annex.earlier:
        dated = _counted_on(dated)
    calendar = DutyCalendar(
        annex=annex,
        start=start,
        until=until,
        place=annex.calendar,
        time_zone=annex.time_zone,
        occurrences=tuple(dated),
        undated=tuple(undated),
    )
    return calendar, []


def _terms(annex: Annex, start: date, until: date) -> Iterator[tuple[Annex, date, date]]:
    """The annex before and after each amendment, with the first and the last day on which its terms held."""
    first = start
    for earlier in annex.earlier:
        if first <= earlier.until:
            yield earlier.annex, first, min(earlier.until, until)
            first = earlier.until + _DAY
    if first <= until:
        yield annex, first, until


def _counted_on(dated: Iterable[Occurrence]) -> list[Occurrence]:
    """The dates of an amended annex, those of one duty counted on through its amendments; no rule holds across those."""
    counts: Counter[str] = Counter()
    out = []
    for occurrence in dated:
        counts[occurrence.obligation.id] += 1
        out.append(replace(occurrence, number=counts[occurrence.obligation.id], rule=None))
    return out


# Acts by which something reaches the other party, which can then check that it came; all other acts are done at home.
_DELIVERING = frozenset(
    "answer certify confirm deliver give inform meet notify offer prove provide report return send show supply tell".split()
)
Whose = Literal["client", "provider", "both"]
DutyKind = Literal["delivery", "act"]


def kind_of_duty(obligation: Obligation) -> DutyKind:
    """Whether something reaches the other party, or the act is done at home."""
    return "delivery" if obligation.action.split(" ", 1)[0].casefold() in _DELIVERING else "act"


def selected(duties: DutyCalendar, whose: Whose = "both", kind: DutyKind | None = None) -> DutyCalendar:
    """The calendar of one party's duties, of one kind where it is given."""

    def wanted(obligation: Obligation) -> bool:
        return whose in ("both", obligation.obligor) and kind in (None, kind_of_duty(obligation))

    return _those(duties, wanted)


def for_the_client(duties: DutyCalendar) -> DutyCalendar:
    """What a client keeps in its own calendar: its own duties, and what the provider is to deliver to it."""
    return _those(duties, lambda o: o.obligor == "client" or kind_of_duty(o) == "delivery")


def _those(duties: DutyCalendar, wanted: Callable[[Obligation], bool]) -> DutyCalendar:
    return replace(
        duties,
        occurrences=tuple(o for o in duties.occurrences if wanted(o.obligation)),
        undated=tuple(u for u in duties.undated if wanted(u.obligation)),
    )


# --- what has dates, and which ---


def _has_dates(due: Deadline) -> bool:
    """Whether there are days on which it is due: on a period that is not too short, or once."""
    if due.every is None:
        timed = due.within or due.before
        return due.counts_from == "before_services_start" or (
            timed is not None and due.counts_from in ("services_start", "annex_date")
        )
    if due.every.unit in _CLOCK_UNITS or not due.every.amount or _lasts_as_an_event(due):
        return False
    return due.every.unit != "days" or due.every.amount >= _SHORTEST[due.every.calendar]


def _lasts_as_an_event(due: Deadline) -> bool:
    """Whether it recurs within a month of an event, as updates on a breach do: while that lasts, on days that nobody knows."""
    return due.counts_from == "event" and due.every is not None and due.every.hours < _MONTH_OF_HOURS


def _why_undated(obligation: Obligation) -> Literal["event", "running", "standing"] | None:
    """Why an obligation has no date; None when its dates only lie after the end."""
    if _has_dates(obligation.deadline):
        return None
    if obligation.deadline.every and not _lasts_as_an_event(obligation.deadline):
        return "running"
    return "standing" if obligation.kind == "standing" else "event"


def _dated(annex: Annex, start: date) -> date:
    """The date of the annex; while it is open, the start of the Services."""
    return annex.date if annex.date > date.min else start


def _occurrences(
    obligation: Obligation, annex: Annex, work: WorkCalendar, start: date, until: date, *, since: bool = False
) -> Iterator[Occurrence]:
    """The dates of a duty up to `until`; `since` says that `start` is the day of the amendment that added it."""
    due = obligation.deadline
    if not _has_dates(due):
        return
    if due.every is None:
        first = _dated(annex, start) if due.counts_from == "annex_date" and not since else start
        if due.counts_from == "before_services_start":
            first -= _DAY
        day, clock = (
            (_ahead(first, due.before, work), None) if due.before else _due(first, due.within, work, begins=True)
        )
        if day <= until:
            assumed = f"counted from {start}, when the amendment that added the duty took effect" if since else ""
            yield Occurrence(
                obligation=obligation, number=1, due=day, clock=clock, first=first, last=first, assumed=assumed
            )
        return
    last_business_day = due.counts_from == "last_business_day"
    # The first period ends early where the duty is first due before a whole one has passed.
    second = _second(start, due.first, work) if due.first else None
    rule = None if due.before or last_business_day else _rule(due.every, second or start, due)
    assumed = f"counted from {start}; the duty runs from {obligation.trigger}" if due.counts_from == "event" else ""
    whole = _periods(due.every, second or start, _dated(annex, start), due.counts_from, work)
    periods = itertools.chain([(start, second - _DAY)], whole) if second else whole
    for number, (first, last) in enumerate(periods, 1):
        end = work.business_day_before(last + _DAY) if last_business_day else last
        day, clock = (_ahead(end, due.before, work), None) if due.before else _due(end, due.within, work)
        if day > until:
            return
        if day < start:
            continue  # of a period that ended before the Services started
        yield Occurrence(
            obligation=obligation,
            number=number,
            due=day,
            clock=clock,
            first=first,
            last=last,
            rule=rule,
            assumed=assumed,
        )


# --- periods and due dates ---


def _by_calendar(every: Duration, counts_from: CountsFrom | None) -> bool:
    return counts_from in ON_A_CALENDAR and every.unit in _CALENDAR_UNITS


def _periods(
    every: Duration, start: date, annexed: date, counts_from: CountsFrom | None, work: WorkCalendar
) -> Iterator[tuple[date, date]]:
    """The first and the last day of each period, without end."""
    turns: Iterable[date]
    if isinstance(counts_from, DayOfYear):
        turns = map(counts_from.in_year, itertools.count(start.year - 1))
    elif counts_from == "annex_date":
        turns = (add_period(annexed, every, n) for n in itertools.count())
    elif _by_calendar(every, counts_from):
        yield from _calendar_periods(every, start)
        return
    elif every.calendar == "business":
        turns = itertools.accumulate(itertools.repeat(every.amount), work.add_business_days, initial=start - _DAY)
    else:
        turns = (add_period(start, every, n) - _DAY for n in itertools.count())
    # The day that ends a period is not part of the next.
    for before, last in itertools.pairwise(turns):
        yield before + _DAY, last


def _calendar_periods(every: Duration, start: date) -> Iterator[tuple[date, date]]:
    """Periods that end with the week, month, quarter or year; the first is what is left of the one at `start`."""
    first = start
    while True:
        if every.unit == "weeks":
            last = first + timedelta(days=6 - first.weekday())
        else:
            months = every.amount * (12 if every.unit == "years" else 1)
            # Periods of 1, 3, 6 or 12 months end where the year divides into them.
            last = month_end(add_months(first.replace(day=1), months - 1 - (first.month - 1) % months))
        yield first, last
        first = last + _DAY


def _second(start: date, first: Duration, work: WorkCalendar) -> date:
    """The first day of the second period, when the first one is shorter than those that follow."""
    if first.unit in _CLOCK_UNITS:
        return start + timedelta(days=math.ceil(first.hours / 24))
    if first.calendar == "business":
        return work.add_business_days(start - _DAY, first.amount) + _DAY
    return add_period(start, first)


def _ahead(day: date, before: Duration, work: WorkCalendar) -> date:
    """The last day on which what must come `before` a day is in time."""
    if before.unit in _CLOCK_UNITS:
        return day - timedelta(days=math.ceil(before.hours / 24))
    return work.days_before(day, before)


def _due(day: date, within: Duration | None, work: WorkCalendar, *, begins: bool = False) -> tuple[date, time | None]:
    """The due date of a period that ends on `day`, or of a duty that `day` begins, with its time of day if any."""
    if within is None or not within.amount:
        return day, None
    if within.unit in _CLOCK_UNITS:
        start = work.at(day, time(0)) if begins else work.end_of(day, business=False)
        local = work.due(start, within)
        if local.time() == time(0):  # midnight is the end of the day before
            return local.date() - _DAY, None
        return local.date(), local.time().replace(microsecond=0)
    business = within.calendar == "business"
    return work.due_day(day, within), work.cut_off if business else None


def _rule(every: Duration, start: date, due: Deadline) -> Rule | None:
    """The rule that gives exactly the due dates, however far they are calculated; None where only dates can."""
    if every.calendar == "business" or (due.within is not None and due.within.amount):
        # A period after the end moves with Business Days and the lengths of months.
        return None
    if due.counts_from == "annex_date" or isinstance(due.counts_from, DayOfYear):
        return None
    if every.unit in ("days", "weeks"):
        return Rule("WEEKLY", every.amount) if every.unit == "weeks" else Rule("DAILY", every.amount)
    months = every.amount * (12 if every.unit == "years" else 1)
    if _by_calendar(every, due.counts_from) or start.day == 1:
        return Rule("MONTHLY", months, -1)
    last_days = {(add_period(start, every, n) - _DAY).day for n in range(1, RULE_HORIZON + 1)}
    return Rule("MONTHLY", months, last_days.pop()) if len(last_days) == 1 else None


# --- words ---


def deadline_text(obligation: Obligation) -> str:
    """The deadline with its trigger, in words."""
    wording = obligation.when()
    if obligation.deadline.standing or obligation.kind == "standing" or not obligation.trigger:
        return wording
    if wording.endswith(obligation.trigger):
        return wording
    link = "" if obligation.deadline.every or obligation.deadline.before else "of "
    return f"{wording}{'; trigger: ' if obligation.deadline.every else f' {link}'}{obligation.trigger}"


def duty_text(obligation: Obligation) -> str:
    """The duty in words: "send the Security Report"."""
    return f"{obligation.action} {obligation.object}"


def consequence_text(obligation: Obligation, annex: Annex) -> str:
    """What follows a failure: the paragraph and, where one is promised, the credit."""
    noun = paragraph_noun(annex)
    parts = [f"{noun}{obligation.consequence}"] if obligation.consequence else []
    if obligation.failure in annex.sanctions:
        parts.append(f"credit of {annex.sanctions[obligation.failure].wording()}")
    return ": ".join(parts)


def paragraph_noun(annex: Annex) -> str:
    """The word before the number of a paragraph: "clause ", "Section "."""
    return annex.numbering.clause[1].noun if len(annex.numbering.clause) > 1 else ""


def by_obligation(occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    """The occurrences of each obligation, in order."""
    out: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        out.setdefault(occurrence.obligation.id, []).append(occurrence)
    return out
