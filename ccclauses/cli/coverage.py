"""`ccclauses coverage`: what the annex answers of each framework that is on."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import Severity, errors
from .common import FINDINGS, FINE, file_argument, format_option, load_inputs, print_json, report, report_dict


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
    from ..compose.annex import compose_annex
    from ..coverage import coverage as coverage_of
    from ..resolve import resolve

    read, library, problems = load_inputs(profile)
    found = None
    if read and library and not errors(problems):
        resolution, more = resolve(read, library)
        problems = problems + more
        if resolution:
            annex, more = compose_annex(resolution)
            problems = problems + more
            found = coverage_of(annex, library) if annex else None
    if fmt == "json":
        print_json({**(found.as_dict() if found else {}), **report_dict(problems)})
    else:
        if found:
            click.echo(found.text(), nl=False)
        report([p for p in problems if p.severity > Severity.NOTE], err=True)
    raise SystemExit(FINE if found and found.complete else FINDINGS)
