"""What a profile agrees for one failure: a tolerance of units, or of their days; what can't have effect is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ccclauses.compose.parts.credit_table import credit_tables
from ccclauses.model.credits.credit import CreditRules, Sanction, agreed
from ccclauses.model.credits.credit_laws import terms_problem
from ccclauses.model.credits.settlement import Entry, settle
from ccclauses.model.diagnostic import Position
from ccclauses.model.profile import FailureTerms
from ccclauses.model.words.quantity import Money, Percentage

AT = Position(file="deal.yaml")
SHORT = Sanction(
    name="agents_short", clause="c", label="Agents short", paragraph="p", cls="B", unit="person", counted="day"
)


def terms(**said):
    return FailureTerms(at=AT, **said)


def rules(currency, charges):
    return CreditRules(
        currency=currency,
        monthly_charges=Money(Decimal(charges), currency),
        at_risk_month=Percentage(Decimal(10)),
        annual_cap=Percentage(Decimal(8)),
    )


@pytest.mark.parametrize(
    ("currency", "charges", "rate", "due"),
    [("GBP", "100000", "12.50", "125.00"), ("JPY", "10000000", "1250", "12500"), ("KWD", "30000", "1.250", "12.500")],
)
def test_agent_days_are_spared_as_days_in_every_currency(currency, charges, rate, due):
    sanction = agreed(
        SHORT, terms(rate=Money(Decimal(rate), currency), per="agent-day", tolerance=20, tolerance_of="agent-days")
    )
    assert sanction.spared == "20 agent-days"
    of = rules(currency, charges)
    entries = [Entry(event="a", sanction=sanction, each=6, units=4), Entry(event="b", sanction=sanction, each=6)]
    found = settle(entries, of, of.table())  # 24 + 6 agent-days, of which 20 are spared
    assert found.other == Decimal(due)
    printed = " ".join(c.text for r in credit_tables([sanction], of, lambda target: None)[0].rows for c in r)
    assert "after the first 20 agent-days in a calendar month" in printed


def test_units_are_spared_whole_where_no_time_is_named():
    sanction = agreed(SHORT, terms(rate=Money(Decimal(10), "GBP"), per="agent-day", tolerance=2, tolerance_of="agents"))
    of = rules("GBP", "100000")
    assert settle([Entry(event="a", sanction=sanction, each=6, units=3)], of, of.table()).other == Decimal(60)


def test_a_tolerance_of_a_class_is_printed_in_both_forms():
    sanction = agreed(SHORT, terms(tolerance=2))
    of = rules("GBP", "100000")
    for short, words in (
        (False, "person (after the first 2 in a calendar month)"),
        (True, "person, after the first 2 a month"),
    ):
        cells = [c.text for r in credit_tables([sanction], of, lambda target: None, short=short)[0].rows for c in r]
        assert any(words in c for c in cells), cells


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"event_cap": Money(Decimal(500), "GBP")}, "`event_cap` would have no effect"),
        ({"per": "day"}, "`per` would have no effect"),
        (
            {"rate": Money(Decimal(5), "GBP"), "per": "person", "tolerance": 3, "tolerance_of": "days"},
            "can't be counted",
        ),
        ({"rate": Money(Decimal(5), "GBP"), "per": "person-day", "tolerance": 3, "tolerance_of": "person-days"}, ""),
        ({"tolerance": 2}, ""),
    ],
)
def test_what_can_have_no_effect_is_told(said, told):
    found = terms_problem(agreed(SHORT, terms(**said)), terms(**said))
    assert told in found if told else not found
