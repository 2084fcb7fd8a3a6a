"""`ccclauses schema`: the JSON Schema by which an editor completes and checks a profile or a clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from ..model.diagnostic import errors
from .common import EXISTING_FOLDER, FINDINGS, report, write_whole


@click.command(epilog="Example: ccclauses schema profile -o profile.schema.json")
@click.argument("what", type=click.Choice(["profile", "clause"]))
@click.option(
    "--library",
    "folders",
    multiple=True,
    type=EXISTING_FOLDER,
    help="A folder of clauses of your own; may be given several times.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; by default it is printed."
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
def schema(what: Literal["profile", "clause"], folders: tuple[Path, ...], output: Path | None, force: bool) -> None:
    """Print the JSON Schema of a PROFILE or a CLAUSE.

    An editor that knows YAML schemas then completes keys and names and marks what is wrong while you type.
    """
    from ..common.resources import library_folder
    from ..load.document.json_schema import json_schema
    from ..load.library.library import load_library

    library, problems = load_library(library_folder(), *folders)
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(FINDINGS)
    text = json.dumps(json_schema(what, library), indent=1, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    refused = write_whole(output, text.encode(), force=force)
    if refused:
        report([refused], err=True)
        raise SystemExit(FINDINGS)
    click.echo(f"Written: {output}")
