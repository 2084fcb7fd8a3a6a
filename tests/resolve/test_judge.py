"""How two values of a condition compare."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from small_library import percent

from ccclauses.model.library.condition import Written
from ccclauses.model.words.quantity import Duration, Money
from ccclauses.resolve.judge import Incomparable, compare, literal, said

DAY, WEEK = Duration(1, "days"), Duration(5, "days", "business")


@pytest.mark.parametrize(
    ("left", "sign", "right", "holds"),
    [
        (DAY, "<=", Duration(24, "hours"), True),
        (Duration(72, "hours"), "<", Duration(3, "days"), False),
        (WEEK, "==", Duration(7, "days"), True),
        (WEEK, "<", "weekly", False),
        ("monthly", ">", WEEK, True),
        (percent("0.5"), "<", percent("1"), True),
        (Money(Decimal(500), "GBP"), ">=", Money(Decimal("499.99")), True),
        (50, ">=", Decimal(50), True),
        (date(2026, 1, 1), "<", date(2026, 1, 2), True),
        (("GB", "IN"), "in", ("DE", "GB", "IN"), True),
        (("GB", "US"), "in", ("DE", "GB", "IN"), False),
        ("GB", "in", ("DE", "GB"), True),
        (DAY, "in", (Duration(48, "hours"), Duration(24, "hours")), True),
        (("GB", "IN"), "contains", "IN", True),
        (("GB", "IN"), "contains", "US", False),
        (("GB", "IN"), "==", ("GB", "IN"), True),
        ("DE", "==", "DE", True),
        ("DE", "!=", "FR", True),
        (True, "==", True, True),
    ],
)
def test_compare(left, sign, right, holds):
    assert compare(left, sign, right) is holds


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (DAY, percent("1")), (Money(Decimal(1)), percent("1")), ("DE", "FR"), (True, 1), (DAY, "soon"), (5, DAY),
        (("GB",), ("GB", "IN")), (Money(Decimal(1), "GBP"), Money(Decimal(1), "EUR")),
    ],
)  # fmt: skip
def test_what_has_no_order_is_refused(left, right):
    with pytest.raises(Incomparable):
        compare(left, "<=", right)


@pytest.mark.parametrize(
    ("written", "like", "value"),
    [
        (Written("50", quoted=False), 12, Decimal(50)),
        (Written("0.1", quoted=False), Decimal("0.5"), Decimal("0.1")),
        (Written("72 hours"), DAY, Duration(72, "hours")),
        (Written("weekly"), DAY, Duration(1, "weeks")),
        (Written("8 %"), percent("1"), percent("8")),
        (Written("GBP 5"), Money(Decimal(1), "GBP"), Money(Decimal(5), "GBP")),
        (Written("2026-03-01"), date(2025, 1, 1), date(2026, 3, 1)),
        (Written("IN"), ("DE",), "IN"),
        (Written("none"), "auto_pause", "none"),
    ],
)
def test_a_literal_takes_the_type_of_the_other_side(written, like, value):
    assert literal(written, like) == value


@pytest.mark.parametrize(
    ("written", "like"),
    [
        (Written("yes"), True),
        (Written("soon"), DAY),
        (Written("5", quoted=False), DAY),
        (Written("5", quoted=False), percent("5")),
        (Written("5"), 5),
        (Written("01/03/2026"), date(2025, 1, 1)),
    ],
)
def test_a_literal_of_another_type_is_refused(written, like):
    with pytest.raises(Incomparable, match="can't be compared with"):
        literal(written, like)


def test_a_misspelt_choice_is_refused_with_the_nearest():
    with pytest.raises(Incomparable, match="did you mean `auto_pause`"):
        literal(Written("auto_pauze"), "none", {"none": "", "auto_pause": ""})


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "yes"), (DAY, "1 day"), ((), "none"), (("DE", "GB"), "DE, GB"), (date(2026, 3, 1), "2026-03-01"), (5, "5")],
)
def test_values_are_said_in_the_words_of_a_profile(value, words):
    assert said(value) == words
