"""`ccclauses check`: every problem of a profile at once, with nothing written."""

from __future__ import annotations

from collections.abc import Iterator
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
    found: list[Diagnostic] = []
    for path in profiles:
        found += in_order(_problems(path), by_importance=True)
    report(found, fmt, sort=False)
    if fmt == "text":
        checked = "1 profile" if len(profiles) == 1 else f"{len(profiles)} profiles"
        click.echo(f"{checked} checked: {tally(found) or 'no problems'}.", err=True)
    exit_with(found)


def _problems(path: Path) -> Iterator[Diagnostic]:
    """Every problem of a profile; what can't be read is left out, and the rest is checked to the end."""
    from ..approvals import hold_to_approvals
    from ..compose.annex import compose_annex
    from ..effects import silent_effects
    from ..forms import form_problems, page_problems
    from ..resolve import resolve
    from ..resolve.particulars import missing_particulars

    profile, library, problems = load_inputs(path, as_far=True)
    yield from problems
    if not profile or not library:
        return
    resolution, problems = resolve(profile, library, as_far=True)
    yield from problems
    if not resolution:
        return
    if not profile.unread & {"parties", "law"}:
        yield from missing_particulars(profile, resolution.law)
    yield from silent_effects(resolution)
    if any(p.rule == "excluded-but-required" for p in problems):
        return  # every reference to the clause that is left out would be a problem of its own
    resolution, problems = hold_to_approvals(resolution)
    yield from problems
    annex, problems = compose_annex(resolution)
    yield from problems
    if annex:
        yield from form_problems(resolution, annex)
        yield from page_problems(resolution, annex)
