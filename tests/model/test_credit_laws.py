"""The laws of credits over deals, postures and currencies, and the spoilt regimes that they catch.

Laws of single sums are those that `check` applies to a profile's own figures (`model.credit_laws`); the laws of months
are asked here of `settle`, which the calculator and the worked example use.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.model.credits import credit, credit_laws
from ccclauses.model.credits.credit import CLASS_SUMS, FEWEST_SEATS, CreditRules, allowed_misses
from ccclauses.model.credits.credit_laws import broken_laws, too_small
from ccclauses.model.credits.settlement import Entry, Settlement, settle, worked_example
from ccclauses.model.words.quantity import Money, Percentage, minor_units

from .test_credit import rules, sanction

POSTURES = {"baseline": ("10", "8"), "standard": ("15", "12"), "strict": ("20", "15"), "German form": ("5", "5")}
SEATS = (3, 4, 7, 8, 12, 13, 20, 30, 50, 120, 340, 1_000, 5_000)
CHARGES = (2_000, 3_333, 5_000, 9_999, 14_500, 33_333, 240_000, 410_000, 2_000_000)
CURRENCIES = (("GBP", 1), ("KWD", 1), ("JPY", 100))  # with what makes the sums those of a real deal

NOTICE = sanction("notice", "Security Breach", name="notice")
RECOVERY = sanction("A", "recovery", per="hour", name="recovery")
ACT = sanction("A", "audit", name="act")
PERSON = sanction("B", "person", name="person")
OTHER = sanction("B", "system", name="other")
PAPER = sanction("C", "report", name="paper")
ALL = (NOTICE, RECOVERY, ACT, PERSON, OTHER, PAPER)


def deal(charges: int, currency: str, seats: int, posture: str) -> CreditRules:
    month, year = POSTURES[posture]
    return rules(str(charges), currency, seats, month, year)


def deals() -> list[CreditRules]:
    found = [
        deal(charges * by, currency, seats, posture)
        for charges, (currency, by), seats, posture in itertools.product(CHARGES, CURRENCIES, SEATS, POSTURES)
    ]
    return [d for d in found if not too_small(d, d.monthly_charges.amount)]


EXAMPLES = [
    deal(14_500, "GBP", 12, "baseline"),
    deal(240_000, "GBP", 120, "standard"),
    deal(410_000, "EUR", 260, "German form"),
    deal(385_000, "USD", 180, "standard"),
    deal(18_500_000, "INR", 340, "standard"),
    deal(30_000_000, "JPY", 60, "standard"),
    deal(2_000, "GBP", 3, "baseline"),
    deal(9_999, "KWD", 7, "strict"),
]


@st.composite
def any_deal(draw: st.DrawFn) -> CreditRules:
    """A deal with every value of the profile in its range."""
    currency, by = draw(st.sampled_from(CURRENCIES))
    month = draw(st.integers(20, 300))  # tenths of a per cent, so that a year holds 4 to 12 months of it
    year = draw(st.integers(-(-month * 4 // 12) + 1, month))
    charges = draw(st.integers(2_000, 30_000_000)) * by
    found = rules(
        str(charges), currency, draw(st.integers(3, 6_000)), str(Decimal(month) / 10), str(Decimal(year) / 10)
    )
    return found


def month(agreed: CreditRules, *entries: Entry, **used) -> Settlement:
    return settle(entries, agreed, agreed.table(), **used)


def one(agreed: CreditRules, what, each: int = 1, units: int = 1, *, repeated: bool = False) -> Decimal:
    again = (what.name,) if repeated else ()
    return sum((g.calculation.amount for g in month(agreed, Entry(event="e", sanction=what, each=each, units=units), repeated=again).paragraphs), Decimal(0))  # fmt: skip


WORST = [
    Entry(event="r", sanction=RECOVERY, each=5_000),
    Entry(event="a", sanction=ACT, units=20),
    Entry(event="p", sanction=PERSON, each=31, units=5_000),
    Entry(event="o", sanction=OTHER, each=31, units=100),
    Entry(event="c", sanction=PAPER, each=23, units=100),
]


# -- single sums ------------------------------------------------------------------------------------------------------


def test_every_table_of_the_grid_keeps_the_laws_of_sums():
    found = {(str(d), m) for d in deals() for m in broken_laws(d, d.table())}
    assert not found


@given(any_deal())
def test_every_value_in_range_keeps_the_laws_of_sums(agreed: CreditRules):
    if too_small(agreed, agreed.monthly_charges.amount):
        return
    years = (
        "a yearly cap of",
    )  # shares whose year holds fewer than 4 or more than 12 months are told, as they should be
    assert [m for m in broken_laws(agreed, agreed.table()) if not m.startswith(years)] == []


@given(any_deal())
def test_sums_are_whole_minor_units_and_at_least_one(agreed: CreditRules):
    if too_small(agreed, agreed.monthly_charges.amount):
        return
    table, minor = agreed.table(), Decimal(1).scaleb(-minor_units(agreed.currency))
    for name in CLASS_SUMS:
        amount = getattr(table, name)
        assert amount >= minor
        assert not amount % minor
    assert table.month <= agreed.at_risk_month.of(agreed.monthly_charges.amount)
    assert table.year + table.year_notice <= agreed.annual_cap.of(agreed.monthly_charges.amount * 12)


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_no_sum_falls_from_baseline_to_standard_to_strict(agreed: CreditRules):
    tables = [
        replace(agreed, at_risk_month=Percentage(Decimal(m)), annual_cap=Percentage(Decimal(y))).table()
        for m, y in list(POSTURES.values())[:3]
    ]
    for name in credit.SUMS:
        values = [getattr(t, name) for t in tables]
        assert values == sorted(values)


@pytest.mark.parametrize("agreed", EXAMPLES[1:6])
def test_twice_the_deal_doubles_the_sums_of_the_deal_and_leaves_those_of_a_person(agreed: CreditRules):
    charges = agreed.monthly_charges.amount
    double = replace(agreed, monthly_charges=Money(charges * 2, agreed.currency), seats=agreed.seats * 2)
    before, after = agreed.table(), double.table()
    for name in CLASS_SUMS:
        factor = 1 if name in ("b_person", "c_day") else 2
        if name == "c_day" and before.c_day != before.b_person:
            continue  # a small desk, where the day of a report does not follow the seats
        assert abs(getattr(after, name) - factor * getattr(before, name)) <= getattr(after, name) / 50


# -- months -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_a_late_notice_is_never_free(agreed: CreditRules):
    table = agreed.table()
    for used in (Decimal(0), table.year):
        before, last = month(agreed, *WORST, used_other=used).credit, Decimal(0)
        for hours in range(1, 25):
            late = Entry(event="n", sanction=NOTICE, each=hours)
            added = month(agreed, *WORST, late, used_other=used).credit - before
            assert added == one(agreed, NOTICE, hours) > last
            last = added


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_the_worst_notice_and_the_worst_of_the_rest_both_count(agreed: CreditRules):
    late = Entry(event="n", sanction=NOTICE, each=5_000)
    assert month(agreed, *WORST, late).credit == month(agreed, *WORST).credit + one(agreed, NOTICE, 5_000)


@pytest.mark.parametrize("agreed", EXAMPLES)
@pytest.mark.parametrize("what", [PERSON, OTHER, PAPER])
def test_every_further_day_of_a_month_adds_money_until_the_maximum(agreed: CreditRules, what):
    days = 23 if what is PAPER else 31
    sums = [one(agreed, what, n) for n in range(1, days + 1)]
    most = what.sums(agreed.table())[2]
    assert all(b > a or a == most for a, b in zip(sums, sums[1:]))
    if what is not PERSON:  # one person of a small desk reaches it, from the eleventh day at the earliest
        assert sums[-1] < most or sums[-2] < most
    assert sums[9] < most


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_waiting_into_a_new_month_adds_money(agreed: CreditRules):
    for what in (PERSON, OTHER, PAPER, ACT):
        assert all(one(agreed, what, n) > 0 for n in (1, 2, 20))  # each month is counted anew, with a base of its own


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_a_batch_costs_at_most_its_parts_and_at_least_its_dearest(agreed: CreditRules):
    for what, (n, m) in itertools.product((PERSON, OTHER, PAPER), ((1, 1), (2, 5), (10, 90))):
        parts, whole = [one(agreed, what, 1, n), one(agreed, what, 1, m)], one(agreed, what, 1, n + m)
        assert max(parts) <= whole <= sum(parts)


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_one_more_failure_never_lowers_a_month_and_order_is_indifferent(agreed: CreditRules):
    entries = [
        Entry(event="p", sanction=PERSON, each=2, act="i"),
        Entry(event="o", sanction=OTHER, each=9, act="i"),
        Entry(event="n", sanction=NOTICE, each=9, act="i"),
        Entry(event="q", sanction=OTHER, each=31, units=4),
        *WORST,
    ]
    last = Decimal(0)
    for end in range(1, len(entries) + 1):
        now = month(agreed, *entries[:end]).credit
        assert now >= last
        assert now == month(agreed, *entries[:end][::-1]).credit
        last = now


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_one_act_counts_under_its_dearest_paragraph_and_a_late_notice_on_top(agreed: CreditRules):
    act = [Entry(event="p", sanction=PERSON, each=3, act="i"), Entry(event="o", sanction=PAPER, each=3, act="i")]
    late = Entry(event="n", sanction=NOTICE, each=4, act="i")
    want = max(one(agreed, PERSON, 3), one(agreed, PAPER, 3)) + one(agreed, NOTICE, 4)
    assert month(agreed, *act, late).credit == want


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_a_repeat_doubles_the_base_alone(agreed: CreditRules):
    table = agreed.table()
    for what in (NOTICE, PERSON, OTHER, PAPER):
        base, _, most = what.sums(table)
        assert one(agreed, what, 2, repeated=True) == min(one(agreed, what, 2) + base, most)
    assert one(agreed, ACT, 2, repeated=True) == one(agreed, ACT, 2)


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_a_month_and_a_year_stay_within_their_caps(agreed: CreditRules):
    table = agreed.table()
    notice = other = Decimal(0)
    for _ in range(12):
        late = Entry(event="n", sanction=NOTICE, each=5_000, units=9)
        found = month(agreed, *WORST, late, used_notice=notice, used_other=other)
        assert found.notice <= table.month_notice
        assert found.other <= table.month
        notice, other = notice + found.notice, other + found.other
    assert notice <= table.year_notice
    assert other <= table.year


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_the_first_person_too_many_of_a_small_team_costs_less_than_half_of_all(agreed: CreditRules):
    for target, size in itertools.product(("90", "95", "98"), (8, 12, 20)):
        if not size <= max(agreed.seats, FEWEST_SEATS) <= 3 * size:
            continue
        spared = allowed_misses(Percentage(Decimal(target)), size)
        assert 2 * one(agreed, PERSON, 1, 1) < one(agreed, PERSON, 1, size - spared)


_FORMULA = re.compile(r"((?:2 × )?[A-Z]{3} [\d,.]+(?: [+×] (?:[A-Z]{3} )?[\d,.]+)*) = [A-Z]{3} ([\d,.]+\d)")


def recomputed(formula: str) -> Decimal:
    """A sum of products of printed figures."""
    total = Decimal(0)
    for term in formula.split(" + "):
        product = Decimal(1)
        for factor in term.split(" × "):
            product *= Decimal(factor.rpartition(" ")[2].replace(",", ""))
        total += product
    return total


@pytest.mark.parametrize("agreed", EXAMPLES)
def test_the_worked_example_says_what_its_words_come_to(agreed: CreditRules):
    """Each formula, recomputed from its printed words alone, gives the sum that it states."""
    lines = worked_example(ALL, agreed)
    assert len(lines) == 6
    for line in lines:
        formula, stated = _FORMULA.search(line).groups()
        assert recomputed(formula) == Decimal(stated.replace(",", "")), line


# -- spoilt regimes ---------------------------------------------------------------------------------------------------

SPOILT = {
    "the hour of A is dear": {"a_hour": 3},
    "the base of A is small": {"a_base": 5},
    "an act costs little": {"a_act": 20},
    "an act takes the month": {"a_act": 240, "a_most": 240},
    "the maximum of a notice is low": {"a_most": 60},
    "the base of B is small": {"b_base": 2},
    "the day of B is dear": {"b_other": 5},
    "B has no day": {"b_other": 0},
    "the maximum of B is low": {"b_most": 30},
    "the maximum of B is above A": {"b_most": 130},
    "the base of C is dear": {"c_base": 12},
    "the base of C is nothing": {"c_base": 0},
    "the maximum of C is low": {"c_most": 10},
}


@pytest.mark.parametrize("units", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_class_is_caught(units, monkeypatch):
    monkeypatch.setattr(credit, "_UNITS", credit._UNITS | units)
    assert any(broken_laws(d, d.table()) for d in EXAMPLES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("_UNITS_OF_SEATS", 5),
        ("_UNITS_OF_SEATS", 2_000),
        ("FEWEST_SEATS", 1),
        ("NOTICE_OF_MONTH", Decimal("0.1")),
        ("NOTICE_OF_YEAR", Decimal("0.01")),
        ("NOTICE_OF_YEAR", Decimal("0.9")),
    ],
)
def test_a_spoilt_share_is_caught(name, value, monkeypatch):
    monkeypatch.setattr(credit, name, value)
    assert any(broken_laws(d, d.table()) for d in EXAMPLES)


@pytest.mark.parametrize(("share", "value"), [("annual_cap", "0.5"), ("annual_cap", "30")])
def test_a_year_out_of_proportion_is_told(share, value):
    spoilt = replace(EXAMPLES[0], **{share: Percentage(Decimal(value))})
    assert [m for m in broken_laws(spoilt, spoilt.table()) if m.startswith("a yearly cap")]


@pytest.mark.parametrize("law", credit_laws.LAWS, ids=lambda law: law.__name__)
def test_each_law_is_broken_by_some_table(law):
    table, seats = EXAMPLES[0].table(), 12
    assert not list(law(table, seats))
    spoilt = (
        replace(table, **{name: value})
        for name in credit.SUMS
        for value in (Decimal(0), getattr(table, name) / 20, getattr(table, name) * 20)
    )
    assert any(list(law(t, seats)) for t in spoilt)


def test_what_breaks_is_told_in_money():
    own = rules(own={"c_day": Decimal("60.00")})
    assert broken_laws(own, own.table()) == (
        "a report 1 Business Day late costs GBP 83.20, more than one person of Class B for 1 day (GBP 71.00)",
        "a report 1 Business Day late costs GBP 83.20, more than one other unit of Class B for 1 day (GBP 46.40)",
        "one day of Class B costs GBP 46.40, less than a report 3 Business Days late (GBP 174.00)",
        "a late report reaches GBP 174.00 before the month ends, and further days are free",
    )
