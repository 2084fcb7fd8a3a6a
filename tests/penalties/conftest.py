"""A deal to reckon with: the figures of the brief's worked example under Spanish law, composed from the shipped library."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from ccclauses.cli.common import load_inputs
from ccclauses.compose.annex import compose_annex
from ccclauses.model.annex import Annex
from ccclauses.model.diagnostic import errors
from ccclauses.penalties import Charges, Statement, Term, read_events, read_option, reckon
from ccclauses.resolve import resolve
from ccclauses.workdays import WorkCalendar

PROFILE = """
annex: {title: Security Annex, reference: T-1, version: "1.2", date: 2025-07-01, status: final}
agreement: {title: Services Agreement, reference: A-1, date: 2025-06-15}
parties:
  client: {name: Cliente SA, country: ES}
  provider: {name: Proveedor SL, country: ES}
law: LAW
calendar: ES-MD
time_zone: Europe/Madrid
currency: EUR
charges: {monthly: "EUR 240,000.00"}
term: {start: 2025-07-01, months: 36}
frameworks: []
posture: standard
processing: {subject: Calls, duration: The term, nature: Consultation, purpose: Service, data: [names], persons: [customers]}
settings:
  at_risk_month: 10 %
  annual_cap: 8 %
  event_cap: 8 %
  credit_sev2: 5 %
  late_notice_rate: EUR 1,500
  record_rate_1: EUR 2.00
  record_rate_2: EUR 1.50
  record_rate_3: EUR 0.50
  breach_notice: 24 hours
  repeat_window: 6 months
  repeat_multiplier: "1.5"
"""
AS_OF = datetime(2026, 9, 30, 12, tzinfo=timezone.utc)
TERM = Term(first=date(2025, 7, 1), last=date(2028, 6, 30))


def annex_of(folder: Path, law: str = "ES", text: str = PROFILE) -> Annex:
    """The annex of a profile text."""
    path = folder / f"{law}.yaml"
    path.write_text(text.replace("LAW", law), encoding="utf-8")
    profile, library, problems = load_inputs(path)
    assert profile and library, problems
    resolution, problems = resolve(profile, library)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex and not errors(problems), problems
    return annex


@pytest.fixture(scope="session")
def annex(tmp_path_factory: pytest.TempPathFactory) -> Annex:
    return annex_of(tmp_path_factory.mktemp("deal"))


@pytest.fixture(scope="session")
def work() -> WorkCalendar:
    return WorkCalendar(place="ES-MD", time_zone="Europe/Madrid")


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
    known = Charges(by_month=charges or {}, usual=Decimal(240_000), term=TERM, currency="EUR")
    statement, problems = reckon(
        annex, events, known, as_of=AS_OF, used=Decimal(used), law_name="the law of Spain", **kwargs
    )
    assert statement and not problems, problems
    return statement
