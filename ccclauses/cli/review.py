"""`ccclauses review`: what a counterparty changed in the file that it returned."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import errors
from .common import FINDINGS, FINE, MISUSE, file_argument, format_option, load_inputs, report, write_whole

if TYPE_CHECKING:
    from ..model.review import Review


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
    from ..sides.read import YAML_SUFFIXES
    from ..write.review_text import write_review_text

    if returned.suffix.lower() in (*YAML_SUFFIXES, ".json"):
        raise click.UsageError(f"{returned} is no Word file; what is reviewed is the Word file that came back")
    result = reviewed(sent, returned)
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


def reviewed(sent: Path, returned: Path) -> Review:
    """What differs between the two, or leave with every problem of either printed."""
    from ..review.findings import review as find
    from ..sides.package import word_package

    (before, problems), (after, found) = word_package(sent, load_inputs), word_package(returned, load_inputs)
    if before is None or after is None:
        report(errors(problems + found), err=True)
        raise SystemExit(MISUSE)
    return find(before, after, names=(str(sent), str(returned)))
