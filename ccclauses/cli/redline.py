"""`ccclauses redline`: two Word files in, one with real tracked changes out."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import (
    FINDINGS,
    FINE,
    MISUSE,
    file_argument,
    format_option,
    print_json,
    write_whole,
)

if TYPE_CHECKING:
    from ..ooxml.package import Package
    from ..redline import Redline


@click.command()
@file_argument("before")
@file_argument("after")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The redline to write."
)
@click.option("--author", default="ccclauses", show_default=True, help="The name on every tracked change.")
@click.option(
    "--date", default="", help="The date on every tracked change, such as 2025-06-30 or 2025-06-30T14:00; default: now."
)
@click.option(
    "--moves/--no-moves",
    default=True,
    show_default=True,
    help="Show moved paragraphs as moves, or as deletions and insertions.",
)
@click.option(
    "--formatting/--ignore-formatting",
    default=True,
    show_default=True,
    help="Track changes of formatting, or take those of AFTER silently.",
)
@click.option("--ignore-no-break-space", is_flag=True, help="Take a no-break space for a space.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the list of changes, as .html or .json.",
)
@click.option("--check", is_flag=True, help="Exit with 1 when the files differ.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@format_option
def redline(
    before: Path,
    after: Path,
    output: Path,
    author: str,
    date: str,
    moves: bool,
    formatting: bool,
    ignore_no_break_space: bool,
    report_file: Path | None,
    check: bool,
    force: bool,
    fmt: str,
) -> None:
    """Write a redline: a Word file with tracked changes that is AFTER when all are accepted, BEFORE when all are rejected.

    \b
    ccclauses redline sent.docx returned.docx -o redline.docx
    ccclauses redline sent.docx returned.docx -o redline.docx --report changes.html
    ccclauses redline v1.docx v2.docx -o redline.docx --author "Legal" --date 2025-06-30
    """
    from ..ooxml.package import PackageError, write_package
    from ..redline import RedlineOptions
    from ..redline import redline as make_redline

    moment = _moment(date)
    if not author.strip():
        raise click.UsageError("--author needs a name: Word refuses tracked changes without one")
    if report_file is not None and report_file.suffix.lower() not in (".html", ".json"):
        raise click.UsageError(f"--report writes .html or .json, not {report_file.suffix or 'a file without ending'}")
    _not_an_input(output, before, after)
    options = RedlineOptions(moves=moves, formatting=formatting, ignore_no_break_space=ignore_no_break_space)
    try:
        sides = load_side(before), load_side(after)
        result = make_redline(*sides, author=author, date=moment, options=options)
    except PackageError as problem:
        _fail(str(problem))
    _write(output, write_package(result.package.parts), force)
    if report_file is not None:
        _write(report_file, _report(result, before.name, after.name, report_file), force)
    _print(result, before.name, after.name, output, fmt)
    raise SystemExit(FINDINGS if check and result.changes else FINE)


def load_side(path: Path) -> Package:
    """Return one side of the comparison as a Word package."""
    from ..ooxml.package import PackageError, read_package

    try:
        return read_package(path)
    except PackageError as problem:
        raise PackageError(f"{path.name}: {problem}") from None


def _moment(written: str) -> datetime:
    """Return the date for tracked changes: what was asked for, else SOURCE_DATE_EPOCH, else now."""
    if not written:
        try:
            return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "") or time.time()), timezone.utc)
        except (ValueError, OverflowError, OSError):
            raise click.UsageError("SOURCE_DATE_EPOCH is not a number of seconds") from None
    try:
        return datetime.fromisoformat(written.removesuffix("Z"))
    except ValueError:
        raise click.UsageError(f"--date `{written}` is not a date; write 2025-06-30 or 2025-06-30T14:00") from None


def _not_an_input(output: Path, *inputs: Path) -> None:
    if any(output.exists() and output.samefile(path) for path in inputs):
        raise click.UsageError(f"{output} is one of the files compared; choose another name for the redline")


def _write(path: Path, data: bytes, force: bool) -> None:
    problem = write_whole(path, data, force=force)
    if problem is not None:
        click.echo(str(problem), err=True)
        raise SystemExit(MISUSE)


def _fail(message: str) -> None:
    click.echo(f"error: {message}", err=True)
    raise SystemExit(MISUSE)


def _report(result: Redline, before: str, after: str, path: Path) -> bytes:
    from ..redline.report import report_dict, report_html

    if path.suffix.lower() == ".json":
        return (json.dumps(report_dict(result, before, after), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    return report_html(result, before, after).encode("utf-8")


def _print(result: Redline, before: str, after: str, output: Path, fmt: str) -> None:
    from ..redline.report import report_dict, report_text

    if fmt == "json":
        print_json({**report_dict(result, before, after), "output": str(output)})
    else:
        click.echo(report_text(result, before, after) + f"wrote {output}")
