"""`ccclauses penalty`: what is due for the failures of a ledger, step by step."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import Diagnostic, InputError, errors
from .common import (
    EXISTING_FILE,
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
    from ..penalties import Statement

KINDS = ("docx", "xlsx", "json", "txt")


@click.command(epilog="Example: ccclauses penalty deal.yaml --ledger events.csv --month 2026-04 -o statement.docx")
@file_argument(metavar="PROFILE|ANNEX.json")
@click.option(
    "--ledger",
    type=EXISTING_FILE,
    help="A ledger of events: .csv, .xlsx, .yaml or .json.",
)
@click.option(
    "--event",
    "written",
    multiple=True,
    help="One event as `column=value` pairs with commas between, or a file of events; may be repeated.",
)
@click.option(
    "--charges",
    multiple=True,
    help="Charges of a full month, where the annex names none: AMOUNT; or YYYY-MM=AMOUNT, what a month was invoiced at.",
)
@click.option(
    "--used", default="0", help="What was credited in the Contract Year of the last month outside the ledger."
)
@click.option(
    "--used-notice", default="0", help="The same for late notice of a Security Breach, which has its own caps."
)
@click.option(
    "--month",
    "months",
    multiple=True,
    help="Show only this month (YYYY-MM); may be repeated. All events still count for repeats and caps.",
)
@click.option(
    "--as-of", help="The moment of the statement, a date or an ISO 8601 time with its offset; by default now."
)
@click.option(
    "--style", default="legal", show_default=True, help="House style of a Word statement, or any Word file of yours."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the statement to a .docx, .xlsx, .json or .txt file.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def penalty(
    profile: Path,
    ledger: Path | None,
    written: tuple[str, ...],
    charges: tuple[str, ...],
    used: str,
    used_notice: str,
    months: tuple[str, ...],
    as_of: str | None,
    style: str,
    output: Path | None,
    force: bool,
    fmt: str,
) -> None:
    """Calculate the credits that are due under the annex of a PROFILE, or under an ANNEX.json.

    An amended annex as JSON knows what it was before: each failure follows the terms of its day.

    Every step is printed with the paragraph that it rests on, and which cap was reached. A row that can't be counted
    is refused with its place, and then no statement is made.

    \b
    ccclauses penalty deal.yaml --event "failure=late_notice, due=2026-05-31T22:15+02:00, done=2026-06-01T05:40+02:00"
    ccclauses penalty deal.yaml --ledger events.xlsx -o statement.docx
    """
    if not ledger and not written:
        raise click.UsageError("Give a --ledger or an --event.")
    check_ending(output, KINDS, "The statement is")
    from ..api.performance import penalties

    stated = [_charge(text) for text in charges]
    statement, problems = None, []
    try:
        statement = penalties(
            profile,
            ledger=ledger,
            events=written,
            charges=next((amount for month, amount in reversed(stated) if month is None), None),
            invoiced={month: amount for month, amount in stated if month},
            used=_amount(used),
            used_notice=_amount(used_notice),
            months=[_month(text) for text in months],
            as_of=_moment(as_of),
        )
        problems = list(statement.problems)
    except InputError as refused:
        problems = list(refused.problems)
    if statement and output:
        data, found = _written(statement, profile, output, style)
        if data is not None:
            refused_at = write_whole(output, data, force=force)
            found = found + ([refused_at] if refused_at else [])
        problems += found
        statement = None if errors(found) else statement
    if fmt == "json":
        from ..report.performance.statement import statement_dict

        print_json({"statement": statement_dict(statement) if statement else None, **report_dict(problems)})
    else:
        report(problems, err=True)
        if statement:
            from ..report.performance.statement import due_text, write_statement_text

            click.echo(
                f"Wrote {output}. {due_text(statement)}" if output else write_statement_text(statement), nl=bool(output)
            )
        else:
            click.echo("No statement was made.", err=True)
    if not statement:
        raise SystemExit(FINDINGS)
    exit_with(problems)


def _written(statement: Statement, profile: Path, output: Path, style: str) -> tuple[bytes | None, list[Diagnostic]]:
    """The statement as the bytes of the file that is asked for."""
    from ..report.performance import statement as writers

    kind = output.suffix[1:].lower()
    if kind == "docx":
        from ..api.performance import read_terms
        from ..pipeline import house_style
        from ..report.performance.statement_word import write_statement_docx

        terms = read_terms(profile)
        chosen, problems = house_style(style, terms.profile, None)
        if chosen is None or errors(problems):
            return None, problems
        return write_statement_docx(statement, terms.annex, chosen), problems
    write = {"xlsx": writers.write_statement_xlsx, "json": writers.write_statement_json}.get(kind)
    return write(statement) if write else writers.write_statement_text(statement).encode(), []


def _moment(text: str | None) -> datetime | date:
    """The moment of the statement: a day represents its end at the place."""
    if text is None:
        return datetime.now(timezone.utc)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.UsageError(f"--as-of is a date such as 2026-05-31, or a time with its offset, not `{text}`.")
    return moment


def _month(text: str) -> date:
    if re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text):
        return date(int(text[:4]), int(text[5:]), 1)
    raise click.UsageError(f"A month is written 2026-04, not `{text}`.")


def _amount(text: str) -> Decimal:
    from ..model.words.quantity import Money, QuantityError
    from ..penalties.events import AMOUNT_LIMIT

    try:
        amount = Money.parse(text).amount
        if amount > AMOUNT_LIMIT:
            raise QuantityError
        return amount
    except QuantityError:
        raise click.UsageError(f"An amount is written in digits, such as 240000.00, not `{text}`.") from None


def _charge(text: str) -> tuple[date | None, Decimal]:
    month, sign, amount = text.rpartition("=")
    return (_month(month) if sign else None), _amount(amount)
