"""`ccclauses coverage`: what the annex answers of each framework that is on."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import InputError, Severity
from .common import FINDINGS, FINE, file_argument, format_option, print_json, report, report_dict


@click.command()
@file_argument()
@format_option
def coverage(profile: Path, fmt: str) -> None:
    """List each reference of the frameworks that are on: what answers it with which evidence, or what to add.

    The exit status is 1 when a contract term of a framework is not answered.

    \b
    ccclauses coverage deal.yaml
    ccclauses coverage deal.yaml --format json
    """
    from ..api.deals import coverage as coverage_of

    found = None
    try:
        found = coverage_of(profile)
        problems = found.problems
    except InputError as refused:
        problems = refused.problems
    if fmt == "json":
        print_json({**(found.as_dict() if found else {}), **report_dict(problems)})
    else:
        if found:
            click.echo(found.text(), nl=False)
        report([p for p in problems if p.severity > Severity.NOTE], err=True)
    raise SystemExit(FINE if found and found.complete else FINDINGS)
