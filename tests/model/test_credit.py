"""The credit table: the figures of a small deal by hand, what a profile changes alone, shares of small populations."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ccclauses.model.credits.credit import (
    SUMS,
    CreditRules,
    Sanction,
    agreed,
    allowed_misses,
    build_rules,
    build_sanction,
    share_in_words,
)
from ccclauses.model.credits.credit_laws import own_sum_problem, too_small
from ccclauses.model.credits.settlement import Entry, settle, worked_example
from ccclauses.model.diagnostic import Position
from ccclauses.model.library.clause import FailureSpec
from ccclauses.model.profile import FailureTerms
from ccclauses.model.words.quantity import Duration, Money, Percentage

AT = Position(file="deal.yaml", line=1)


class Worth:
    def __init__(self, value: object) -> None:
        self.value = value


def rules(charges: str = "14500", currency: str = "GBP", seats: int = 12, month: str = "10", year: str = "8", **other):
    return CreditRules(
        currency=currency,
        monthly_charges=Money(Decimal(charges), currency),
        seats=seats,
        at_risk_month=Percentage(Decimal(month)),
        annual_cap=Percentage(Decimal(year)),
        repeat_after=2,
        repeat_window=5,
        **other,
    )


def sanction(cls: str, unit: str = "person", per: str = "act", name: str = "failure") -> Sanction:
    spec = FailureSpec(name=name, label=f"Failure of {cls}", paragraph=name, cls=cls, unit=unit, per=per, at=AT)
    return build_sanction(spec, "clause")


def printed(money: str) -> Decimal:
    return Money.parse(money).amount


def test_the_sums_of_a_desk_of_twelve_seats_at_14_500_pounds():
    table = rules().table()
    assert {n: str(getattr(table, n)) for n in SUMS} == {
        "a_base": "174.00", "a_hour": "5.80", "a_act": "725.00", "a_most": "725.00",
        "b_base": "34.80", "b_person": "36.20", "b_other": "11.60", "b_most": "406.00",
        "c_base": "23.20", "c_day": "5.80", "c_most": "174.00",
        "month_notice": "725.00", "month": "1450.00", "year_notice": "3480.00", "year": "10440.00",
    }  # fmt: skip


def test_the_example_of_the_specification():
    lines = worked_example(
        (sanction("notice", "Security Breach", name="n"), sanction("B", name="b"), sanction("C", "report", name="c")),
        rules(),
    )
    assert [line.rpartition(": ")[2] for line in lines[:4]] == [
        "GBP 174.00 + 8 × GBP 5.80 = GBP 220.40.",
        "GBP 34.80 + 4 × GBP 36.20 = GBP 179.60.",
        "GBP 23.20 + 3 × GBP 5.80 = GBP 40.60.",
        "GBP 220.40 + GBP 179.60 + GBP 40.60 = GBP 440.60.",
    ]
    assert lines[4].endswith("2 × GBP 34.80 + 4 × GBP 36.20 = GBP 214.40.")


@pytest.mark.parametrize(("currency", "charges", "hour"), [("JPY", "30000000", "12000"), ("KWD", "14500", "5.800")])
def test_currencies_without_decimals_and_with_three(currency, charges, hour):
    table = rules(charges, currency).table()
    assert str(table.a_hour) == hour
    assert all(getattr(table, n) % Decimal(1).scaleb(0 if currency == "JPY" else -3) == 0 for n in SUMS)


def test_without_charges_the_sums_are_shares():
    table = replace(rules(), monthly_charges=None).table()
    assert table.printed("a_hour").text == "0.04%"
    assert table.printed("b_person").text == "0.25%"
    assert table.printed("month").text == "10%"


def test_without_seats_a_person_costs_what_any_other_unit_does():
    table = replace(rules(), seats=None).table()
    assert table.b_person == table.b_other


def test_a_sum_of_the_profile_takes_the_place_of_its_own_alone():
    usual, changed = rules().table(), rules(own={"b_person": Decimal("50.00")}).table()
    assert {n for n in SUMS if getattr(usual, n) != getattr(changed, n)} == {"b_person"}


def test_charges_too_small_for_the_currency_are_told_in_money():
    assert too_small(rules("2000", "JPY"), Decimal(2000)) == (
        "credits of 10% of JPY 2,000 a month come to less than JPY 1 for one unit; raise `at_risk_month`, or set the "
        "sums in `credits:`"
    )
    assert not too_small(rules("2500", "JPY"), Decimal(2500))


def test_settings_that_are_no_rules_are_told_together():
    wrong = {
        "at_risk_month": Worth("ten"),
        "repeat_after": Worth(Decimal("1.5")),
        "repeat_window": Worth(Duration(2, "weeks")),
    }
    assert build_rules(wrong, currency="GBP") == (
        "`at_risk_month` must be a percentage",
        "no value for the parameter `annual_cap`",
        "`repeat_after` must be a whole number of months",
        "`repeat_window` must be a number of months, such as `5 months`",
    )


# -- what a profile agrees for one failure ------------------------------------------------------------------------------


def terms(**values) -> FailureTerms:
    return FailureTerms(at=AT, **values)


@pytest.mark.parametrize(
    ("per", "unit", "counted"),
    [
        ("certificate", "certificate", "unit"),
        ("", "report", "unit"),
        ("day", "report", "day"),
        ("Business Day", "report", "Business Day"),
        ("agent-day", "agent", "day"),
        ("Security Breach and hour", "Security Breach", "hour"),
    ],
)
def test_what_an_own_sum_is_for(per, unit, counted):
    own = agreed(sanction("C", "report"), terms(rate=Money(Decimal(150), "GBP"), per=per))
    assert (own.unit, own.counted) == (unit, counted)


def test_an_own_sum_with_tolerance_and_cap():
    own = agreed(
        sanction("C", "certificate"),
        terms(rate=Money(Decimal(50), "GBP"), per="certificate", tolerance=2, event_cap=Money(Decimal(120), "GBP")),
    )
    table = rules().table()
    for units, due in ((2, 0), (3, 50), (4, 100), (9, 120)):
        assert settle([Entry(event="e", sanction=own, units=units)], rules(), table).credit == due


@pytest.mark.parametrize(
    ("rate", "cap", "wrong"),
    [
        ("0.005", None, "smallest unit"),
        ("175", None, "the most for a month"),
        ("50", "800", "less than half"),
        ("174", None, ""),
    ],
)
def test_own_sums_outside_their_bounds_are_refused(rate, cap, wrong):
    own = agreed(
        sanction("C", "certificate"),
        terms(rate=Money(Decimal(rate), "GBP"), event_cap=Money(Decimal(cap), "GBP") if cap else None),
    )
    found = own_sum_problem(own, rules().table())
    assert wrong in found
    assert bool(found) is bool(wrong)


def test_a_failure_moves_to_another_class():
    moved = agreed(sanction("C", "report"), terms(cls="B", unit="person"))
    assert (moved.row, moved.counted) == ("B person", "day")


# -- small populations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "population", "words"),
    [
        ("95", 12, "all but one of the 12"),
        ("100", 12, "all of the 12"),
        ("90", 20, "all but two of the 20"),
        ("95", 260, "95% of the 260"),
        ("99", 3, "all but one of the 3"),
    ],
)
def test_a_share_of_a_small_population_is_a_count(target, population, words):
    assert share_in_words(Percentage(Decimal(target)), population) == words


def test_allowed_misses_never_fall_as_the_population_grows():
    for target in ("90", "95", "98", "99"):
        misses = [allowed_misses(Percentage(Decimal(target)), n) for n in range(1, 400)]
        assert misses == sorted(misses)
        assert misses[0] == 1


def test_a_share_names_who_is_counted():
    assert share_in_words(Percentage(Decimal(95)), 12, "agent") == "all but one of the 12 agents"
