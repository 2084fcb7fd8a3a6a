"""The edge cases of reckoning: clocks, Business Days, months, repeats, overlap, caps, earn-back, charges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from ccclauses.model.penalty import Figure
from ccclauses.model.quantity import Duration
from ccclauses.penalties import Charges, Term
from ccclauses.penalties.delay import started_units
from ccclauses.workdays import WorkCalendar, known_place

from .conftest import annex_of, events_of, statement_of


def at(work, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=work.zone)


def test_hours_run_through_the_start_of_summer_time(work):
    # 28 March 22:15 and 24 hours is 29 March 23:15, not 22:15: the night has an hour less on the wall.
    assert work.due(at(work, "2026-03-28T22:15"), Duration(24, "hours")) == at(work, "2026-03-29T23:15")


def test_hours_of_delay_run_through_the_end_of_summer_time(work):
    # From 00:30 to 04:30 in the night in which the clocks go back: five hours, though the wall says four.
    assert started_units(at(work, "2026-10-25T00:30"), at(work, "2026-10-25T04:30"), "hour", work) == 5


def test_days_of_delay_are_not_longer_or_shorter_when_the_clocks_change(work):
    deadline = at(work, "2026-10-24T22:15")
    assert started_units(deadline, at(work, "2026-10-25T22:15"), "day", work) == 1
    assert started_units(deadline, at(work, "2026-10-25T22:16"), "day", work) == 2


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (
            "2026-03-31T10:00",
            "2026-04-07T17:00",
        ),  # 1 April, then Holy Thursday, Good Friday and a weekend, 6, 7: three days
        ("2026-03-31T17:00", "2026-04-07T17:00"),  # at the cut-off it still arrives that day
        ("2026-03-31T17:01", "2026-04-08T17:00"),  # after it, on the next Business Day
        ("2026-04-04T09:00", "2026-04-09T17:00"),  # on a Saturday: arrives on Monday
    ],
)
def test_business_days_of_madrid(work, trigger, expected):
    # The Community of Madrid keeps Holy Thursday (2 April 2026) and Good Friday.
    assert work.due(at(work, trigger), Duration(3, "days", "business")) == at(work, expected)


def test_a_month_from_the_31st_ends_on_the_last_day(work):
    assert work.due_day(date(2026, 1, 31), Duration(1, "months")) == date(2026, 2, 28)
    assert work.due_day(date(2028, 1, 31), Duration(1, "months")) == date(2028, 2, 29)
    assert work.due_day(date(2028, 2, 29), Duration(1, "years")) == date(2029, 2, 28)


def test_a_deadline_in_hours_does_not_wait_for_a_weekend(work):
    assert work.due(at(work, "2026-04-03T20:00"), Duration(24, "hours")) == at(work, "2026-04-04T20:00")


def test_late_by_business_days_counts_those_begun_before_it_arrived(annex):
    # Due Friday 5 June; handed over on Tuesday 9 June at 18:00, so it arrives on Wednesday 10: Monday, Tuesday, Wednesday.
    events, problems = events_of(annex, "failure=late_report, due=2026-06-05, done=2026-06-09 18:00 Europe/Madrid")
    assert not problems and events[0].measure.units == 3


@pytest.mark.parametrize(
    ("due", "done", "units"),
    [
        ("2026-06-05 10:00", "2026-06-05 10:01", 1),  # late on the same Business Day
        ("2026-06-05 17:00", "2026-06-05 17:01", 1),  # after the cut-off it arrives on Monday
        ("2026-06-05 17:00", "2026-06-08 17:00", 1),
        ("2026-06-05 17:00", "2026-06-08 17:01", 2),
        ("2026-06-06 12:00", "2026-06-06 13:00", 1),  # on a Saturday
        ("2026-06-05 10:00", "2026-06-05 10:00", 0),
    ],
)
def test_started_business_days_of_delay(work, due, done, units):
    assert started_units(at(work, due), at(work, done), "Business Day", work) == units


def test_the_period_of_the_one_duty_that_has_one_is_counted(annex):
    """Of the two duties behind this credit only one has a period."""
    (event,), problems = events_of(annex, "failure=unlisted_site, start=2026-06-01 10:00 Z, done=2026-06-02 10:01 Z")
    assert not problems and event.measure.units == 1 and "Due 2026-06-02 12:00 CEST" in event.fact


def test_started_weeks_of_delay(work):
    deadline = at(work, "2026-10-20T17:00")  # the clocks go back on the 25th
    for done, units in (("2026-10-27T17:00", 1), ("2026-10-27T17:00:01", 2), ("2026-11-03T17:00", 2)):
        assert started_units(deadline, at(work, done), "week", work) == units


def test_a_place_without_holidays_of_its_own_has_those_of_its_country():
    assert known_place("GB-LND") and not known_place("XX-LND") and not known_place("")
    city = WorkCalendar(place="GB-LND", time_zone="Europe/London")
    assert not city.is_business_day(date(2026, 12, 25)) and city.is_business_day(date(2026, 12, 24))


def test_events_stand_in_the_order_in_which_they_began_on_one_clock(annex):
    late = "event={}, failure=late_notice, due={}, done=2026-06-03T10:00Z"
    events, _ = events_of(
        annex,
        late.format("B", "2026-06-01T10:00+02:00"),
        late.format("C", "2026-06-01T10:00-05:00"),
        late.format("A", "2026-06-01T10:00+05:30"),
    )
    assert [e.id for e in events] == ["A", "B", "C"]


def test_business_days_that_the_client_caused_are_left_out(annex):
    late = "failure=late_report, due=2026-06-05, done=2026-06-09 18:00 Europe/Madrid"
    events, problems = events_of(annex, f"{late}, tolled=1 Business Day", f"{late}, disputed=5 Business Days")
    assert not problems and [e.measure.units for e in events] == [2, 0]


@pytest.mark.parametrize(
    ("name", "grace", "due", "begins"),
    [
        ("late_notice", Duration(2, "hours"), "2026-06-05T20:00", "2026-06-05T22:00"),
        ("late_notice", Duration(0, "hours"), "2026-06-05T20:00", "2026-06-05T20:00"),
        ("late_report", Duration(2, "days", "business"), "2026-06-05", "2026-06-09T17:00"),
        ("late_isolation", Duration(2, "days"), "2026-06-05", "2026-06-08T00:00"),
        # Due at the end of Friday: Monday is the first Business Day of grace, Tuesday the second.
        ("late_isolation", Duration(2, "days", "business"), "2026-06-05", "2026-06-09T17:00"),
        ("late_isolation", Duration(1, "days", "business"), "2026-06-06", "2026-06-08T17:00"),
        ("late_isolation", Duration(1, "days", "business"), "2026-06-05T18:00", "2026-06-08T17:00"),
    ],
)
def test_a_credit_accrues_when_the_grace_is_over(annex, work, name, grace, due, begins):
    schedule = replace(annex.penalties[name], grace=Figure("grace", grace))
    lenient = replace(annex, penalties={**annex.penalties, name: schedule})
    zoned = f"{due} Europe/Madrid" if "T" in due else due
    (event,), problems = events_of(lenient, f"failure={name}, due={zoned}, done=2026-06-20 12:00 Europe/Madrid")
    assert not problems and event.began == at(work, begins)
    assert (f"grace of {grace.wording()} to" in event.fact) == bool(grace.amount)


def test_the_end_of_a_day_is_told_as_24_hours_of_it(annex):
    (event,), _ = events_of(annex, "failure=late_isolation, due=2026-06-05, done=2026-06-06")
    assert event.fact == "Due 2026-06-05 24:00 CEST; performed 2026-06-06: 1 started day of delay."


def test_today_is_not_the_future_and_no_is_no_dispute(annex):
    (event,), problems = events_of(annex, "failure=breach_records, at=2026-09-30, count=3, disputed=No")
    assert not problems and not event.disputed
    late = "failure=late_notice, due=2026-05-31T20:00Z, done=2026-05-31T21:00Z, disputed=No"
    (event,), _ = events_of(annex, late)
    assert "left out" not in event.fact and event.measure.units == 1


def test_a_credit_behind_which_no_duty_has_a_period_asks_for_the_deadline(annex):
    _, (problem,) = events_of(replace(annex, obligations=()), "failure=late_notice, start=2026-05-31T20:00Z")
    assert problem.rule == "unclear-deadline" and problem.message.endswith("do not have one period: none")


def test_started_minutes_of_lateness_are_told(annex):
    late = "failure=late_notice, due=2026-05-31T20:00+02:00, done=2026-05-31T{}"
    for done, told in (
        ("20:00:01+0200", "; 1 minute late"),
        ("19:02:00.5Z", "; 63 minutes late"),
        ("18:00Z", "in time"),
    ):
        (event,), problems = events_of(annex, late.format(done))
        assert not problems and told in event.fact


def test_a_share_of_the_month_in_which_the_term_begins_is_measured_within_the_term(annex):
    late_start = Term(first=date(2025, 7, 17))
    (event,), problems = events_of(annex, "failure=edr_shortfall, at=2025-07, measured=97 %", term=late_start)
    assert not problems and event.began.date() == late_start.first


def test_an_event_belongs_wholly_to_the_month_in_which_it_began(annex):
    statement = statement_of(annex, "failure=late_notice, due=2026-05-31T20:00+02:00, done=2026-06-02T20:00+02:00")
    assert [m.month for m in statement.months] == [date(2026, 5, 1)]
    assert statement.total == 19_200 and statement.months[0].caps == ("event_cap",)


def test_performance_in_time_costs_nothing_and_is_no_earlier_failure(annex):
    statement = statement_of(
        annex,
        "event=A, failure=late_notice, due=2026-05-31T20:00+02:00, done=2026-05-31T20:00+02:00",
        "event=B, failure=late_notice, due=2026-06-10T20:00+02:00, done=2026-06-10T20:00:01+02:00",
    )
    assert [x.counts for m in statement.months for x in m.lines] == [0, 1_500]


@pytest.mark.parametrize(("first", "factor"), [("2026-01-10", "1.5"), ("2026-01-09", "1")])
def test_a_failure_is_repeated_within_the_window_and_not_before_it(annex, first, factor):
    statement = statement_of(
        annex,
        f"event=A, failure=late_notice, due={first}T10:00+01:00, done={first}T10:30+01:00",
        "event=B, failure=late_notice, due=2026-07-10T10:00+02:00, done=2026-07-10T10:30+02:00",
    )
    assert statement.months[-1].credit == 1500 * Decimal(factor)


def test_the_third_failure_is_multiplied_twice_and_the_ledger_may_not_know_all(annex):
    option = "event={}, failure=late_notice, due=2026-06-{}T10:00+02:00, done=2026-06-{}T10:30+02:00"
    lines = (
        statement_of(
            annex, option.format("A", "01", "01"), option.format("B", "02", "02"), option.format("C", "03", "03")
        )
        .months[0]
        .lines
    )
    assert [x.amount for x in lines] == [1500, 2250, 3375]
    outside = statement_of(annex, option.format("A", "01", "01") + ", earlier=2")
    assert outside.total == 3375


def test_one_cause_counts_once_also_when_a_child_incident_names_its_parent(annex):
    statement = statement_of(
        annex,
        "event=P, failure=breach_severity, at=2026-05-10, severity=2",
        "event=C, failure=breach_records, at=2026-05-11, count=100, cause=P",
        "event=G, failure=breach_records, at=2026-05-12, count=10, cause=C",
    )
    assert statement.total == 12_000
    assert [x.event.cause for x in statement.months[0].lines] == ["P", "P", "P"]


def test_one_cause_over_two_months_never_counts_for_more_than_its_highest(annex):
    statement = statement_of(
        annex,
        "event=P, failure=breach_records, at=2026-05-30, count=3200",
        "event=C, failure=breach_severity, at=2026-06-02, severity=2, cause=P",
    )
    assert [m.credit for m in statement.months] == [5_300, 6_700]


def test_late_notice_adds_to_the_breach_itself(annex):
    statement = statement_of(
        annex,
        "event=P, failure=breach_severity, at=2026-05-30, severity=2",
        "event=P, failure=late_notice, due=2026-05-30T10:00+02:00, done=2026-05-30T11:00+02:00",
    )
    assert statement.total == 13_500


def test_client_caused_and_disputed_hours_are_left_out(annex):
    late = "failure=late_notice, due=2026-05-30T10:00+02:00, done=2026-05-30T20:00+02:00"
    assert statement_of(annex, late).total == 15_000
    assert statement_of(annex, f"{late}, tolled=3 hours").total == 10_500
    both = statement_of(annex, f"{late}, tolled=3 hours, disputed=90 minutes")
    assert both.total == 9_000
    assert "3 hours caused by the Client left out; 90 minutes in dispute left out" in both.months[0].lines[0].event.fact
    assert statement_of(annex, f"{late}, tolled=40 hours").total == 0
    whole = statement_of(annex, f"{late}, disputed=yes")
    assert whole.total == 0 and whole.months[0].disputed and any("Left out" in n for n in whole.notes)


def test_delay_stops_at_notice_of_termination_and_runs_to_the_statement_otherwise(annex):
    stopped = "failure=late_report, due=2026-06-05, stopped=2026-06-09"
    assert statement_of(annex, stopped).months[0].lines[0].event.measure.units == 2
    running = statement_of(annex, "failure=late_notice, due=2026-09-30T10:00+02:00").months[0].lines[0].event
    assert running.measure.units == 4 and "not performed" in running.fact  # until 14:00 at the place


def test_tiers_of_a_shortfall(annex):
    def share(measured: str) -> Decimal:
        return statement_of(annex, f"failure=edr_shortfall, at=2026-05, measured={measured}").months[0].credit

    # The weight is 15% of an At-Risk Amount of 10% of 240,000.
    assert [share(m) for m in ("99 %", "98.5 %", "98 %", "97.2 %", "97 %", "96.99 %", "100 %")] == [
        0,
        900,
        1800,
        1800,
        1800,
        3600,
        0,
    ]


def test_earn_back_after_three_months_in_which_every_target_is_met(annex):
    first = "event=A, failure=edr_shortfall, at=2026-03, measured=97.2 %"
    statement = statement_of(annex, first)
    assert statement.earned_back[0].month == date(2026, 6, 1)
    assert statement.total == 1800 - 450  # the standard posture gives 25% back
    spoiled = statement_of(annex, first, "event=B, failure=edr_shortfall, at=2026-06, measured=98.9 %")
    assert [e.earned_for for e in spoiled.earned_back] == []


def test_what_would_be_earned_back_rounds_to_nothing_and_is_left_out(annex):
    first = "failure=edr_shortfall, at=2026-03, measured=97.2 %"
    assert statement_of(annex, first, charges={date(2026, 3, 1): Decimal("2.70")}).earned_back[0].amount == Decimal(
        "0.01"
    )
    statement = statement_of(annex, first, charges={date(2026, 3, 1): Decimal(1)})
    assert statement.total == Decimal("0.01") and not statement.earned_back


def test_what_is_earned_back_belongs_to_the_month_in_which_it_is_earned(annex):
    first = "failure=edr_shortfall, at=2026-03, measured=97.2 %"
    march, june = (statement_of(annex, first, months=[date(2026, m, 1)]) for m in (3, 6))
    assert (march.total, march.earned_back) == (1800, ())
    assert (june.total, june.months) == (-450, ()) and june.earned_back[0].earned_for == date(2026, 3, 1)


def test_notes_say_what_happened_and_no_more(annex):
    record = "event=A, failure=breach_records, at=2026-03-01, count=3"
    plain = statement_of(annex, record)
    assert len(plain.notes) == 2
    disputed = statement_of(annex, record, "event=B, failure=breach_records, at=2026-04-01, count=3, disputed=YES")
    assert len(disputed.notes) == 3 and disputed.notes[2].endswith("): B.") and not disputed.months[1].lines
    severe = (f"event={n}, failure=breach_severity, at=2026-05-0{n}, severity=1" for n in (1, 2))
    capped = statement_of(annex, record, *severe)
    assert capped.notes[2:] == ("What exceeds a cap in May 2026 lapses and is not carried forward.",)


def test_late_notice_and_severity_are_never_earned_back(annex):
    statement = statement_of(annex, "failure=breach_severity, at=2026-03-01, severity=1")
    assert not statement.earned_back


def test_a_month_in_which_the_term_begins_is_reckoned_by_days():
    term = Term(first=date(2026, 3, 17), last=date(2027, 3, 16))
    charges = Charges(by_month={}, usual=Decimal(31_000), term=term, currency="EUR")
    assert charges.of(date(2026, 3, 1)) == (Decimal(15_000), "EUR 31,000.00 × 15 of 31 days")
    assert charges.of(date(2027, 3, 1)) == (Decimal(16_000), "EUR 31,000.00 × 16 of 31 days")


def test_a_month_without_services_takes_the_average_of_the_three_before():
    stated = {
        date(2026, 1, 1): Decimal(100),
        date(2026, 2, 1): Decimal(200),
        date(2026, 3, 1): Decimal(300),
        date(2026, 4, 1): Decimal(0),
    }
    assert Charges(by_month=stated, usual=None, term=None, currency="EUR").of(date(2026, 4, 1))[0] == 200


def test_months_without_services_follow_each_other():
    run = {date(2024 + n // 12, n % 12 + 1, 1): Decimal(0) for n in range(36)}
    charges = Charges(by_month=run, usual=Decimal(90), term=None, currency="EUR")
    assert charges.of(date(2024, 1, 1))[0] == charges.of(date(2026, 12, 1))[0] == 90
    assert charges.of(date(2027, 1, 1)) == (90, "a full month")


def test_a_month_without_services_right_after_the_start_has_no_three_months_to_be_reckoned_from():
    """Taking the months before the term for months of nothing would lower the charges, and with them every cap."""
    term = Term(first=date(2025, 7, 1))
    charges = Charges(by_month={date(2025, 9, 1): Decimal(0)}, usual=Decimal(90), term=term, currency="EUR")
    assert charges.of(date(2025, 9, 1)) is None
    later = Charges(by_month={date(2025, 10, 1): Decimal(0)}, usual=Decimal(90), term=term, currency="EUR")
    assert later.of(date(2025, 10, 1))[0] == 90


def test_an_annex_without_credits_has_no_statement(annex):
    from ccclauses.penalties import reckon

    from .conftest import AS_OF

    charges = Charges(by_month={}, usual=Decimal(90), term=None, currency="EUR")
    for bare in (replace(annex, penalties={}), replace(annex, credit_rules=None)):
        statement, problems = reckon(bare, [], charges, as_of=AS_OF, file="deal.yaml")
        assert statement is None and [p.rule for p in problems] == ["no-penalties"]


def test_unknown_charges_stop_the_statement(annex):
    from ccclauses.penalties import reckon

    from .conftest import AS_OF

    events, _ = events_of(annex, "failure=breach_severity, at=2026-03-01, severity=1")
    nothing = Charges(by_month={}, usual=None, term=None, currency="EUR")
    statement, problems = reckon(annex, events, nothing, as_of=AS_OF, file="deal.yaml")
    assert statement is None and "March 2026" in problems[0].message


def test_the_annual_cap_starts_again_with_the_contract_year(annex):
    events = [
        f"event={n}, failure=breach_severity, at={d}, severity=1" for n, d in enumerate(("2026-06-30", "2026-07-01"))
    ]
    statement = statement_of(annex, *events, months=[date(2026, 6, 1)], used="230000")
    assert [m.credit for m in statement.months] == [400]
    both = statement_of(annex, *events, used="230000")  # what was used belongs to the year of the last month
    assert [m.credit for m in both.months] == [24_000, 400]


@pytest.mark.parametrize(
    ("law", "due", "words"),
    [
        ("GB-EAW", 38_000, "set against"),
        ("ES", 50_000, "beside the credit"),
        ("US-NY", 0, "whole remedy"),
        ("FR", 0, "no more than the credit"),
        ("ZA", 0, "chooses either"),
    ],
)
def test_damages_are_never_added_and_the_law_says_what_of_them_remains(tmp_path, law, due, words):
    annex = annex_of(tmp_path, law)
    statement = statement_of(annex, "failure=breach_severity, at=2026-03-01, severity=2, damages=EUR 50,000")
    assert statement.total == 12_000
    assert statement.damages[0].due == due and words in statement.damages[0].text
    assert statement.damages[0].paragraph
    assert statement.damages[0].text.endswith("; EUR 38,000.00 remain.") is (law == "GB-EAW")


def test_two_credits_of_one_cause_are_warned_of_where_a_loss_is_compensated_once(tmp_path):
    options = (
        "event=P, failure=breach_severity, at=2026-05-30, severity=2",
        "event=P, failure=late_notice, due=2026-05-30T10:00+02:00, done=2026-05-30T11:00+02:00",
    )
    assert any("two sums" in n for n in statement_of(annex_of(tmp_path, "IN"), *options).notes)
    assert not any("two sums" in n for n in statement_of(annex_of(tmp_path, "GB-EAW"), *options).notes)


def test_a_hundred_repeats_of_a_huge_count_are_reckoned_and_capped(annex):
    statement = statement_of(annex, "failure=breach_records, at=2026-03-01, count=999999999999, earlier=100")
    assert statement.total == 19_200 and statement.months[0].caps == ("event_cap",)


def test_two_failures_of_one_cause_are_no_repeat_of_each_other(annex):
    statement = statement_of(
        annex,
        "event=A, failure=late_revocation, at=2026-05-02, count=3",
        "event=B, failure=late_revocation, at=2026-05-03, count=4, cause=A",
    )
    assert [x.earlier for x in statement.months[0].lines] == [0, 0]
    assert statement.total == 400  # the higher of the two


@pytest.mark.parametrize("offset", ("+02", "+0200", "+02:00"))
def test_an_offset_of_whole_hours_may_stand_in_the_column_of_time_zones(annex, offset):
    events, problems = events_of(annex, f"failure=late_notice, due=2026-05-31T22:15, time_zone={offset}")
    known, _ = events_of(annex, "failure=late_notice, due=2026-05-31T22:15+02:00")
    assert not problems and events[0].began == known[0].began
