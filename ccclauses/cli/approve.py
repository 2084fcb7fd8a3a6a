"""`ccclauses approve`: record that your team has reviewed a clause as it is."""

from __future__ import annotations

from pathlib import Path

import click

from .common import FINDINGS, FINE, format_option, print_json, report, report_dict, write_whole
from .library import approvals_folder, folder_option, library_option, read_library, today


@click.command()
@click.argument("clauses", nargs=-1, required=True, metavar="CLAUSE...")
@click.option("--by", required=True, help="Who has reviewed it: a person, not a team.")
@click.option("--note", default="", help="What the reviewer wants to be remembered.")
@folder_option
@library_option
@format_option
def approve(
    clauses: tuple[str, ...], by: str, note: str, folder: Path | None, library: tuple[Path, ...], fmt: str
) -> None:
    """Record in approvals.yaml that each CLAUSE has been reviewed as it is now.

    A later change of the clause takes the approval away. Keep the file under version control, beside your profiles or
    in your own library folder; `approved_only: yes` in a profile demands approved clauses.

    \b
    ccclauses approve access-control --by "Ada Byron"
    ccclauses approve audit --by "Ada Byron" --note "Deed 14" --folder deals
    ccclauses approve our-clause --by "Ada Byron" --library house-library
    """
    from ..approvals import approve as approve_clause
    from ..load.approvals import APPROVALS_FILE, approvals_text, load_approvals, load_approvals_text
    from ..model.diagnostic import errors, nearest

    if not by.strip():
        raise click.UsageError("--by needs the name of the person who has reviewed the clause")
    known = read_library(library)
    for name in clauses:
        if name not in known.clauses:
            hint = nearest(name, known.clauses) or "`ccclauses clauses` lists them"
            raise click.UsageError(f"unknown clause `{name}`; {hint}")
    path = approvals_folder(folder, library) / APPROVALS_FILE
    kept, problems = load_approvals(path) if path.exists() else ({}, [])
    on, given = today(), []
    if not errors(problems):
        given = [
            approve_clause(known.clauses[name], by=by.strip(), on=on, note=note.strip(), file=str(path))
            for name in dict.fromkeys(clauses)
        ]
        text = approvals_text({**kept, **{a.clause: a for a in given}}.values())
        unreadable = load_approvals_text(text, str(path))[1]
        if unreadable:  # what can't be read again, such as a name with control characters, must not be written
            raise click.UsageError(f"--by or --note: {unreadable[0].message}")
        refused = write_whole(path, text.encode(), force=True)
        problems = [refused] if refused else []
    if fmt == "json":
        written = {"file": str(path), "approved": [a.clause for a in given], "by": by.strip(), "date": on.isoformat()}
        print_json({**({} if problems else written), **report_dict(problems)})
    else:
        report(problems, err=True)
        if not problems:
            for approval in given:
                click.echo(
                    f"{approval.clause}, version {approval.version}, approved by {approval.by} on {approval.date}."
                )
            click.echo(f"Written: {path}")
    raise SystemExit(FINDINGS if problems else FINE)
