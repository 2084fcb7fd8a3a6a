"""`ccclauses amend ANNEX.docx --to NEW.yaml`: the amendment of one deal."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from ..model.diagnostic import Diagnostic, InputError
from .common import FINDINGS, FINE, MISUSE, print_json, report, report_dict, write_whole
from .library import today


def amend_deal(
    signed: Path,
    profile: Path,
    to: Path,
    out: Path,
    *,
    start: str,
    effective: datetime | None,
    day: datetime | None,
    reason: str,
    template: str,
    check: bool,
    force: bool,
    fmt: str,
) -> None:
    """Write the amendment of one deal, its redline, the consolidated annex as file and as data, and its profile."""
    from ..api.amendment import amend
    from ..report.amend.amend_summary import write_deal_text

    if effective:
        raise click.UsageError("The day from which the amendment counts is that of --from; leave --effective out.")
    first = _day(start)
    signed_on = day.date() if day else min(today(), first)
    try:
        made = amend(
            signed, profile=profile, to=to, effective=first, day=signed_on, reason=reason, template=template, out=out
        )
    except InputError as refused:
        if fmt == "json":
            print_json(report_dict(refused.problems))
        else:
            report(refused.problems, err=True)
            click.echo("No amendment was made.", err=True)
        raise SystemExit(MISUSE) from None
    refused_files: list[Diagnostic] = []
    files = {} if check else made.files
    for name, data in files.items():
        problem = write_whole(out / name, data, force=force)
        refused_files += [problem] if problem else []
    report(refused_files, err=True)
    if fmt == "json":
        print_json({"amendment": json.loads(json.dumps(asdict(made.effect), default=str)), **report_dict([])})
    else:
        click.echo(write_deal_text(made.effect), nl=False)
        if files and not refused_files:
            click.echo(f"Wrote {', '.join(sorted(files))} into {out}.")
            annex = next((n for n in files if n.endswith(".json")), "")
            click.echo(f"Calendar and calculator go on with {out / annex}: they take each day by its own terms.")
    if refused_files:
        raise SystemExit(MISUSE)
    raise SystemExit(FINDINGS if made.effect.amended or made.effect.left else FINE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"--from is the day from which the amendment counts, such as 2027-03-01, not `{text}`."
        ) from None
