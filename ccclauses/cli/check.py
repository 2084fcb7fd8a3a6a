"""`ccclauses check`: every problem of a profile at once, with nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import Diagnostic
from .common import exit_with, file_argument, format_option, in_order, load_inputs, report, tally


@click.command(epilog="Example: ccclauses check examples/*.yaml")
@file_argument("profiles", nargs=-1, required=True)
@format_option
def check(profiles: tuple[Path, ...], fmt: str) -> None:
    """Tell every problem of each PROFILE, with its place and what would be right.

    Reads the profile, those that it extends and the clauses, resolves and composes the annex, and writes nothing.
    """
    from ..approvals import hold_to_approvals
    from ..compose.annex import compose_annex
    from ..forms import form_problems, page_problems
    from ..resolve import resolve
    from ..resolve.particulars import missing_particulars

    found: list[Diagnostic] = []
    for path in profiles:
        profile, library, problems = load_inputs(path)
        found += problems
        if profile and library:
            resolution, problems = resolve(profile, library)
            found += problems
            if resolution:
                found += missing_particulars(profile, resolution.law)
                resolution, problems = hold_to_approvals(resolution)
                annex, more = compose_annex(resolution)
                found += problems + more
                if annex:
                    found += [*form_problems(resolution, annex), *page_problems(resolution, annex)]
    found = in_order(found)
    report(found, fmt)
    if fmt == "text":
        checked = "1 profile" if len(profiles) == 1 else f"{len(profiles)} profiles"
        click.echo(f"{checked} checked: {tally(found) or 'no problems'}.", err=True)
    exit_with(found)
