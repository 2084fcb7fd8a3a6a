"""`ccclauses show`: one clause with its wordings, values, negotiation notes and framework references."""

from __future__ import annotations

from pathlib import Path

import click

from .common import format_option, print_json, report
from .library import approvals_folder, folder_option, library_option, read_library


@click.command()
@click.argument("clause")
@click.option("--posture", default="", help="Only the wordings and values of this posture.")
@click.option("--law", default="", help="Only the wordings for this governing law, such as GB-EAW, US-NY or DE.")
@click.option("--source", is_flag=True, help="The templates exactly as in the library's file.")
@folder_option
@library_option
@format_option
def show(
    clause: str, posture: str, law: str, source: bool, folder: Path | None, library: tuple[Path, ...], fmt: str
) -> None:
    """Show a clause: what it is for, its values in each posture, its wordings as a ladder, and the negotiator's notes.

    \b
    ccclauses show access-control
    ccclauses show access-control --posture strict --law DE
    ccclauses show penalties --format json
    """
    from ..approvals import best_review, read_approvals
    from ..derive.catalogue import clause_dict, clause_text
    from ..model.diagnostic import nearest

    known = read_library(library)
    for what, name, names in (
        ("clause", clause, known.clauses),
        ("posture", posture, known.postures),
        ("law", law, known.laws),
    ):
        if name and name not in names:
            hint = nearest(name, names) or (
                f"`ccclauses clauses {name}` finds clauses by their words"
                if what == "clause"
                else f"there are {', '.join(names)}"
            )
            raise click.UsageError(f"unknown {what} `{name}`; {hint}")
    given, problems = read_approvals((*library, approvals_folder(folder, library)))
    report(problems, err=True)
    review = best_review(known.clauses[clause], given.get(clause, ())).text() if given else ""
    chosen = known.clauses[clause], known, posture, known.laws[law] if law else None
    if fmt == "json":
        print_json(clause_dict(*chosen, review=review))
    else:
        click.echo(clause_text(*chosen, source=source, review=review), nl=False)
