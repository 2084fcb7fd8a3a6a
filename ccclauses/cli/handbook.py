"""`ccclauses handbook`: what is derived from an annex, next to the contract, in Word or Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import (
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
    from ..model.annex import Annex
    from ..model.diagnostic import Diagnostic
    from ..model.handbook import Handbook
    from ..model.library.library import Library

KINDS = ("docx", "xlsx")


@click.command(epilog="Example: ccclauses handbook deal.yaml -o handbook.xlsx")
@file_argument("source", metavar="PROFILE|ANNEX")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a .docx or .xlsx file.")
@click.option("--template", help="House style of a Word file: legal, modern, or a Word file of your own.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@format_option
def handbook(source: Path, output: Path | None, template: str | None, force: bool, fmt: str) -> None:
    """Write the handbook of the annex of a PROFILE, of an ANNEX.json or of an ANNEX.docx.

    The evidence register, the reporting calendar, the compliance matrix, every value, and the tables of credits and of
    clocks, each row with its paragraph of the annex. The handbook is not part of the contract, and says so.

    \b
    ccclauses handbook deal.yaml -o handbook.docx
    ccclauses handbook signed.docx -o handbook.xlsx
    """
    check_ending(output, KINDS, "The handbook is")
    from ..api.performance import read_source
    from ..derive.handbook import handbook_of

    annex, _, problems = read_source(source)
    library = _library(source)
    made = handbook_of(annex, library) if annex else None
    if made and annex and output:
        data, found = _written(made, annex, output, template)
        refused = write_whole(output, data, force=force) if data is not None else None
        problems = problems + found + ([refused] if refused else [])
        made = made if data is not None and refused is None else None
    if fmt == "json":
        registers = {r.title: [[c.text for c in row] for row in r.table.rows] for r in made.registers} if made else {}
        print_json({"notice": made.notice if made else None, "tables": registers, **report_dict(problems)})
    else:
        report(problems, err=True)
        if made:
            if output:
                click.echo(f"Wrote {output}: {made.title}.")
            for register in made.registers:
                click.echo(f"  {register.title}: {len(register.table.rows)} rows")
            click.echo(made.notice)
    if not made:
        raise SystemExit(FINDINGS)
    exit_with(problems)


def _library(source: Path) -> Library:
    """The library of a profile; for an annex the shipped one."""
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from .common import load_inputs

    found = load_inputs(source)[1] if source.suffix.lower() in (".yaml", ".yml") else None
    return found or load_library(library_folder())[0]


def _written(made: Handbook, annex: Annex, output: Path, template: str | None) -> tuple[bytes | None, list[Diagnostic]]:
    from ..report.handbook import write_handbook_docx, write_handbook_xlsx

    if output.suffix.lower() == ".xlsx":
        return write_handbook_xlsx(made, annex), []
    from ..pipeline import HOUSE_STYLES, house_style
    from ..sides.package import Beside

    style, found = house_style(template or HOUSE_STYLES[0], Beside(str(output)), None)
    return (write_handbook_docx(made, annex, style) if style else None), found
