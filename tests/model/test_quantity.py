"""Quantities: what is read, what is refused, and that what is printed is read back as what it was."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.model.words.quantity import (
    Duration,
    Money,
    Percentage,
    QuantityError,
    minor_units,
    parse_decimal,
    plain,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("24 hours", Duration(24, "hours")),
        ("1.5 hours", Duration(90, "minutes")),
        ("0.25 hour", Duration(15, "minutes")),
        ("2.0 days", Duration(2, "days")),
        (" 10 Business Days ", Duration(10, "days", "business")),
        ("1 calendar day", Duration(1, "days")),
        ("3WEEKS", Duration(3, "weeks")),
        ("0 minutes", Duration(0, "minutes")),
    ],
)
def test_a_period_is_read(text, period):
    assert Duration.parse(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "9999999999999999999999999999994 hours",
        "1." + "0" * 40 + "1 hours",
        "",
        "soon",
        "24",
        "hours",
        "-1 day",
        "1.5 days",
        "0.5 Business Days",
        "1,000 hours",
    ],
)
def test_what_is_no_period_of_whole_units_is_refused(text):
    with pytest.raises(QuantityError):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("GBP 1,500.00", Money(Decimal(1500), "GBP")),
        ("1500 gbp", Money(Decimal(1500), "GBP")),
        ("1500", Money(Decimal(1500))),
        ("EUR 0.005", Money(Decimal("0.005"), "EUR")),
        ("TND 1.500", Money(Decimal("1.5"), "TND")),
        ("1,234,567.5", Money(Decimal("1234567.5"))),
    ],
)
def test_money_is_read(text, money):
    assert Money.parse(text) == money


@pytest.mark.parametrize(
    "text",
    ["", "GBP", "GBP 5 EUR", "GBP 5 GBP", "EUR 1.500", "1.234 EUR", "1.500", "12,34", "1,00,000", "-5", "5 pounds"],
)
def test_what_is_no_money_or_can_be_read_in_two_ways_is_refused(text):
    """`1.500` may be fifteen hundred or one and a half; to guess would be a penalty a thousand times off."""
    with pytest.raises(QuantityError):
        Money.parse(text)


@pytest.mark.parametrize(("text", "value"), [("10 %", "10"), ("0.5%", "0.5"), ("10 per cent", "10"), ("8", "8")])
def test_a_percentage_is_read(text, value):
    assert Percentage.parse(text) == Percentage(Decimal(value))
    assert Percentage.parse(text).of(Decimal(240_000)) == Decimal(2400) * Decimal(value)


@pytest.mark.parametrize("text", ["", "%", "-1 %", "ten %", "5 % of it"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(QuantityError):
        Percentage.parse(text)


@given(
    st.integers(0, 100),
    st.sampled_from(["seconds", "minutes", "hours", "days", "weeks", "months", "years", "business"]),
)
def test_a_printed_period_is_read_back(amount, unit):
    period = Duration(amount, "days", "business") if unit == "business" else Duration(amount, unit)
    assert Duration.parse(period.wording()) == period


@given(st.decimals(0, 10**12, places=0), st.sampled_from(["EUR", "JPY", "KWD"]), st.integers(0, 3))
def test_printed_money_is_read_back(whole, currency, places):
    money = Money(whole.scaleb(-min(places, minor_units(currency))), currency)
    assert len(money.wording().partition(".")[2]) == minor_units(currency)
    assert Money.parse(money.wording()) == money


@given(st.decimals(0, 100, places=3))
def test_a_printed_percentage_is_read_back(value):
    assert Percentage.parse(Percentage(value).wording()) == Percentage(value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Duration(120, "seconds"), Duration(2, "minutes")),
        (Duration(60, "minutes"), Duration(1, "hours")),
        (Duration(24, "hours"), Duration(1, "days")),
        (Duration(5, "days", "business"), Duration(1, "weeks")),
        (Duration(30, "days"), Duration(1, "months")),
        (Duration(365, "days"), Duration(1, "years")),
    ],
)
def test_periods_of_different_units_compare_by_their_nominal_length(one, other):
    assert one.hours == other.hours


@pytest.mark.parametrize(
    ("period", "wording", "every", "hyphenated"),
    [
        (Duration(24, "hours"), "24 hours", "every 24 hours", "24-hour"),
        (Duration(1, "months"), "1 month", "every month", "1-month"),
        (Duration(1, "days", "business"), "1 Business Day", "every Business Day", "1-Business Day"),
        (Duration(0, "days"), "0 days", "every 0 days", "0-day"),
    ],
)
def test_a_period_in_words(period, wording, every, hyphenated):
    assert (period.wording(), period.every(), period.hyphenated()) == (wording, every, hyphenated)


@pytest.mark.parametrize(("number", "text"), [("20", "20"), ("0.50", "0.5"), ("1E+2", "100"), ("100.00", "100")])
def test_a_plain_number_keeps_its_zeros_before_the_point(number, text):
    assert plain(Decimal(number)) == text


def test_a_number_is_finite_digits():
    assert parse_decimal(" 1.5 ") == Decimal("1.5")
    for text in ("", "NaN", "Infinity", "1,5", "x"):
        with pytest.raises(QuantityError):
            parse_decimal(text)
