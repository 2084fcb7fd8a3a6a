"""Chains of clocks that no single comparison holds, at every posture and in every example: each chain ends in time.

What two values alone can hold is a constraint of the library; a sum of several is held here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from full_deals import full_deal

from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.words.quantity import Duration, Percentage
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
HOURS = {"seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1, "days": 24, "weeks": 168, "months": 720, "years": 8760}
CASES = [(f"posture {name}", name) for name in LIBRARY.postures] + [(path.stem, path) for path in EXAMPLES]


def values(case) -> dict:
    """The values in force by parameter: of a deal at a posture, or of an example."""
    if isinstance(case, str):
        profile = full_deal(LIBRARY, posture=case)
    else:
        profile, _ = load_profile(case, LIBRARY)
    resolution, _ = resolve(profile, LIBRARY)
    return {name: setting.value for name, setting in resolution.settings.items()}


def hours(found: dict, *names: str) -> float:
    """The sum of these periods in hours; a Business Day counts as 7/5 of a day."""
    total = 0.0
    for name in names:
        period = found[name]
        assert isinstance(period, Duration)
        total += period.amount * HOURS[period.unit] * (7 / 5 if period.calendar == "business" else 1)
    return total


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[n for n, _ in CASES])
def test_each_chain_of_clocks_ends_in_time(case):
    found = values(case)
    if {"backup_interval", "backup_run", "rpo"} <= found.keys():
        # one failed run: the last good backup began two intervals before the next one is complete
        assert 2 * hours(found, "backup_interval") + hours(found, "backup_run") <= hours(found, "rpo")
    # what an agent or a Subcontractor knows reaches the Client within four days at the latest
    assert hours(found, "sub_report", "breach_notice") <= 96
    assert hours(found, "agent_report", "breach_notice") <= 96
    if {"invoke_share", "recovery_share"} <= found.keys():
        lost, needed = found["invoke_share"], found["recovery_share"]
        assert isinstance(lost, Percentage) and isinstance(needed, Percentage)
        assert lost.value + needed.value <= 100
    if "runoff" in found:
        exit_chain = hours(found, "data_return", "return_check", "return_correction", "exit_erase_due", "backup_expiry")
        assert exit_chain < hours(found, "runoff")
