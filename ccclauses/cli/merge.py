"""`ccclauses merge`: the markups of two counterparties in one file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

import click

from ..model.diagnostic import errors
from .common import (
    EXISTING_FILE,
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


@click.command(epilog="Example: ccclauses merge insurer.docx bank.docx --base sent.docx -o merged.docx")
@file_argument("first")
@file_argument("second")
@click.option(
    "--base", required=True, type=EXISTING_FILE, help="What was sent to both: a profile, an annex or the Word file."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
@click.option(
    "--author",
    "authors",
    nargs=2,
    default=("", ""),
    metavar="FIRST SECOND",
    help="The names on the changes of each; by default whoever tracked most in it, else its name.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def merge(first: Path, second: Path, base: Path, output: Path, authors: tuple[str, str], force: bool, fmt: str) -> None:
    """Merge what two counterparties made of one file: all accepted it has the changes of both, all rejected it is the base.

    Changes that nobody tracked are tracked too. Where both changed the same words, both wordings are in the file and a
    comment shows the conflict. Comments of both are kept. What no text can show is listed.

    \b
    ccclauses merge insurer.docx bank.docx --base sent.docx -o merged.docx
    ccclauses merge a.docx b.docx --base deal.yaml -o merged.docx --author "Insurer" "Bank"

    Exit status: 0 merged, 1 with conflicts or with changes that no text can show, 2 misuse or a file that can't be read.
    """
    from ..ooxml.package.package import write_package
    from ..review.merging import Markup
    from ..review.merging import merge as make_merged
    from ..sides.package import word_package

    check_ending(output, ("docx", "docm"), "The merged file is")
    for path in (first, second):
        if path.suffix.lower() in (".yaml", ".yml", ".json"):
            raise click.UsageError(f"{path} is not a Word file; pass the files that came back")
    if output.exists() and any(output.samefile(path) for path in (first, second, base)):
        raise click.UsageError(f"{output} is one of the files merged; choose another name")
    packages, problems = [], []
    for path in (base, first, second):
        package, found = word_package(path, load_inputs)
        packages += [package] if package else []
        problems += errors(found)
    if problems:
        report(problems, err=True)
        raise SystemExit(MISUSE)
    sent, one, other = packages
    result = make_merged(
        sent,
        Markup(package=one, name=first.stem, author=authors[0]),
        Markup(package=other, name=second.stem, author=authors[1]),
        date=datetime.now(timezone.utc),
    )
    write_together([(output, write_package(result.package.parts))], force=force)
    if fmt == "json":
        print_json(
            {
                "file": str(output),
                "by": list(result.by),
                "changes": list(result.changes),
                "conflicts": [asdict(c) for c in result.conflicts],
                "unmerged": list(result.unmerged),
            }
        )
    else:
        click.echo(
            f"Wrote {output}: {result.changes[0]} changes by {result.by[0]}, {result.changes[1]} by {result.by[1]}."
        )
        for conflict in result.conflicts:
            click.echo(f"  conflict at {conflict.place}")
            click.echo(f"    sent: {conflict.sent or '–'}")
            click.echo(f"    {result.by[0]}: {conflict.first or 'taken out'}")
            click.echo(f"    {result.by[1]}: {conflict.second or 'taken out'}")
        for line in result.unmerged:
            click.echo(f"  not in the text: {line}")
    raise SystemExit(FINDINGS if result.conflicts or result.unmerged else FINE)
