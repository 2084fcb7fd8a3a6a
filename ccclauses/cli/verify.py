"""`ccclauses verify`: whether the paper to be signed is what was agreed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from ..model.diagnostic import InputError, errors
from .common import EXISTING_FILE, FINDINGS, FINE, MISUSE, file_argument, format_option, print_json, report


@click.command(epilog="Example: ccclauses verify final.docx --against agreed.json")
@file_argument("final")
@click.option(
    "--against", required=True, type=EXISTING_FILE, help="What was agreed: a profile, an annex as JSON or a Word file."
)
@format_option
def verify(final: Path, against: Path, fmt: str) -> None:
    """Say whether the FINAL Word file is what was agreed, or list every difference.

    A change that is still tracked and a comment that is still there are differences too: they are open.

    Exit status: 0 it is what was agreed, 1 it is not, 2 misuse or a file that can't be read.
    """
    from ..api.verification import verify as verified
    from ..report.review.review_text import write_review_text

    try:
        result = verified(final, against)
    except InputError as refused:
        report(errors(refused.problems), err=True)
        raise SystemExit(MISUSE) from None
    if fmt == "json":
        print_json(dataclasses.asdict(result))
    elif result.findings:
        click.echo(write_review_text(result), nl=False)
    else:
        click.echo(f"{final} says what {against} says.")
        for note in result.notes:
            click.echo(f"  {note}")
    raise SystemExit(FINDINGS if result.findings else FINE)
