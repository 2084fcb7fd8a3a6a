"""Credits of a small desk: the short table says what the full one says, and the laws of credits hold down to three seats."""

from __future__ import annotations

import itertools

import pytest
from small_forms import PROFILE, profile_of, read, write_library

from ccclauses.compose.annex import compose_annex
from ccclauses.compose.parts.credit_table import read_sums
from ccclauses.model.annex import Table
from ccclauses.model.credits.credit_laws import broken_laws
from ccclauses.resolve import resolve_profile


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return read(write_library(tmp_path_factory.mktemp("forms") / "library"))[0]


def sums(blocks):
    return read_sums([b for b in blocks if isinstance(b, Table)], "GBP")


@pytest.mark.parametrize(
    ("seats", "charges"), list(itertools.product((3, 7, 12, 30), ("2,000.00", "3,333.00", "14,500.00")))
)
def test_a_small_desk_has_the_same_credits_in_both_forms(library, seats, charges):
    text = PROFILE.replace("seats: 12", f"seats: {seats}").replace("2,000.00", charges)
    found = {}
    for form in ("short", "full"):
        resolution, problems = resolve_profile(profile_of(library, form=form, text=text), library)
        annex, more = compose_annex(resolution)
        assert not [p for p in (*problems, *more) if p.rule.startswith("credit")]
        assert broken_laws(annex.credit_rules, annex.credit_rules.table()) == ()
        blocks = annex.key_values if form == "short" else [b for s in annex.schedules for b in s.blocks]
        found[form] = sums(blocks)
    assert found["short"].items() <= found["full"].items()
    assert {"month", "year", "month_notice", "year_notice", "b_person"} <= found["short"].keys()
