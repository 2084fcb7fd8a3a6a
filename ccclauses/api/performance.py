"""A signed or composed annex → the dates of its duties, and the credits for what was not performed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from ..common.workdays import WorkCalendar, add_months
from ..derive.obligations import DutyCalendar, date_obligations
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, InputError, Position, errors
from ..model.profile import Profile
from ..penalties import Charges, Statement, Term, read_events, read_ledger, read_option, calculate_credits
from .deals import read_deal


def obligations(source: Path | str, *, start: date | None = None, until: date | None = None) -> DutyCalendar:
    """The duties of the annex of a profile, of an annex as JSON or of a Word file, dated from the start of the Services.

    `start` is by default the start of the term in the profile, `until` a year from it. Raises `InputError` where the annex
    can't be read, or the start is not known.

        >>> duties = api.obligations("examples/retail-uk.yaml")
        >>> str(duties.start), str(duties.until)
        ('2026-04-01', '2027-03-31')
    """
    annex, begins, problems = read_source(Path(source))
    first = start or begins
    if annex and not first:
        message = "the start of the Services is not known"
        at = Position(file=str(source))
        problems = [*problems, Diagnostic(rule="dates", message=message, at=at, hint="give --start YYYY-MM-DD")]
    duties = None
    if annex and first:
        duties, found = date_obligations(annex, first, until, file=str(source))
        problems = [*problems, *found]
    if duties is None:
        raise InputError(problems)
    return replace(duties, problems=tuple(problems))


def read_source(path: Path) -> tuple[Annex | None, date | None, list[Diagnostic]]:
    """The annex behind a profile, an annex as JSON or one in Word, with the start of its term where that is known."""
    ending = path.suffix.lower()
    if ending == ".json":
        from ..load.document.located import decode, read_bytes
        from ..write.data.annex_json import read_json

        data, problems = read_bytes(path)
        text, found = decode(data, str(path)) if not problems else ("", [])
        if problems + found:
            return None, None, problems + found
        annex, problems = read_json(text, str(path))
        return annex, annex.services_start if annex else None, problems
    if ending == ".docx":
        return _read_word(path)
    try:
        deal = read_deal(path)
    except InputError as refused:
        return None, None, errors(refused.problems)
    # What the deal is warned of belongs to `build`; here only what stops the annex matters.
    return deal.annex, deal.profile.term_start, []


def _read_word(path: Path) -> tuple[Annex | None, date | None, list[Diagnostic]]:
    """The annex in a Word file, recovered by its anchors and values, with notes on what could not be found."""
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from ..read.file import read_word_annex

    library, problems = load_library(library_folder())
    annex, found = read_word_annex(path, library)
    return annex, None, errors(problems) + found


def penalties(
    profile: Path | str,
    *,
    as_of: datetime | date,
    ledger: Path | str | None = None,
    events: Sequence[str] = (),
    charges: Decimal | None = None,
    invoiced: Mapping[date, Decimal] | None = None,
    used: Decimal = Decimal(0),
    used_notice: Decimal = Decimal(0),
    months: Sequence[date] = (),
) -> Statement:
    """What is due under the annex of a profile or an annex as JSON for the failures of a ledger, each step with its place.

    An amended annex as JSON knows what it was before: each failure follows the terms of its day.

    `ledger` is a .csv, .xlsx, .yaml or .json file; `events` are rows in words, `"failure=late_notice, due=…, done=…"`, or
    names of files of events. `charges` are those of a full month where the annex names none, `invoiced` what single months
    were invoiced at, by their first day. `used` and `used_notice` are sums credited outside the ledger in the Contract Year
    of the last month, those for late notice apart. `months` shows those alone, by their first day. All sums are in the
    currency of the annex. `as_of` is the moment of the statement, a day meaning its end.

    Raises `InputError` where a row can't be counted: then no statement is made.

        >>> from datetime import date
        >>> late = "failure=late_notice, due=2026-05-31T22:15+01:00, done=2026-06-01T05:40+01:00"
        >>> statement = api.penalties("examples/retail-uk.yaml", events=[late], as_of=date(2026, 7, 1))
        >>> statement.money(statement.total)
        'GBP 5,472.00'
    """
    known = read_terms(Path(profile))
    return penalties_of(
        known.annex,
        known.profile,
        law_name=known.law,
        ledger=ledger,
        events=events,
        charges=charges,
        invoiced=invoiced,
        used=used,
        used_notice=used_notice,
        months=months,
        as_of=as_of,
        file=str(profile),
    )


def penalties_of(
    annex: Annex,
    profile: Profile | None,
    *,
    as_of: datetime | date,
    law_name: str = "",
    ledger: Path | str | None = None,
    events: Sequence[str] = (),
    charges: Decimal | None = None,
    invoiced: Mapping[date, Decimal] | None = None,
    used: Decimal = Decimal(0),
    used_notice: Decimal = Decimal(0),
    months: Sequence[date] = (),
    file: str = "",
) -> Statement:
    """The same for an annex as it was signed, whatever its profile could say; `profile` gives the term and the charges.

    Without one they are those that the annex itself knows.
    """
    rows, problems = read_ledger(Path(ledger)) if ledger else ([], [])
    for number, text in enumerate(events, 1):
        row, found = read_option(text, number)
        rows, problems = rows + row, problems + found
    if errors(problems):
        raise InputError(problems)
    work = WorkCalendar(place=annex.calendar, time_zone=annex.time_zone)
    moment = as_of if isinstance(as_of, datetime) else work.end_of(as_of, business=False)
    start, length = (profile.term_start, profile.term_months) if profile else (annex.services_start, annex.term_months)
    term = term_of(start, length)
    read, found = read_events(rows, annex, work, as_of=moment, term=term)
    problems += found
    if errors(problems):
        raise InputError(problems)
    of_annex = annex.credit_rules.monthly_charges if annex.credit_rules else None
    monthly = profile.monthly_charges if profile else of_annex
    usual = monthly.amount if monthly else None
    statement, found = calculate_credits(
        annex,
        read,
        Charges(by_month=dict(invoiced or {}), usual=usual if charges is None else charges, term=term),
        as_of=moment,
        law_name=law_name,
        used=used,
        used_notice=used_notice,
        months=list(months) or None,
        file=file,
    )
    problems += found
    if statement is None:
        raise InputError(problems)
    return replace(statement, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a statement rests on besides its ledger; an annex as JSON has no profile."""

    annex: Annex
    law: str
    profile: Profile | None = None


def read_terms(source: Path) -> Terms:
    """The terms behind a profile, or behind an annex as JSON; raises `InputError`."""
    if source.suffix.lower() != ".json":
        try:
            deal = read_deal(source)
        except InputError as refused:
            raise InputError(errors(refused.problems)) from None
        return Terms(annex=deal.annex, law=deal.resolution.law.name, profile=deal.profile)
    annex, _, problems = read_source(source)
    if annex is None:
        raise InputError(problems)
    from ..common.resources import library_folder
    from ..load.library.library import load_library

    library, _ = load_library(library_folder())
    law = library.laws.get(annex.law)
    return Terms(annex=annex, law=law.name if law else annex.law)


def term_of(start: date | None, months: int | None) -> Term | None:
    """The term of the agreement as the profile gives it."""
    if start is None:
        return None
    return Term(first=start, last=add_months(start, months) - timedelta(days=1) if months else None)
