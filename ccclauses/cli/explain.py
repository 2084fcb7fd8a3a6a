"""`ccclauses explain`: why each clause and each value is in the annex."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import errors
from .common import FINDINGS, FINE, file_argument, format_option, load_inputs, print_json, report, report_dict


@click.command()
@file_argument()
@click.option("--short", is_flag=True, help="Only how many clauses are in for which reason, and what was left out.")
@format_option
def explain(profile: Path, short: bool, fmt: str) -> None:
    """Say of each clause why it is in or out, and of each value where it came from.

    \b
    ccclauses explain deal.yaml
    ccclauses explain deal.yaml --format json
    """
    from ..approvals import best_review, folders_of, read_approvals
    from ..explain import explain as explanation_of
    from ..resolve import resolve

    read, library, problems = load_inputs(profile)
    resolution, reviews = None, {}
    if read and library and not errors(problems):
        resolution, found = resolve(read, library)
        problems = problems + found
    if resolution:
        given, found = read_approvals(folders_of(resolution.profile))
        problems = problems + found
        if given:
            reviews = {
                r.clause.id: best_review(r.clause, given.get(r.clause.id, ())).text() for r in resolution.clauses
            }
    if fmt == "json":
        explained = explanation_of(resolution, reviews).as_dict() if resolution else {}
        print_json({**explained, **report_dict(problems)})
    else:
        if resolution:
            explanation = explanation_of(resolution, reviews)
            click.echo(explanation.short_text() if short else explanation.text(), nl=False)
        if not short:
            report(problems, err=True)
    raise SystemExit(FINDINGS if errors(problems) else FINE)
