"""`ccclauses template`: a house style made from a firm's own Word document."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import Diagnostic, Position, errors
from .common import (
    EXISTING_FILE,
    FINDINGS,
    check_ending,
    exit_with,
    file_argument,
    format_option,
    print_json,
    report,
    report_dict,
    write_whole,
)

if TYPE_CHECKING:
    from ..firm.make import MadeStyle


@click.command(epilog="Example: ccclauses template our-contract.docx -o house.docx")
@file_argument("document")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default NAME-house.docx in the folder of the document.",
)
@click.option("--styles", type=EXISTING_FILE, help="A YAML file: role → your style, where you know better.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def template(document: Path, output: Path | None, styles: Path | None, force: bool, fmt: str) -> None:
    """Make a house style from a Word document of your firm.

    The styles of DOCUMENT are matched to the roles of an annex by their names and by what they are used for. What it
    has no style for is proposed, made from the style nearest to it. Page, margins, header, footer and the look of its
    numbers are kept; its text is not. Fields and content controls in header and footer that would not work in an annex
    are replaced or taken out, and each is reported.

    \b
    ccclauses template our-contract.docx -o house.docx
    ccclauses build deal.yaml --template house.docx
    """
    check_ending(output, ("docx",), "A house style is")
    output = output or document.with_name(f"{document.stem}-house.docx")
    made, problems = _made(document, styles)
    if made:
        refused = write_whole(output, made.data, force=force)
        problems = problems + ([refused] if refused else [])
        made = None if refused else made
    if fmt == "json":
        facts = {k: v for k, v in asdict(made).items() if k != "data"} if made else {}
        print_json({"written": str(output) if made else None, **facts, **report_dict(problems)})
    else:
        report(problems, err=True)
        if made:
            click.echo(_told(made, document, output))
        else:
            click.echo("Nothing was written.", err=True)
    if not made:
        raise SystemExit(FINDINGS)
    exit_with(problems)


def _made(path: Path, styles: Path | None) -> tuple[MadeStyle | None, list[Diagnostic]]:
    from ..firm.make import make_house_style
    from ..load.styles import load_style_mapping
    from ..ooxml.package.package import read_package
    from ..ooxml.package.parse import PackageError

    mapping, places, problems = load_style_mapping(styles) if styles else (None, {}, [])
    try:
        made, found = make_house_style(read_package(path), mapping, file=str(path), places=places)
    except PackageError as problem:
        hint = "save it as a Word document (.docx)"
        return None, [
            *problems,
            Diagnostic(rule="not-a-template", message=str(problem), at=Position(file=str(path)), hint=hint),
        ]
    return (None if errors(problems) else made), problems + found


def _told(made: MadeStyle, document: Path, output: Path) -> str:
    """What was taken, what is proposed, and what every annex will show."""
    width = max(len(shown.style) for shown in made.roles)
    out = [f"Wrote {output}, a house style made from {document.name}."]
    for proposed, title in (
        (False, "Your styles"),
        (True, "Proposed, where your document has none; change them in Word"),
    ):
        rows = [s for s in made.roles if s.proposed == proposed]
        out += ["", f"{title}:"] if rows else []
        out += [f"  {s.style:<{width}}  {s.what} [{s.role}]: {s.why}" for s in rows]
    out += ["", "Every annex will show:"]
    out += [f"  {where}: {words or '(no words)'}" for where, words in made.banners]
    if made.labels:
        listed = ", ".join(f"“{label}”" for label in made.labels)
        out.append(
            f"  numbers in the type and at the indents of your list ({listed}), counted as the governing law counts"
        )
    out += [
        "",
        f"To choose other styles: --styles, a line for each role in brackets. Next: ccclauses build deal.yaml --template {output}",
    ]
    return "\n".join(out)
