"""What a ledger comes to, by hand: u is GBP 144, a person's day GBP 90, the bases 4,320, 864 and 576."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ccclauses.model.words.quantity import Percentage

from .conftest import credits_of, statement_of

NOTICE = "failure=late_notice, due=2026-05-31T22:15+01:00, done=2026-06-01T05:35+01:00"


def leaver(who: str, due: str, done: str, more: str = "") -> str:
    return f"event={who}, failure=late_revocation, unit={who}, due={due}, done={done}{more}"


def test_a_notice_7_hours_20_minutes_late(annex):
    statement = statement_of(annex, f"event=N, {NOTICE}")
    assert credits_of(statement) == {"2026-05": "5472.00"}  # 4,320 + 8 × 144, in the month in which the hours began
    assert [s.text for s in statement.months[0].lines[0].steps][-1] == ("GBP 4,320.00 + 8 × GBP 144.00 = GBP 5,472.00.")


def test_two_leavers_share_the_base_of_their_month(annex):
    statement = statement_of(
        annex,
        leaver("Ann", "2026-06-03T18:00+01:00", "2026-06-06T10:00+01:00"),
        leaver("Bob", "2026-06-10T18:00+01:00", "2026-06-11T10:00+01:00"),
    )
    assert credits_of(statement) == {"2026-06": "1224.00"}  # 864 + (3 + 1) × 90
    (line,) = statement.months[0].lines
    assert [e.id for e in line.events] == ["Ann", "Bob"]


def test_a_failure_that_runs_on_counts_in_each_month_with_one_base_in_the_first(annex):
    ann = leaver("Ann", "2026-06-29T18:00+01:00", "2026-07-03T10:00+01:00")
    # Days begin on 29 and 30 June, 1 and 2 July.
    assert credits_of(statement_of(annex, ann)) == {"2026-06": "1044.00", "2026-07": "180.00"}
    bob = leaver("Bob", "2026-07-10T18:00+01:00", "2026-07-11T10:00+01:00")
    # Bob's failure of July brings a base, to which the days of both are added.
    assert credits_of(statement_of(annex, ann, bob)) == {"2026-06": "1044.00", "2026-07": "1134.00"}


def test_on_one_unit_a_day_counts_once(annex):
    twice = (
        leaver("Ann", "2026-06-03T18:00+01:00", "2026-06-06T10:00+01:00"),
        leaver("Ann", "2026-06-04T09:00+01:00", "2026-06-07T08:00+01:00", ", cause=other").replace(
            "event=Ann", "event=A2"
        ),
    )
    assert credits_of(statement_of(annex, *twice)) == {"2026-06": "1224.00"}  # 3, 4, 5 and 6 June


def test_a_report_counts_business_days_after_the_due_date(annex):
    late = "event=R, failure=late_review, due=2026-05-22, done=2026-05-27"  # 25 May is a holiday
    assert credits_of(statement_of(annex, late)) == {"2026-05": "756.00"}  # 576 + 2 × 90


def test_an_act_counts_in_each_calendar_month(annex):
    refused = "event=A, failure=disclosure, at=2026-05-20, done=2026-07-03"
    assert credits_of(statement_of(annex, refused)) == {m: "18000.00" for m in ("2026-05", "2026-06", "2026-07")}


def test_hours_of_a_recovery_may_be_given_by_their_length(annex):
    recovery = "event=R, failure=late_recovery, at=2026-06-01T10:00+01:00, lasted=310 minutes"
    assert credits_of(statement_of(annex, recovery)) == {"2026-06": "5184.00"}  # 4,320 + 6 × 144


def test_other_units_and_their_maximum(annex):
    patch = "event=P{n}, failure=late_patch, unit=server {n}, due=2026-06-01T00:00+01:00, done=2026-06-{d}T00:00+01:00"
    three = [patch.format(n=n, d=d) for n, d in ((1, "06"), (2, "10"), (3, "13"))]
    assert credits_of(statement_of(annex, *three)) == {"2026-06": "8352.00"}  # 864 + (5 + 9 + 12) × 288
    more = [patch.format(n=n, d="30") for n in (4, 5)]
    statement = statement_of(annex, *three, *more)
    assert credits_of(statement) == {"2026-06": "10080.00"}
    assert statement.months[0].caps == ("maximum",)


def test_the_third_month_with_a_credit_doubles_the_base(annex):
    months = [leaver(f"P{m}", f"2026-0{m}-05T18:00+01:00", f"2026-0{m}-06T10:00+01:00") for m in (5, 6, 7)]
    statement = statement_of(annex, *months)
    assert credits_of(statement) == {"2026-05": "954.00", "2026-06": "954.00", "2026-07": "1818.00"}
    assert "2 × GBP 864.00" in statement.months[2].lines[0].steps[-1].text
    outside = leaver("P5", "2026-05-05T18:00+01:00", "2026-05-06T10:00+01:00", ", earlier=2")
    assert credits_of(statement_of(annex, outside)) == {"2026-05": "1818.00"}


def test_one_act_counts_under_its_dearest_paragraph_and_a_notice_on_top(annex):
    statement = statement_of(
        annex,
        f"event=I, {NOTICE}",
        "event=I, failure=late_patch, due=2026-05-02T00:00+01:00, done=2026-05-05T00:00+01:00",
        "event=I, failure=coverage_gap, count=2, at=2026-05-04",
    )
    assert credits_of(statement) == {"2026-05": "7200.00"}  # 5,472 + (864 + 3 × 288), not 864 + 2 × 90
    assert [e.sanction.name for e in statement.months[0].counted_elsewhere] == ["coverage_gap"]


def test_caps_are_separate_and_an_excess_lapses(annex):
    acts = [f"event=A{n}, failure=disclosure, at=2026-05-1{n}" for n in range(3)]
    statement = statement_of(annex, *acts, f"event=N, {NOTICE}")
    assert credits_of(statement) == {"2026-05": "41472.00"}  # 3 × 18,000 in 36,000, and 5,472
    assert statement.months[0].caps == ("month_cap",)
    assert any("lapses" in note for note in statement.notes)
    assert credits_of(statement_of(annex, *acts, used="255000")) == {"2026-05": "4200.00"}


def test_an_own_sum_with_tolerance_changes_its_line_alone(annex):
    for count, due in ((2, "0"), (3, "150"), (5, "450"), (9, "600")):
        line = f"event=C, failure=late_certificate, at=2026-05-04, count={count}"
        assert Decimal(credits_of(statement_of(annex, line))["2026-05"]) == Decimal(due)


def test_agent_days(annex):
    line = "event=S, failure=agents_short, count=4, due=2026-05-04T00:00+01:00, done=2026-05-06T00:00+01:00"
    assert credits_of(statement_of(annex, line)) == {"2026-05": "600"}  # 4 × 2 × 75


@pytest.mark.parametrize(
    ("more", "due"),
    [
        (", tolled=2 hours", "5184.00"),
        (", disputed=3 hours", "5040.00"),
        (", stopped=2026-05-31T23:15+01:00", "4464.00"),
    ],
)
def test_delay_that_does_not_count(annex, more, due):
    assert credits_of(statement_of(annex, f"event=N, {NOTICE}{more}")) == {"2026-05": due}


def test_what_was_in_time_costs_nothing(annex):
    in_time = "event=N, failure=late_notice, due=2026-05-31T22:15+01:00, done=2026-05-31T22:15+01:00"
    assert credits_of(statement_of(annex, in_time)) == {"2026-05": "0"}


def test_a_disputed_event_is_listed_and_not_counted(annex):
    statement = statement_of(annex, f"event=N, {NOTICE}, disputed=yes")
    assert statement.total == 0
    assert [e.id for e in statement.months[0].disputed] == ["N"]


def test_months_that_are_not_shown_still_count_for_repeats_and_the_year(annex):
    months = [leaver(f"P{m}", f"2026-0{m}-05T18:00+01:00", f"2026-0{m}-06T10:00+01:00") for m in (5, 6, 7)]
    statement = statement_of(annex, *months, months=[date(2026, 7, 1)])
    assert credits_of(statement) == {"2026-07": "1818.00"}


def test_where_caps_follow_the_invoices_a_small_year_lowers_them(annex):
    rules = replace(annex.credit_rules, by_invoices=True, annual_cap=Percentage(Decimal(5)))
    german = replace(annex, credit_rules=rules)
    quiet = {date(2026 + (m > 9), (m + 3 - 1) % 12 + 1, 1): Decimal(1_000) for m in range(1, 13)}
    acts = "event=A, failure=disclosure, at=2026-05-10"
    # 5 % of 12,000 invoiced is 600, of which a quarter is kept for late notices.
    assert credits_of(statement_of(german, acts, charges=quiet)) == {"2026-05": "450.00"}
    assert credits_of(statement_of(german, acts)) == {"2026-05": "18000.00"}


@pytest.mark.parametrize(
    ("damages", "due"), [("in_addition", "50000"), ("credited", "44528.00"), ("exhausts", "0"), ("election", "0")]
)
def test_damages_stand_beside_the_credit_as_the_law_says(annex, damages, due):
    under = replace(annex, credit_rules=replace(annex.credit_rules, damages=damages))
    (line,) = statement_of(under, f"event=N, {NOTICE}, damages=50000").damages
    assert (str(line.credit), str(line.due)) == ("5472.00", due)


def test_an_annex_without_charges_asks_for_them(annex):
    from ccclauses.penalties import Charges, calculate_credits

    from .conftest import AS_OF, events_of

    bare = replace(annex, credit_rules=replace(annex.credit_rules, monthly_charges=None))
    events, _ = events_of(bare, f"event=N, {NOTICE}")
    none = Charges(by_month={}, usual=None, term=None)
    statement, problems = calculate_credits(bare, events, none, as_of=AS_OF)
    assert statement is None
    assert [p.rule for p in problems] == ["missing-charges"]
    given = replace(none, usual=Decimal(240_000))
    assert calculate_credits(bare, events, given, as_of=AS_OF)[0].total == Decimal("5472.00")


def test_in_the_first_months_classes_b_and_c_carry_no_credit_and_late_notice_does(annex):
    ramp = replace(annex, credit_rules=replace(annex.credit_rules, start_months=3))  # from 1 April to 30 June
    early = leaver("Ann", "2026-06-29T18:00+01:00", "2026-07-03T10:00+01:00")  # days from 29 June to 2 July
    assert credits_of(statement_of(ramp, early, f"event=N, {NOTICE}")) == {
        "2026-05": "5472.00",
        "2026-06": "0",
        "2026-07": "1044.00",
    }
    months = [leaver(f"P{m}", f"2026-0{m}-05T18:00+01:00", f"2026-0{m}-06T10:00+01:00") for m in (5, 6, 7)]
    assert credits_of(statement_of(ramp, *months))["2026-07"] == "954.00"  # what carried no credit doubles nothing


def test_a_failure_that_continues_has_no_base_of_its_own_to_double(annex):
    long = leaver("Ann", "2026-05-29T18:00+01:00", "2026-07-02T10:00+01:00")
    assert credits_of(statement_of(annex, long))["2026-07"] == "90.00"
    strict = replace(annex, credit_rules=replace(annex.credit_rules, repeat_after=1))
    assert credits_of(statement_of(strict, long)) == {"2026-05": "1134.00", "2026-06": "2700.00", "2026-07": "90.00"}
    another = leaver("Ben", "2026-07-20T18:00+01:00", "2026-07-21T10:00+01:00")
    assert credits_of(statement_of(strict, long, another))["2026-07"] == "1908.00"  # 2 × 864 + 90 + 90
