"""`ccclauses approvals`: which clauses your team has approved, which lost it, which are due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import FINDINGS, FINE, format_option, print_json, report, report_dict
from .library import approvals_folder, folder_option, library_option, read_library, today

if TYPE_CHECKING:
    from ..approvals import Review

_HEADINGS = {
    "lost": "Approval lost, to be reviewed again",
    "due": "Due for review",
    "unknown": "Approved, and in no library that was read",
    "approved": "Approved",
}


@click.command()
@folder_option
@library_option
@format_option
def approvals(folder: Path | None, library: tuple[Path, ...], fmt: str) -> None:
    """List what your team has approved: what has changed since, what is due for review, what stands.

    The exit status is 1 when something is lost or due.

    \b
    ccclauses approvals
    ccclauses approvals --folder deals --format json
    """
    from ..approvals import review_all
    from ..load.approvals import APPROVALS_FILE, load_approvals
    from ..model.diagnostic import errors

    known = read_library(library)
    path = approvals_folder(folder, library) / APPROVALS_FILE
    given, problems = load_approvals(path) if path.exists() else ({}, [])
    if errors(problems):
        report(problems, fmt, err=fmt == "text")
        raise SystemExit(FINDINGS)
    reviews = review_all(known, given, today())
    if fmt == "json":
        print_json({"file": str(path), "reviews": [r.as_dict() for r in reviews], **report_dict(problems)})
    else:
        for line in _lines(reviews, path):
            click.echo(line)
        if not library and any(r.state in ("lost", "unknown") for r in reviews):
            click.echo("The shipped clauses alone were read; name those of your own with --library FOLDER.")
    wanting = any(r.state in ("lost", "due", "unknown") for r in reviews)
    raise SystemExit(FINDINGS if wanting else FINE)


def _lines(reviews: list[Review], path: Path) -> list[str]:
    lines = [] if path.exists() else [f"There is no {path}: nothing is approved."]
    for state, heading in _HEADINGS.items():
        found = [r for r in reviews if r.state == state]
        if found:
            lines += [f"{heading}: {len(found)}", *(f"  {r.clause}: {r.text()}" for r in found)]
    without = sum(r.state == "none" for r in reviews)
    lines.append(f"Never approved: {without} of the library's clauses")
    return lines
