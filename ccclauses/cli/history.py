"""`ccclauses history`: how each clause and value of a negotiation moved, by round and side."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from ..model.diagnostic import errors
from .common import EXISTING_FOLDER, MISUSE, check_ending, format_option, print_json, put_text, report


@click.command(epilog="Example: ccclauses history negotiation/")
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it, as a page (.html) or text.",
)
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def history(folder: Path, output: Path | None, force: bool, fmt: str) -> None:
    """Show how each clause and value moved in a FOLDER that `ccclauses review --keep` filled.

    \b
    ccclauses review deal.yaml returned.docx --keep negotiation/
    ccclauses history negotiation/
    ccclauses history negotiation/ -o history.html
    """
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from ..report.review.history import write_history_html, write_history_text
    from ..review.rounds import history as read_history

    check_ending(output, ("html", "txt"), "The history is")
    library, problems = load_library(library_folder())
    result, found = read_history(folder, library)
    if result is None or errors([*problems, *found]):
        report(errors([*problems, *found]), err=True)
        raise SystemExit(MISUSE)
    if fmt == "json" and output is None:
        print_json(dataclasses.asdict(result))
        return
    page = output is not None and output.suffix.lower() == ".html"
    text = write_history_html(result, f"Negotiation: {folder.name}") if page else write_history_text(result)
    put_text(text, output, force=force)
