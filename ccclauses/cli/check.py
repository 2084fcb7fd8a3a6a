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
    from ..forms import page_problems
    from ..pipeline import compose_profile

    profile, library, problems = load_inputs(path, as_far=True)
    yield from problems
    if profile and library:
        annex, resolution, problems = compose_profile(profile, library, as_far=True)
        yield from problems
        if annex and resolution:
            yield from page_problems(resolution, annex)
