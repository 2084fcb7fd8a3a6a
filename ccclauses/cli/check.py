"""`ccclauses check`: every problem of a profile at once, with nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import Diagnostic
from .common import exit_with, file_argument, format_option, in_order, report, tally


@click.command(epilog="Example: ccclauses check examples/*.yaml")
@file_argument("profiles", nargs=-1, required=True)
@format_option
def check(profiles: tuple[Path, ...], fmt: str) -> None:
    """Tell every problem of each PROFILE, with its place and what would be right.

    Reads the profile, those that it extends and the clauses, resolves and composes the annex, and writes nothing.
    """
    from ..api.deals import check as problems_of

    found: list[Diagnostic] = []
    for path in profiles:
        found += in_order(problems_of(path), by_importance=True)
    report(found, fmt, sort=False)
    if fmt == "text":
        checked = "1 profile" if len(profiles) == 1 else f"{len(profiles)} profiles"
        click.echo(f"{checked} checked: {tally(found) or 'no problems'}.", err=True)
    exit_with(found)
