"""How two values of a condition compare."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from small_library import percent

from ccclauses.model.quantity import Duration, Money
from ccclauses.resolve.judge import Incomparable, compare, literal, said

DAY, WEEK = Duration(1, "days"), Duration(5, "days", "business")


@pytest.mark.parametrize(
    ("left", "sign", "right", "holds"),
    [
        (DAY, "<=", Duration(24, "hours"), True),
        (Duration(72, "hours"), "<", Duration(3, "days"), False),
        (WEEK, "=", Duration(7, "days"), True),
        (WEEK, "<", "weekly", False),
        ("monthly", ">", WEEK, True),
        (percent("0.5"), "<", percent("1"), True),
        (Money(Decimal(500), "GBP"), ">=", Money(Decimal("499.99")), True),
        (50, ">=", Decimal(50), True),
        (date(2026, 1, 1), "<", date(2026, 1, 2), True),
        (("GB", "IN"), "<=", ("DE", "GB", "IN"), True),
        (("GB", "US"), "<=", ("DE", "GB", "IN"), False),
        (("GBP",), "<=", "GBP", True),
        ("DE", "=", "DE", True),
        ("DE", "!=", "FR", True),
        (True, "=", True, True),
    ],
)
def test_compare(left, sign, right, holds):
    assert compare(left, sign, right) is holds


@pytest.mark.parametrize(
    ("left", "right"),
    [(DAY, percent("1")), (Money(Decimal(1)), percent("1")), ("DE", "FR"), (True, 1), (DAY, "soon"), (5, DAY)],
)
def test_what_has_no_order_is_refused(left, right):
    with pytest.raises(Incomparable):
        compare(left, "<=", right)


@pytest.mark.parametrize(
    ("text", "like", "value"),
    [
        ("yes", False, True),
        ("50", 12, Decimal(50)),
        ("72 hours", DAY, Duration(72, "hours")),
        ("weekly", DAY, Duration(1, "weeks")),
        ("8 %", percent("1"), percent("8")),
        ("GBP 5", Money(Decimal(1), "GBP"), Money(Decimal(5), "GBP")),
        ("2026-03-01", date(2025, 1, 1), date(2026, 3, 1)),
        ("GB, IN", ("DE",), ("GB", "IN")),
        ("none", "auto_pause", "none"),
    ],
)
def test_a_literal_takes_the_type_of_the_other_side(text, like, value):
    assert literal(text, like) == value


@pytest.mark.parametrize(("text", "like"), [("maybe", True), ("soon", DAY), ("x", 5), ("01/03/2026", date(2025, 1, 1))])
def test_a_literal_of_another_type_is_refused(text, like):
    with pytest.raises(Incomparable, match="can't be compared with"):
        literal(text, like)


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "yes"), (DAY, "1 day"), ((), "none"), (("DE", "GB"), "DE, GB"), (date(2026, 3, 1), "2026-03-01"), (5, "5")],
)
def test_values_are_said_in_the_words_of_a_profile(value, words):
    assert said(value) == words
