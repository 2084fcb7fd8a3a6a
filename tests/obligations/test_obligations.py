"""The dates of an annex against a second reckoning that walks the days one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.cli.common import load_inputs
from ccclauses.common.workdays import add_months
from ccclauses.compose.annex import compose_annex
from ccclauses.derive.obligations import Rule, by_obligation, date_obligations, deadline_text
from ccclauses.model.library.counting import CountsFrom, DayOfYear
from ccclauses.model.obligation import Deadline, Obligation
from ccclauses.model.words.quantity import Duration
from ccclauses.resolve import resolve

from .conftest import EXAMPLES, annex_of

DAY = timedelta(days=1)
APRIL = DayOfYear(15, 4)


def obligation(
    every: str = "",
    within: str = "",
    counts_from: CountsFrom | None = "services_start",
    before: str = "",
    standing: str = "",
    trigger: str = "the act",
    first: str = "",
) -> Obligation:
    return Obligation(
        id="c#p",
        clause="c",
        number="1.1",
        obligor="provider",
        action="send",
        object="it",
        trigger=trigger,
        deadline=Deadline(
            every=Duration.parse(every) if every else None,
            first=Duration.parse(first) if first else None,
            within=Duration.parse(within) if within else None,
            before=Duration.parse(before) if before else None,
            standing=standing,
            counts_from=counts_from,
        ),
        parameters=(),
        evidence="it",
        check="1.2",
        consequence="1.3",
        kind="recurring" if every else "standing" if standing else "triggered",
    )


def dates_of(annex, one: Obligation, start: date, until: date, place: str = "GB-ENG") -> list[date]:
    duties, problems = date_obligations(replace(annex, obligations=(one,), calendar=place), start, until)
    assert duties and not problems, problems
    return [o.due for o in duties.occurrences]


# --- the second reckoning: it knows no month arithmetic and walks day by day ---


def walk(first: date, until: date):
    while first <= until:
        yield first
        first += DAY


def is_last_of_month(day: date) -> bool:
    return (day + DAY).month != day.month


def walked_period_ends(every: Duration, start: date, until: date, by_calendar: bool):
    """The last day of each period: the eve of each day that is an anniversary of the start."""
    if by_calendar:
        for day in walk(start, until):
            if every.unit == "weeks":
                ends = day.isoweekday() == 7
            else:
                ends = is_last_of_month(day) and day.month % (every.amount * (12 if every.unit == "years" else 1)) == 0
            if ends:
                yield day
        return
    if every.unit in ("days", "weeks"):
        length, count = every.amount * (7 if every.unit == "weeks" else 1), 0
        for day in walk(start, until):
            count += 1
            if count % length == 0:
                yield day
        return
    months, passed = every.amount * (12 if every.unit == "years" else 1), 0
    for day in walk(start + DAY, until + DAY):
        # A month has passed on the same day of the month, or on its last day when it has no such day.
        if day.day == start.day or (is_last_of_month(day) and day.day < start.day):
            passed += 1
            if passed % months == 0:
                yield day - DAY


def walked_due(end: date, within: Duration | None, calendar) -> date:
    if within is None or not within.amount:
        return end
    if within.unit in ("seconds", "minutes", "hours"):
        return end + DAY * -(-int(within.hours) // 24)
    if within.unit in ("months", "years"):
        months, day = within.amount * (12 if within.unit == "years" else 1), end
        while months:
            day += DAY
            months -= day.day == end.day or (is_last_of_month(day) and day.day < end.day)
        return day
    day, left = end, within.amount * (7 if within.unit == "weeks" else 1)
    while left:
        day += DAY
        if within.calendar == "calendar" or (day.isoweekday() < 6 and day not in calendar):
            left -= 1
    return day


def walked_back(day: date, before: Duration, calendar) -> date:
    left = before.amount
    assert before.unit == "days"
    while left:
        day -= DAY
        if before.calendar == "calendar" or (day.isoweekday() < 6 and day not in calendar):
            left -= 1
    return day


def walked_dates(one: Obligation, annex, every: Duration, start: date, until: date, days_off):
    """The due dates of a duty that recurs."""
    due = one.deadline
    if due.counts_from == "annex_date":
        ends = [d for d in walk(annex.date + DAY, until) if (d.month, d.day) == (annex.date.month, annex.date.day)]
    elif isinstance(due.counts_from, DayOfYear):
        turn = (due.counts_from.month, due.counts_from.day)
        ends = [d for d in walk(start, until + 400 * DAY) if (d.month, d.day) == turn]
    else:
        by_calendar = due.counts_from in ("calendar_period", "last_day", "last_business_day")
        begins = start
        if due.first:
            begins = next(walked_period_ends(due.first, start, until + 800 * DAY, by_calendar=False)) + DAY
        ends = [begins - DAY] if due.first else []
        ends += walked_period_ends(every, begins, until + 400 * DAY, by_calendar=by_calendar)
    if due.counts_from == "last_business_day":
        ends = [walked_back(d + DAY, Duration(1, "days", "business"), days_off) for d in ends]
    found = [walked_back(d, due.before, days_off) if due.before else walked_due(d, due.within, days_off) for d in ends]
    return [d for d in found if start <= d <= until]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("start", [date(2026, 4, 1), date(2027, 1, 31), date(2028, 2, 29)])
def test_three_years_of_every_example(path, start):
    annex = annex_of(path)
    until = date(start.year + 3, start.month, 28)
    duties, problems = date_obligations(annex, start, until)
    assert duties and not problems
    found = {name: [o.due for o in every] for name, every in by_obligation(duties.occurrences).items()}
    country, _, part = annex.calendar.partition("-")
    days_off = holidays.country_holidays(country, subdiv=part or None)
    expected = {}
    for one in annex.obligations:
        deadline = one.deadline
        if deadline.every and deadline.counts_from == "event" and deadline.every.hours < 24 * 28:
            continue  # while an event lasts
        if deadline.every and deadline.every.hours >= 24 * 7:
            due = walked_dates(one, annex, deadline.every, start, until, days_off)
        elif deadline.counts_from == "before_services_start":
            due = [start - DAY]
        elif not deadline.every and deadline.within and deadline.counts_from in ("services_start", "annex_date"):
            begin = annex.date if deadline.counts_from == "annex_date" else start
            due = [d for d in [walked_due(begin, deadline.within, days_off)] if d <= until]
        else:
            continue
        if due:
            expected[one.id] = due
    assert found == expected
    assert len(found) >= 12


def test_every_obligation_is_dated_or_says_why_not(annex):
    duties, _ = date_obligations(annex, date(2026, 4, 1), date(2036, 4, 1))
    dated = {o.obligation.id for o in duties.occurrences}
    undated = {u.obligation.id: u.why for u in duties.undated}
    assert dated | set(undated) == {o.id for o in annex.obligations}
    assert not dated & set(undated)
    assert undated["breach-handling#breach-notice"] == "event" and undated["backup-recovery#backup"] == "running"
    # Updates every five Business Days while a breach lasts: nobody knows on which days.
    assert {why for name, why in undated.items() if name.startswith("breach-handling#breach-updates")} == {"event"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_dates_do_not_depend_on_the_words_of_a_trigger(path):
    profile, library, _ = load_inputs(path)
    assert profile and library

    def dates(library):
        annex, problems = compose_annex(resolve(profile, library)[0])
        duties, more = date_obligations(annex, date(2026, 4, 1), date(2029, 4, 1))
        assert not problems and not more
        dated = [(o.obligation.id, o.number, o.due, o.clock, o.first, o.last, o.rule) for o in duties.occurrences]
        return dated, [(u.obligation.id, u.why) for u in duties.undated]

    assert dates(reworded(library)) == dates(library)


def reworded(library):
    """The library with triggers that speak of other days than their duties count from."""
    clauses = {
        name: replace(
            clause,
            duties=tuple(
                replace(
                    d, trigger=f"the start of the Services, 1 May or the end of each calendar week, not {d.trigger}"
                )
                for d in clause.duties
            ),
        )
        for name, clause in library.clauses.items()
    }
    return replace(library, clauses=clauses)


# --- month ends, leap days, Business Days, by hand ---


@pytest.mark.parametrize(
    ("every", "within", "start", "expected"),
    [
        ("1 month", "", date(2026, 1, 1), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        ("1 month", "", date(2026, 1, 31), [date(2026, 2, 27), date(2026, 3, 30), date(2026, 4, 29)]),
        ("1 month", "", date(2026, 1, 15), [date(2026, 2, 14), date(2026, 3, 14), date(2026, 4, 14)]),
        ("12 months", "", date(2028, 2, 29), [date(2029, 2, 27), date(2030, 2, 27), date(2031, 2, 27)]),
        ("4 years", "", date(2028, 2, 29), [date(2032, 2, 28)]),
        # Easter 2026: Good Friday is 3 April, Easter Monday 6 April.
        ("3 months", "2 Business Days", date(2026, 1, 1), [date(2026, 4, 2), date(2026, 7, 2), date(2026, 10, 2)]),
        ("3 months", "3 Business Days", date(2026, 1, 1), [date(2026, 4, 7), date(2026, 7, 3), date(2026, 10, 5)]),
        ("90 days", "", date(2026, 1, 1), [date(2026, 3, 31), date(2026, 6, 29), date(2026, 9, 27)]),
        ("5 Business Days", "", date(2026, 4, 1), [date(2026, 4, 9), date(2026, 4, 16), date(2026, 4, 23)]),
    ],
)
def test_dates_by_hand(annex, every, within, start, expected):
    assert dates_of(annex, obligation(every, within), start, date(2036, 1, 1))[: len(expected)] == expected


def test_calendar_periods_begin_with_what_is_left_of_the_first(annex):
    monthly = obligation("1 month", "", "calendar_period")
    assert dates_of(annex, monthly, date(2026, 2, 17), date(2026, 4, 30)) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    quarterly = obligation("3 months", "", "calendar_period")
    assert dates_of(annex, quarterly, date(2026, 2, 17), date(2026, 9, 30)) == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
    ]
    weekly = obligation("1 week", "", "calendar_period")
    assert dates_of(annex, weekly, date(2026, 2, 17), date(2026, 3, 1)) == [date(2026, 2, 22), date(2026, 3, 1)]


def test_what_comes_before_a_named_day_of_the_year_counts_back_from_it(annex):
    one = obligation("1 year", counts_from=APRIL, before="45 days")
    # 1 March is 45 days before 15 April. In 2027 that day was over when the Services started.
    found = dates_of(annex, one, date(2027, 3, 2), date(2029, 12, 31))
    assert found == [date(2028, 3, 1), date(2029, 3, 1)]
    one = obligation("1 year", counts_from=APRIL, before="10 Business Days")
    # Easter 2027: Good Friday is 26 March, Easter Monday 29 March; from 15 April back to 1 April are 10 Business Days.
    assert dates_of(annex, one, date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 4, 1)]
    leap = obligation("1 year", counts_from=DayOfYear(29, 2), before="1 day")
    assert dates_of(annex, leap, date(2027, 1, 1), date(2028, 12, 31)) == [date(2027, 2, 27), date(2028, 2, 28)]


def test_what_comes_before_each_act_counts_back_from_the_end_of_each_period(annex):
    one = obligation("6 months", counts_from="event", before="10 Business Days")
    assert dates_of(annex, one, date(2027, 1, 1), date(2027, 12, 31)) == [date(2027, 6, 16), date(2027, 12, 15)]
    hours = obligation("6 months", counts_from="event", before="36 hours")
    assert dates_of(annex, hours, date(2027, 1, 1), date(2027, 6, 30)) == [date(2027, 6, 28)]


def test_an_anniversary_is_that_of_the_annex_and_not_of_the_start(annex):
    one = obligation("1 year", "15 Business Days", "annex_date")
    dated = replace(annex, date=date(2026, 3, 2))
    # 2 March 2027 is a Tuesday; 15 Business Days after it is the 23rd. 2 March 2028 is a Thursday.
    assert dates_of(dated, one, date(2027, 1, 1), date(2028, 6, 1)) == [date(2027, 3, 23), date(2028, 3, 23)]


def test_an_anniversary_may_come_every_few_months_or_years(annex):
    dated = replace(annex, date=date(2026, 3, 31))
    one = obligation("3 months", counts_from="annex_date")
    assert dates_of(dated, one, date(2026, 7, 1), date(2027, 1, 1)) == [date(2026, 9, 30), date(2026, 12, 31)]
    one = obligation("2 years", counts_from="annex_date")
    assert dates_of(dated, one, date(2026, 7, 1), date(2031, 1, 1)) == [date(2028, 3, 31), date(2030, 3, 31)]


def test_what_is_due_a_period_before_the_start_counts_back_from_it(annex):
    one = obligation(counts_from="services_start", before="10 days")
    assert dates_of(annex, one, date(2027, 1, 11), date(2027, 5, 31)) == [date(2027, 1, 1)]


def test_the_last_business_day_of_a_month_leaves_out_weekends_and_holidays(annex):
    one = obligation("1 month", counts_from="last_business_day")
    # 31 January 2027 is a Sunday, 28 February too, and 31 May is a bank holiday in England.
    expected = [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 28)]
    assert dates_of(annex, one, date(2027, 1, 1), date(2027, 5, 31)) == expected


def test_what_is_due_before_the_services_start_is_due_the_day_before(annex):
    one = obligation(counts_from="before_services_start", standing="ahead of the first call")
    assert dates_of(annex, one, date(2027, 1, 1), date(2027, 5, 31)) == [date(2026, 12, 31)]


def test_what_recurs_more_often_than_weekly_has_no_dates(annex):
    for every in ("1 day", "6 days", "1 Business Day", "4 Business Days", "4 hours"):
        duties, _ = date_obligations(replace(annex, obligations=(obligation(every),)), date(2027, 1, 1))
        assert not duties.occurrences and [u.why for u in duties.undated] == ["running"]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (obligation("1 month", "5 Business Days", "calendar_period", trigger="the end of each calendar month"),
         "every month, within 5 Business Days of its end; trigger: the end of each calendar month"),
        (obligation("1 month", "5 Business Days", "event", trigger="the last day of the round"),
         "every month, then within 5 Business Days; trigger: the last day of the round"),
        (obligation("1 year", counts_from=APRIL, before="45 days", trigger="15 April"), "every year, at least 45 days before 15 April"),
        (obligation("1 year", "5 days", "annex_date", trigger="each anniversary of the date of this Annex"),
         "every year, within 5 days of each anniversary of the date of this Annex"),
        (obligation("1 month", counts_from="last_day", trigger="the last day of each calendar month"), "on the last day of each calendar month"),
        (obligation(counts_from="before_services_start", standing="before the Services start"), "before the Services start"),
    ],
)  # fmt: skip
def test_a_deadline_reads_as_its_paragraph_does(one, words):
    assert deadline_text(one) == words


@pytest.mark.parametrize(
    ("every", "expected", "rule"),
    [
        ("1 week", [date(2026, 2, 22), date(2026, 3, 1), date(2026, 3, 8)], Rule("WEEKLY", 1)),
        ("1 month", [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)], Rule("MONTHLY", 1, -1)),
        ("3 months", [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)], Rule("MONTHLY", 3, -1)),
        ("1 year", [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)], Rule("MONTHLY", 12, -1)),
    ],
)
def test_a_duty_at_the_end_of_each_calendar_period(annex, every, expected, rule):
    one = replace(annex, obligations=(obligation(every, "0 days", "calendar_period"),))
    duties, _ = date_obligations(one, date(2026, 2, 17), date(2029, 2, 1))
    assert [o.due for o in duties.occurrences][:3] == expected
    assert duties.occurrences[0].rule == rule and not duties.occurrences[0].assumed


def test_what_recurs_is_first_due_early_in_a_short_term(annex):
    start, end = date(2026, 6, 1), date(2027, 5, 31)
    yearly = obligation("12 months", counts_from="previous_act", first="3 months")
    assert dates_of(annex, yearly, start, date(2028, 12, 31)) == [
        date(2026, 8, 31),
        date(2027, 8, 31),
        date(2028, 8, 31),
    ]
    result = obligation("12 months", "5 Business Days", "previous_act", first="3 months")
    # 31 August 2026 is a bank holiday in England.
    assert dates_of(annex, result, start, end) == [date(2026, 9, 7)]
    notice = obligation("2 years", counts_from="previous_act", before="10 days", first="30 days")
    assert dates_of(annex, notice, start, end) == [date(2026, 6, 20)]
    in_business_days = obligation("6 months", counts_from="previous_act", first="20 Business Days")
    assert dates_of(annex, in_business_days, start, end) == [date(2026, 6, 26), date(2026, 12, 26)]
    assert (
        deadline_text(yearly)
        == "first within 3 months of the Services Start Date, then every 12 months; trigger: the act"
    )
    duties, _ = date_obligations(replace(annex, obligations=(yearly,)), start)
    assert {o.rule for o in duties.occurrences} == {Rule("MONTHLY", 12, -1)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_recurs_is_due_at_least_once_in_a_term_of_a_year(path):
    """But what was done before the Services started, or for a person, counts from that act."""
    annex, start = annex_of(path), date(2026, 6, 1)
    duties, _ = date_obligations(annex, start, add_months(start, 12) - DAY)
    dated = set(by_obligation(duties.occurrences))
    recurring = {o.id for o in annex.obligations if o.deadline.counts_from == "previous_act"}
    running = {u.obligation.id for u in duties.undated if u.why == "running"}
    assert recurring and recurring <= dated | running


@pytest.mark.parametrize(
    ("every", "start", "rule"),
    [
        ("90 days", date(2026, 1, 1), Rule("DAILY", 90)),
        ("2 weeks", date(2026, 1, 1), Rule("WEEKLY", 2)),
        ("3 months", date(2026, 1, 1), Rule("MONTHLY", 3, -1)),
        ("1 month", date(2026, 1, 15), Rule("MONTHLY", 1, 14)),
        ("2 years", date(2026, 1, 15), Rule("MONTHLY", 24, 14)),
        ("1 month", date(2026, 1, 31), None),  # the eve of a month's end is another day from month to month
        ("20 Business Days", date(2026, 1, 1), None),
    ],
)
def test_a_rule_stands_for_the_dates_only_where_it_gives_them_all(annex, every, start, rule):
    duties, _ = date_obligations(replace(annex, obligations=(obligation(every),)), start, date(2032, 1, 1))
    assert {o.rule for o in duties.occurrences} == {rule}


def test_business_days_are_those_of_the_one_place(annex):
    # 1 November is a holiday in Bavaria and none in Berlin.
    one = obligation("", "1 Business Day")
    assert dates_of(annex, one, date(2027, 10, 29), date(2027, 12, 1), "DE-BY") == [date(2027, 11, 2)]
    assert dates_of(annex, one, date(2027, 10, 29), date(2027, 12, 1), "DE-BE") == [date(2027, 11, 1)]


def test_hours_after_the_end_of_a_period_fall_on_the_next_day(annex):
    duties, _ = date_obligations(
        replace(annex, obligations=(obligation("30 days", "4 hours"),)), date(2026, 3, 1), date(2026, 4, 30)
    )
    assert [(o.due, o.clock.hour) for o in duties.occurrences] == [(date(2026, 3, 31), 4), (date(2026, 4, 30), 4)]


@pytest.mark.parametrize(
    ("hours", "start", "due", "clock"),
    [
        ("24 hours", date(2026, 3, 1), date(2026, 3, 31), None),  # midnight is the end of the day before it
        ("48 hours", date(2026, 3, 1), date(2026, 4, 1), None),
        ("24 hours", date(2026, 2, 27), date(2026, 3, 30), 1),  # the clocks go forward in the night to 29 March
        ("90 minutes", date(2026, 3, 1), date(2026, 3, 31), 1),
    ],
)
def test_hours_after_the_end_of_a_period_run_on_the_clock_of_the_world(annex, hours, start, due, clock):
    one = replace(annex, obligations=(obligation("30 days", hours),), time_zone="Europe/London")
    duties, _ = date_obligations(one, start, due)
    (found,) = duties.occurrences
    assert (found.due, found.clock and found.clock.hour) == (due, clock)


def test_hours_of_what_the_start_begins_run_from_its_first_moment(annex):
    assert dates_of(annex, obligation("", "24 hours"), date(2026, 3, 2), date(2026, 3, 9)) == [date(2026, 3, 2)]
    assert dates_of(annex, obligation("", "25 hours"), date(2026, 3, 2), date(2026, 3, 9)) == [date(2026, 3, 3)]


def test_what_is_due_after_the_end_is_not_listed_as_undated(annex):
    later = replace(annex, obligations=(obligation("", "30 days"), replace(obligation("3 months"), id="c#q")))
    duties, _ = date_obligations(later, date(2026, 3, 1), date(2026, 3, 30))
    assert not duties.occurrences and not duties.undated
    duties, _ = date_obligations(later, date(2026, 3, 1), date(2026, 3, 31))
    assert [o.due for o in duties.occurrences] == [date(2026, 3, 31)] and not duties.undated


def test_a_single_day_and_the_longest_span_are_reckoned(annex):
    start = date(2026, 3, 2)
    assert dates_of(annex, obligation("", "0 days"), start, start) == [start]
    for until, fine in ((start + 366 * 25 * DAY, True), (start + (366 * 25 + 1) * DAY, False)):
        duties, _ = date_obligations(replace(annex, obligations=()), start, until)
        assert (duties is not None) is fine
    for start, until, fine in (
        (date(1970, 1, 1), date(1970, 2, 1), True),
        (date(1969, 12, 31), date(1970, 2, 1), False),
        (date(2200, 1, 1), date(2200, 12, 31), True),
        (date(2200, 1, 1), date(2201, 1, 1), False),
    ):
        duties, _ = date_obligations(replace(annex, obligations=()), start, until)
        assert (duties is not None) is fine


def test_more_dates_than_anybody_reads_are_refused(annex, monkeypatch):
    monkeypatch.setattr("ccclauses.derive.obligations.OCCURRENCE_LIMIT", 12)
    monthly = replace(annex, obligations=(obligation("1 month"),))
    assert date_obligations(monthly, date(2026, 1, 1), date(2026, 12, 31))[0]
    duties, (problem,) = date_obligations(monthly, date(2026, 1, 1), date(2027, 1, 31))
    assert duties is None and "more than 12 dates" in problem.message and "--until" in problem.hint


def test_a_date_that_rests_on_an_assumption_says_so(annex):
    one = obligation("12 months", counts_from="event", trigger="engagement of the Subcontractor")
    duties, _ = date_obligations(replace(annex, obligations=(one,)), date(2026, 4, 1))
    assert "engagement" in duties.occurrences[0].assumed


@pytest.mark.parametrize(
    ("start", "until", "place", "words"),
    [
        (date(2026, 4, 1), date(2026, 3, 1), "GB-ENG", "before"),
        (date(2026, 4, 1), date(2099, 3, 1), "GB-ENG", "25 years"),
        (date(9999, 6, 1), None, "GB-ENG", "1970 to 2200"),
        (date(2026, 4, 1), None, "XX", "public holidays"),
    ],
)
def test_dates_that_make_no_sense_are_refused(annex, start, until, place, words):
    duties, problems = date_obligations(replace(annex, calendar=place), start, until)
    assert duties is None and words in problems[0].message


MONTHS = st.integers(1, 24)
STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@settings(max_examples=60)
@given(MONTHS, STARTS)
def test_months_equal_the_walk_for_any_start(months, start):
    annex = annex_of(EXAMPLES[0])
    until = start + timedelta(days=1200)
    expected = list(walked_period_ends(Duration(months, "months"), start, until, by_calendar=False))
    assert dates_of(annex, obligation(f"{months} months"), start, until) == [d for d in expected if d <= until]


@settings(max_examples=40)
@given(
    st.integers(1, 40), STARTS, st.sampled_from(["GB-ENG", "DE-BY", "IN-MH", "US-NY", "AU-NSW", "CA-QC", "ZA", "PH"])
)
def test_business_days_equal_the_walk_for_any_place(count, start, place):
    country, _, part = place.partition("-")
    expected = walked_due(
        start, Duration(count, "days", "business"), holidays.country_holidays(country, subdiv=part or None)
    )
    found = dates_of(annex_of(EXAMPLES[0]), obligation("", f"{count} Business Days"), start, expected, place)
    # What begins on a day off begins nothing earlier: the count starts on the day after it all the same.
    assert found == [expected]
