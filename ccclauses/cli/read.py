"""`ccclauses read`: what the reader sees of any Word file."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import EXISTING_FILE, FINDINGS, print_json

if TYPE_CHECKING:
    from ..read.document import View

VIEWS = ("accepted", "rejected", "all")


@click.command(epilog="Example: ccclauses read returned.docx --as all")
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--as",
    "view",
    type=click.Choice(VIEWS),
    default="accepted",
    show_default=True,
    help="Tracked changes accepted, rejected or marked.",
)
@click.option(
    "--to", "kind", type=click.Choice(("txt", "md", "json")), default="txt", show_default=True, help="How to print it."
)
def read(file: Path, view: View, kind: str) -> None:
    """Print what is in a Word FILE: its words with their numbers, changes, comments, notes, headers and text boxes.

    Nothing is left out in silence: what could not be read is said at the end.
    """
    from ..ooxml.package import PackageError, read_package
    from ..read.docx import read_docx
    from ..report.read_text import read_markdown, read_text

    try:
        document = read_docx(read_package(file), view=view, name=file.name)
    except PackageError as problem:
        click.echo(f"{file}:1:1: error: {problem} [unreadable-file]", err=True)
        raise SystemExit(FINDINGS) from None
    if kind == "json":
        print_json(dataclasses.asdict(document))
    else:
        click.echo(read_text(document) if kind == "txt" else read_markdown(document), nl=False)
