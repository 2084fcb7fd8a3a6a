"""A share without a percent sign is asked about where a spreadsheet may have taken the sign away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ccclauses.model.words.quantity import Percentage, QuantityError


@pytest.mark.parametrize("text", ["0.972", "0.1", "1", "1.0"])
def test_a_share_of_one_is_readable_in_two_ways(text):
    with pytest.raises(QuantityError, match="two ways"):
        Percentage.parse(text)


@pytest.mark.parametrize(
    ("text", "value"), [("0.972%", "0.972"), ("1 %", "1"), ("0", "0"), ("97.2", "97.2"), ("0.5 per cent", "0.5")]
)
def test_others_are_read(text, value):
    assert Percentage.parse(text) == Percentage(Decimal(value))
