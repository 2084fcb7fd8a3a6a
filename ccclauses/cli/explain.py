"""`ccclauses explain`: why each clause and each value is in the annex."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.diagnostic import InputError, Severity, errors
from .common import FINDINGS, FINE, file_argument, format_option, load_inputs, print_json, report, report_dict


@click.command()
@file_argument()
@click.option("--short", is_flag=True, help="Only how many clauses are in for which reason, and what was left out.")
@click.option(
    "--why", "names", metavar="NAME", multiple=True, help="Only why this clause is in or out, or this value what it is."
)
@click.option(
    "--set", "sets", metavar="NAME=VALUE", multiple=True, help="What the annex would say if the profile said this."
)
@format_option
def explain(profile: Path, short: bool, names: tuple[str, ...], sets: tuple[str, ...], fmt: str) -> None:
    """Say of each clause why it is in or out, and of each value where it came from.

    \b
    ccclauses explain deal.yaml
    ccclauses explain deal.yaml --why step-in
    ccclauses explain deal.yaml --set breach_notice="12 hours"
    ccclauses explain deal.yaml --format json
    """
    if sets:
        _what_if(profile, sets, fmt)
    if names:
        _why(profile, names)
    from ..api.deals import explain as explanation_of

    explanation = None
    try:
        explanation = explanation_of(profile)
        problems = explanation.problems
    except InputError as refused:
        problems = refused.problems
    if fmt == "json":
        print_json({**(explanation.as_dict() if explanation else {}), **report_dict(problems)})
    else:
        if explanation:
            click.echo(explanation.short_text() if short else explanation.text(), nl=False)
        if not short or not explanation:
            report(problems, err=True)
    raise SystemExit(FINDINGS if errors(problems) else FINE)


def _why(profile: Path, names: tuple[str, ...]) -> None:
    from ..derive.explain import why
    from ..model.diagnostic import nearest
    from ..resolve import resolve

    read, library, problems = load_inputs(profile)
    resolution = None
    if read and library:
        resolution, found = resolve(read, library)
        problems = problems + found
    if resolution is None or library is None:
        report(errors(problems), err=True)
        raise SystemExit(FINDINGS)
    known = (*library.clauses, *library.owners, *library.facts, *library.frameworks)
    status = FINE
    for name in names:
        if answer := why(resolution, name):
            click.echo(answer)
        else:
            click.echo(
                f"There is no clause, setting, fact or framework `{name}`. {nearest(name, known)}".strip(), err=True
            )
            status = FINDINGS
    raise SystemExit(status)


def _what_if(profile: Path, sets: tuple[str, ...], fmt: str) -> None:
    """Print what would change in the annex, and in what `check` says of it."""
    from ..compare.annexes import compare_annexes
    from ..load.profile.changed import changed_profile
    from ..pipeline import compose_profile
    from ..report.diff.diff_json import write_diff_json
    from ..report.diff.diff_text import write_diff_text

    read, library, problems = load_inputs(profile)
    if read is None or library is None:
        report(errors(problems), err=True)
        raise SystemExit(FINDINGS)
    other, problems = changed_profile(profile, sets, library)
    before, _, now = compose_profile(read, library)
    after = None
    if other:
        after, _, then = compose_profile(other, library)
        problems = problems + [p for p in then if p.message not in {q.message for q in now}]
    if before and after:
        comparison = compare_annexes(before, after, names=(profile.name, f"the deal with {', '.join(sets)}"))
        click.echo(write_diff_json(comparison) if fmt == "json" else write_diff_text(comparison), nl=False)
    report([p for p in problems if p.severity > Severity.NOTE] or errors(now), err=True)
    raise SystemExit(FINE if before and after else FINDINGS)
