"""`ccclauses redline`: two Word files, profiles or annexes in, one Word file with real tracked changes out."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import InputError
from .common import (
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    file_argument,
    format_option,
    load_inputs,
    print_json,
    report,
    write_whole,
)

if TYPE_CHECKING:
    from ..redline import Redline, RedlineOptions
    from ..redline.model import Granularity


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
@click.option(
    "--granularity",
    type=click.Choice(("word", "sentence", "clause")),
    default="word",
    show_default=True,
    help="Show changed words, or replace the whole sentence, or part of one up to its next comma, in which a word changed.",
)
@click.option("--ignore-no-break-space", is_flag=True, help="Take a no-break space for a space.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the list of changes, as .html or .json.",
)
@click.option(
    "--posture",
    "postures",
    multiple=True,
    help="Build the profile AFTER at this posture; give it again, or give `all`, for one redline a rung.",
)
@click.option("--template", default="", help="The house style of profiles and annexes: legal, modern or a Word file.")
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
    granularity: Granularity,
    ignore_no_break_space: bool,
    report_file: Path | None,
    postures: tuple[str, ...],
    template: str,
    check: bool,
    force: bool,
    fmt: str,
) -> None:
    """Write a redline: a Word file with tracked changes that is AFTER when all are accepted, BEFORE when all are rejected.

    \b
    ccclauses redline sent.docx returned.docx -o redline.docx
    ccclauses redline sent.docx returned.docx -o redline.docx --report changes.html
    ccclauses redline v1.docx v2.docx -o redline.docx --author "Legal" --date 2025-06-30
    ccclauses redline sent.docx deal.yaml -o redline.docx --posture all

    Either side may also be a profile (.yaml) or an annex (.json), which is written in the house style first. With
    several postures each redline is named for its own: redline-standard.docx.
    """
    from ..redline import RedlineOptions

    moment = _moment(date)
    if not author.strip():
        raise click.UsageError("--author needs a name: Word refuses tracked changes without one")
    if report_file is not None and report_file.suffix.lower() not in (".html", ".json"):
        raise click.UsageError(f"--report writes .html or .json, not {report_file.suffix or 'a file without ending'}")
    check_ending(output, ("docx", "docm", "dotx", "dotm"), "The redline is")
    _not_an_input(output, before, after)
    options = RedlineOptions(
        moves=moves, formatting=formatting, granularity=granularity, ignore_no_break_space=ignore_no_break_space
    )
    rungs = _rungs(after, postures)
    made = []
    for posture in rungs:
        result = _make(before, after, author, moment, posture, template, options)
        if result is None:  # the others of the ladder may still be built
            continue
        several = posture if len(rungs) > 1 else ""
        name = f"{after.name} ({posture})" if posture else after.name
        target = _named(output, several)
        _write(target, result.data, force)
        if report_file is not None:
            path = _named(report_file, several)
            _write(path, _report(result, before.name, name, path), force)
        made.append((result, name, target))
    if not made:
        raise SystemExit(MISUSE)
    _print(made, before.name, fmt)
    missing = len(made) < len(rungs)
    differs = any(result.changes or result.untracked for result, _, _ in made)
    raise SystemExit(FINDINGS if missing or (check and differs) else FINE)


def _make(
    before: Path, after: Path, author: str, moment: datetime, posture: str, template: str, options: RedlineOptions
) -> Redline | None:
    """The redline, or None with the problems of its sides printed."""
    from ..api.negotiation import redline as redlined

    try:
        return redlined(before, after, author=author, date=moment, posture=posture, template=template, options=options)
    except InputError as refused:
        if posture:
            click.echo(f"{after.name} can't be built at the posture {posture}:", err=True)
        report(refused.problems, err=True)
        return None


def _rungs(after: Path, postures: tuple[str, ...]) -> list[str]:
    """Return the postures to build AFTER at; one empty name when it stays as it is."""
    if "all" not in postures:
        return list(dict.fromkeys(postures)) or [""]
    _, library, problems = load_inputs(after) if after.suffix.lower() in (".yaml", ".yml") else (None, None, [])
    if library is None:
        report(problems, err=True)
        raise click.UsageError(f"--posture chooses a position of a profile, and {after} can't be read as one")
    return list(library.postures)


def _named(path: Path, posture: str) -> Path:
    return path.with_name(f"{path.stem}-{posture}{path.suffix}") if posture else path


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


def _report(result: Redline, before: str, after: str, path: Path) -> bytes:
    from ..report.review.redline import report_dict, report_html

    if path.suffix.lower() == ".json":
        return (json.dumps(report_dict(result, before, after), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    return report_html(result, before, after).encode("utf-8")


def _print(made: list[tuple[Redline, str, Path]], before: str, fmt: str) -> None:
    from ..report.review.redline import report_dict, report_text

    if fmt == "json":
        told = [{**report_dict(result, before, name), "output": str(target)} for result, name, target in made]
        print_json(told[0] if len(told) == 1 else {"redlines": told})
        return
    for result, name, target in made:
        click.echo(report_text(result, before, name) + f"wrote {target}")
