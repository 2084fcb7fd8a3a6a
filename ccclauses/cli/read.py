"""`ccclauses read`: what the reader sees of any Word file."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import EXISTING_FILE, FINDINGS, print_json

if TYPE_CHECKING:
    from ..read.word.document import View

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
@click.option(
    "--annex",
    is_flag=False,
    flag_value=1,
    type=click.IntRange(1),
    help="Only the annex in an agreement; the so-manieth, such as 2, where it holds several.",
)
def read(file: Path, view: View, kind: str, annex: int | None) -> None:
    """Print what is in a Word FILE: its words with their numbers, changes, comments, notes, headers and text boxes.

    Nothing is left out in silence: what could not be read is said at the end.
    """
    from ..ooxml.package.package import read_package
    from ..ooxml.package.parse import PackageError
    from ..read.within import annex_within
    from ..read.word.docx import read_docx
    from ..report.read_text import read_markdown, read_text

    try:
        package = read_package(file)
        found = annex_within(package, annex) if annex else None
        if annex and found is None:
            raise click.UsageError(f"{file} is not an agreement with an annex of ours in it")
        document = read_docx(found.package if found else package, view=view, name=file.name)
        if found:
            document = dataclasses.replace(document, notes=(*found.told, *document.notes))
    except PackageError as problem:
        click.echo(f"{file}:1:1: error: {problem} [unreadable-file]", err=True)
        raise SystemExit(FINDINGS) from None
    if kind == "json":
        print_json(dataclasses.asdict(document))
    else:
        click.echo(read_text(document) if kind == "txt" else read_markdown(document), nl=False)
