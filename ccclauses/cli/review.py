"""`ccclauses review`: what a counterparty changed in the file that it returned."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from .common import FINDINGS, FINE, MISUSE, file_argument, format_option, load_inputs, report, write_whole


@click.command(epilog="Example: ccclauses review sent.docx returned.docx")
@file_argument("sent")
@file_argument("returned")
@format_option
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write, instead of to the terminal; JSON when its name ends with .json.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
def review(sent: Path, returned: Path, fmt: str, output: Path | None, force: bool) -> None:
    """Tell what differs in the RETURNED Word file from what was SENT: a profile, an annex as JSON or the Word file.

    Changes that nobody tracked come first, then tracked ones with who made them and when, then comments.

    \b
    ccclauses review deal.yaml returned.docx
    ccclauses review sent.docx returned.docx -o review.json

    Exit status: 0 nothing came back changed, 1 something did, 2 misuse or a file that can't be read.
    """
    from ..model.diagnostic import errors
    from ..review.findings import review as reviewed
    from ..sides.word_side import word_package
    from ..write.review_text import write_review_text

    packages, problems = [], []
    for path in (sent, returned):
        package, found = word_package(path, load_inputs)
        packages.append(package)
        problems += errors(found)
    if returned.suffix.lower() in (".yaml", ".yml", ".json"):
        raise click.UsageError(f"{returned} is no Word file; what is reviewed is the Word file that came back")
    if packages[0] is None or packages[1] is None:
        report(problems, err=True)
        raise SystemExit(MISUSE)
    result = reviewed(packages[0], packages[1], names=(str(sent), str(returned)))
    as_json = fmt == "json" or (output is not None and output.suffix.lower() == ".json")
    text = json.dumps(dataclasses.asdict(result), indent=2, ensure_ascii=False) + "\n" if as_json else write_review_text(result)
    if output is None:
        click.echo(text, nl=False)
    else:
        refused = write_whole(output, text.encode(), force=force)
        if refused:
            report([refused], err=True)
            raise SystemExit(MISUSE)
        click.echo(f"Wrote {output}.")
    raise SystemExit(FINDINGS if result.findings else FINE)
