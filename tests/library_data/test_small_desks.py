"""Credits of the smallest deals, as the shipped library prints them in the short form: every law of credits holds."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.model.annex import Table
from ccclauses.model.credits.credit_laws import broken_laws
from ccclauses.model.library.scale import FACTORS
from ccclauses.resolve import resolve_profile

LIBRARY, _ = load_library(library_folder())
SHORT = ("startup-baseline", "insurer-germany-desk", "clinic-us", "shop-india", "association-france")


@pytest.mark.parametrize("posture", LIBRARY.postures)
@pytest.mark.parametrize("name", SHORT)
def test_every_law_of_credits_holds_from_3_to_30_seats_and_from_2000_a_month(name, posture):
    """The smallest charges are 2,000 in pounds, euros or dollars, and what comes near to that in another currency."""
    text = (examples_folder() / f"{name}.yaml").read_text("utf-8")
    text = re.sub(r"^posture: \w+", f"posture: {posture}", text, flags=re.MULTILINE)
    if posture == "strict":  # which asks for more than the time that the example sets for its own posture
        text = re.sub(r"^  breach_notice: .*\n", "", text, flags=re.MULTILINE)
    for seats, charges in ((3, "2000"), (3, "99999"), (12, "2000"), (13, "2345.67"), (30, "2000"), (30, "45000")):
        desk = re.sub(
            r'(monthly: "[A-Z]{3} )[0-9,.]+',
            lambda m: f"{m[1]}{Decimal(charges) * FACTORS.get(m[1][-4:-1], Decimal(1)):.2f}",
            re.sub(r"seats: \d+", f"seats: {seats}", text),
        )
        profile, found = load_profile_text(desk, "desk.yaml", LIBRARY)
        assert profile is not None, found
        resolution, found = resolve_profile(profile, LIBRARY)
        assert resolution is not None, found
        annex, found = compose_annex(resolution)
        assert annex is not None and annex.form == "short", found
        rules = annex.credit_rules
        assert rules is not None and rules.seats == seats and rules.monthly_charges is not None
        assert rules.monthly_charges.amount == Decimal(charges) * FACTORS.get(profile.currency, Decimal(1))
        table = rules.table()
        assert broken_laws(rules, table) == (), (seats, charges)
        assert all(s.sums(table)[1] > 0 for s in annex.sanctions.values())
        printed = " ".join(c.text for b in annex.key_values if isinstance(b, Table) for row in b.rows for c in row)
        assert printed.count("at most") >= 4
