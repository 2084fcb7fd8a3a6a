"""`ccclauses clean`: a Word file without what is not meant to leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import errors
from .common import (
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    file_argument,
    format_option,
    load_inputs,
    print_json,
    report,
    write_together,
)

if TYPE_CHECKING:
    from ..review.cleaning import Rule, Verdict


@click.command(epilog='Example: ccclauses clean draft.docx -o clean.docx --accept "by Jane Doe" --reject all')
@file_argument("file")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. Default: NAME-clean.docx in the folder of FILE.",
)
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="WHAT",
    help="Accept tracked changes: all, `by AUTHOR` or `in CLAUSE`; may be repeated.",
)
@click.option(
    "--reject", "rejected", multiple=True, metavar="WHAT", help="Reject tracked changes; named as for --accept."
)
@click.option("--keep-comments", is_flag=True, help="Leave the comments in.")
@click.option("--keep-metadata", is_flag=True, help="Leave authors, company, template and the like in.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def clean(
    file: Path,
    output: Path | None,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    keep_comments: bool,
    keep_metadata: bool,
    force: bool,
    fmt: str,
) -> None:
    """Write a Word FILE without its comments and metadata, with tracked changes accepted or rejected, and say what went.

    A clause is named by its number, its heading or its id, a paragraph by its number. A rule for a clause goes before one
    for an author, and that before `all`. What no rule names stays tracked and is listed.

    \b
    ccclauses clean agreed.docx -o signing.docx --accept all
    ccclauses clean draft.docx -o ours.docx --accept "by Jane Doe" --reject "in 31" --keep-comments

    Exit status: 0 nothing stays, 1 something stays that may say more than is meant, 2 misuse or a file that can't be read.
    """
    from ..ooxml.package.package import write_package
    from ..review.cleaning import clean as make_clean
    from ..sides.package import word_package

    check_ending(output, ("docx", "docm", "dotx", "dotm"), "The cleaned file is")
    if file.suffix.lower() in (".yaml", ".yml", ".json"):
        raise click.UsageError(f"{file} is not a Word file")
    target = output or file.with_name(f"{file.stem}-clean{file.suffix}")
    if target.exists() and target.samefile(file):
        raise click.UsageError(f"{target} is the file to be cleaned; choose another name")
    rules = [*(_rule("accept", text) for text in accepted), *(_rule("reject", text) for text in rejected)]
    package, problems = word_package(file, load_inputs)
    cleaned = None
    if package is not None:
        cleaned, problems = make_clean(
            package, rules, comments=not keep_comments, metadata=not keep_metadata, name=str(file)
        )
    if cleaned is None:
        report(errors(problems), err=True)
        raise SystemExit(MISUSE)
    write_together([(target, write_package(cleaned.package.parts))], force=force)
    if fmt == "json":
        print_json({"file": str(target), "gone": list(cleaned.gone), "left": list(cleaned.left)})
    else:
        click.echo(f"Wrote {target}.")
        for line in cleaned.gone:
            click.echo(f"  went: {line}")
        for line in cleaned.left:
            click.echo(f"  stays: {line}")
        if not cleaned.gone:
            click.echo("  nothing had to go")
    raise SystemExit(FINDINGS if cleaned.left else FINE)


def _rule(verdict: Verdict, text: str) -> Rule:
    from ..review.cleaning import Rule

    how, _, name = text.strip().partition(" ")
    if text.strip() == "all":
        return Rule(verdict=verdict)
    if how not in ("by", "in") or not name.strip():
        raise click.UsageError(f"--{verdict} `{text}`: write all, `by AUTHOR` or `in CLAUSE`")
    return Rule(verdict=verdict, by=name.strip()) if how == "by" else Rule(verdict=verdict, within=name.strip())
