"""A deal to calculate with: 120 seats at GBP 240,000 a month under English law, composed from the small library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from ccclauses.common.workdays import WorkCalendar
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Annex
from ccclauses.model.credits.credit import OwnSum, Sanction
from ccclauses.model.diagnostic import errors
from ccclauses.penalties import Charges, Statement, Term, read_events, read_option, calculate_credits
from ccclauses.resolve import resolve

TESTS = Path(__file__).parents[1]
AS_OF = datetime(2026, 9, 30, 12, tzinfo=timezone.utc)
TERM = Term(first=date(2026, 4, 1), last=date(2029, 3, 31))


def also(name: str, cls: str, unit: str, counted: str, own: OwnSum | None = None, tolerance: int = 0) -> Sanction:
    """A failure beside those of the small library."""
    return Sanction(
        name=name,
        clause="access",
        label=name.replace("_", " ").capitalize(),
        paragraph="revoke",
        cls=cls,
        unit=unit,
        counted=counted,
        own=own,
        tolerance=tolerance,
    )


ALSO = (
    also("late_recovery", "A", "recovery", "hour"),
    also("late_patch", "B", "system", "day"),
    also("late_certificate", "C", "certificate", "unit", OwnSum(rate=Decimal(150), most=Decimal(600)), tolerance=2),
    also("agents_short", "B", "agent", "day", OwnSum(rate=Decimal(75))),
)


@pytest.fixture(scope="session")
def annex() -> Annex:
    library, _ = load_library(TESTS / "library")
    profile, problems = load_profile(TESTS / "profiles" / "full.yaml", library)
    assert profile, problems
    resolution, problems = resolve(profile, library)
    assert resolution, problems
    composed, problems = compose_annex(resolution)
    assert composed and not errors(problems), problems
    return replace(composed, sanctions=MappingProxyType({**composed.sanctions, **{s.name: s for s in ALSO}}))


@pytest.fixture(scope="session")
def work() -> WorkCalendar:
    return WorkCalendar(place="GB-ENG", time_zone="Europe/London")


def events_of(annex: Annex, *options: str, as_of: datetime = AS_OF, term: Term | None = TERM):
    """The events of option texts, and what is wrong with them."""
    rows = []
    for number, option in enumerate(options, 1):
        row, problems = read_option(option, number)
        assert not problems, problems
        rows += row
    work = WorkCalendar(place=annex.calendar, time_zone=annex.time_zone)
    return read_events(rows, annex, work, as_of=as_of, term=term)


def statement_of(annex: Annex, *options: str, used: str = "0", charges: dict | None = None, **kwargs) -> Statement:
    """The statement of option texts that are all right."""
    events, problems = events_of(annex, *options)
    assert not problems, problems
    known = Charges(by_month=charges or {}, usual=Decimal(240_000), term=TERM)
    statement, problems = calculate_credits(
        annex, events, known, as_of=AS_OF, used=Decimal(used), law_name="the law of England and Wales", **kwargs
    )
    assert statement and not problems, problems
    return statement


def credits_of(statement: Statement) -> dict[str, str]:
    """Month → its credit."""
    return {f"{m.month:%Y-%m}": str(m.credit) for m in statement.months}
