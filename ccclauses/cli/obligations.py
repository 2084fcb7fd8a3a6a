"""`ccclauses obligations`: the duties of an annex as a calendar, a workbook, CSV or JSON."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import InputError
from .common import (
    FINDINGS,
    check_ending,
    exit_with,
    file_argument,
    format_option,
    print_json,
    report,
    report_dict,
    write_whole,
)

if TYPE_CHECKING:
    from ..derive.obligations import DutyCalendar, DutyKind, Whose

KINDS = ("ics", "xlsx", "csv", "json")


@click.command(epilog="Example: ccclauses obligations deal.yaml --start 2026-04-01 -o duties.ics")
@file_argument("source", metavar="PROFILE|ANNEX")
@click.option("--start", help="The start of the Services, YYYY-MM-DD; by default the start of the term in the profile.")
@click.option("--until", help="The last day to calculate, YYYY-MM-DD; by default a year from the start.")
@click.option(
    "--alarm",
    "alarms",
    multiple=True,
    help="How long before each date to be reminded, such as `5 days`; may be repeated. By default 7 days and 1 day.",
)
@click.option("--whose", type=click.Choice(("client", "provider", "both")), help="Only the duties of this party.")
@click.option(
    "--kind",
    type=click.Choice(("delivery", "act")),
    help="Only duties to deliver something to the other party, or only acts done at home.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a .ics, .xlsx, .csv or .json file.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def obligations(
    source: Path,
    start: str | None,
    until: str | None,
    alarms: tuple[str, ...],
    whose: Whose | None,
    kind: DutyKind | None,
    output: Path | None,
    force: bool,
    fmt: str,
) -> None:
    """Date the duties of the annex of a PROFILE, of an ANNEX.json or of an ANNEX.docx.

    Who owes what to whom, from which paragraph, when, with which evidence, and what follows if it is missed. A .ics file
    holds what a client keeps in its own calendar, its own duties and what the provider is to deliver to it, unless
    --whose or --kind says otherwise. Import a new .ics over an old one: events keep their names, so they move and are
    not doubled.

    \b
    ccclauses obligations deal.yaml --start 2026-04-01 -o duties.ics
    ccclauses obligations deal.yaml --start 2026-04-01 --until 2027-12-31 -o duties.xlsx
    """
    check_ending(output, KINDS, "The duties are")
    first, last, before = _day("--start", start), _day("--until", until), [_alarm(a) for a in alarms]
    from ..api.performance import obligations as dated
    from ..derive.obligations import for_the_client, selected

    duties = None
    try:
        duties = dated(source, start=first, until=last)
        problems = list(duties.problems)
    except InputError as refused:
        problems = list(refused.problems)
    if duties:
        if whose or kind:
            duties = selected(duties, whose or "both", kind)
        elif output and output.suffix.lower() == ".ics":
            duties = for_the_client(duties)
    if duties and output:
        kept = write_whole(output, _written(duties, output.suffix[1:].lower(), before), force=force)
        problems += [kept] if kept else []
        duties = None if kept else duties
    if fmt == "json":
        from ..report.performance.sheet import obligations_dict

        print_json({**(obligations_dict(duties, duties.annex) if duties else {}), **report_dict(problems)})
    else:
        report(problems, err=True)
        if duties:
            _print(duties, output)
    if not duties:
        raise SystemExit(FINDINGS)
    exit_with(problems)


def _written(duties: DutyCalendar, kind: str, alarms: list[timedelta]) -> bytes:
    from ..report.performance import sheet

    if kind == "ics":
        from ..report.performance.calendar import ALARMS, write_ics

        return write_ics(duties, duties.annex, alarms or ALARMS)
    writers = {
        "xlsx": sheet.write_obligations_xlsx,
        "csv": sheet.write_obligations_csv,
        "json": sheet.write_obligations_json,
    }
    return writers[kind](duties, duties.annex)


def _print(duties: DutyCalendar, output: Path | None) -> None:
    from ..derive.obligations import duty_text, paragraph_noun

    dated, why = len(duties.occurrences), [u.why for u in duties.undated]
    if not output:
        for x in duties.occurrences:
            clock = f" {x.clock:%H:%M}" if x.clock else ""
            click.echo(
                f"{x.due}{clock:6}  {x.obligation.obligor:8}  {duty_text(x.obligation)} "
                f"({paragraph_noun(duties.annex)}{x.obligation.number})"
            )
    head = f"Wrote {output}: " if output else ""
    click.echo(
        f"{head}{dated} dates from {duties.start} to {duties.until}; without a date "
        f"{why.count('event')} duties on an event, "
        f"{why.count('running')} that run all the time, {why.count('standing')} that always hold."
    )


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise click.UsageError(f"{option} is a date such as 2026-04-01, not `{text}`.")


def _alarm(text: str) -> timedelta:
    from ..model.words.quantity import Duration, QuantityError

    try:
        period = Duration.parse(text)
    except QuantityError:
        period = None
    if (
        period is None
        or period.calendar == "business"
        or period.unit not in ("minutes", "hours", "days", "weeks")
        or period.amount > 1000
    ):
        raise click.UsageError(f"An alarm is a period such as `5 days` or `2 hours`, not `{text}`.")
    return timedelta(**{period.unit: period.amount})
