"""`ccclauses diff`: what changed between two sides, told by clauses."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..model.diagnostic import errors
from .common import (
    EXISTING_FOLDER,
    FINDINGS,
    FINE,
    MISUSE,
    check_ending,
    load_inputs,
    print_json,
    put_text,
    report,
    report_dict,
)

if TYPE_CHECKING:
    from ..model.diagnostic import Diagnostic
    from ..model.findings.comparison import Comparison
    from ..report.diff.diff_shown import Only
    from ..sides.read import Side, SideReader

KINDS = ("text", "html", "md", "json")
_ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".md": "md", ".json": "json"}
_STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "note": {"dim": True},
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green"},
    "moved": {"fg": "magenta"},
    "looser": {"fg": "red", "bold": True},
    "stricter": {"fg": "green", "bold": True},
}


@click.command(epilog="Example: ccclauses diff sent.json returned.docx --to html -o changes.html")
@click.argument("before")
@click.argument("after", required=False)
@click.argument("git_arguments", nargs=-1, metavar="")
@click.option(
    "--to",
    "kind",
    type=click.Choice(KINDS),
    help="What to write; by default what the output's name ends with, else text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write, instead of to the terminal.",
)
@click.option(
    "--only",
    type=click.Choice(("substantive", "values", "all")),
    default="substantive",
    show_default=True,
    help="What to show: all but mere repetitions and new numbers, values alone, or everything.",
)
@click.option("--exact", is_flag=True, help="Take whitespace, quotation marks, dashes and numbers for changes too.")
@click.option("--posture", default="", help="Read the profiles at this posture.")
@click.option(
    "--form", default="", help="Read the profile AFTER in this form; it may be left out if it is the same as BEFORE."
)
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=EXISTING_FOLDER,
    help="A library folder of yours for clauses named by id; may be given again.",
)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="The same as --to text or json.",
)
@click.option("--git", is_flag=True, help="Run as git's external diff driver: the arguments are those that git gives.")
@click.option("--textconv", is_flag=True, help="Print BEFORE alone as text, as git's textconv filter.")
@click.option("--force", is_flag=True, help="Overwrite an output that exists.")
@click.pass_context
def diff(
    context: click.Context,
    before: str,
    after: str | None,
    git_arguments: tuple[str, ...],
    kind: str | None,
    output: Path | None,
    only: Only,
    exact: bool,
    posture: str,
    form: str,
    libraries: tuple[Path, ...],
    fmt: str,
    git: bool,
    textconv: bool,
    force: bool,
) -> None:
    """Tell what changed from BEFORE to AFTER: clauses, values, definitions, references, coverage, money.

    \b
    Each side is one of:
      a profile (.yaml), an annex (.json) or a Word file (.docx)
      a clause library (a folder) or a clause file (.yaml)
      any of these at a git revision: clause_library@v1.0
      a clause by its id: breach-handling, breach-handling@strict, breach-handling@strict,DE

    \b
    ccclauses diff deal-v1.yaml deal-v2.yaml
    ccclauses diff clause_library@HEAD~1 clause_library
    ccclauses diff breach-handling@strict breach-handling@standard --only values

    Annexes of different forms (`ccclauses diff deal.yaml --form full`) are compared by subject, on about a page: the duties,
    credits, values and requirements that one gives up. --only all compares their sentences.

    Exit status: 0 no differences, 1 differences, 2 misuse or a side that can't be read.
    """
    from ..sides.read import SideReader

    reader = SideReader(load_profile=load_inputs, libraries=libraries, posture=posture)
    if textconv:
        return _textconv(before, reader)
    if git:
        return _git(before, ((after,) if after else ()) + git_arguments, reader, only, exact)
    after = after or (before if form else None)
    if after is None:
        raise click.MissingParameter(param_hint="'AFTER'", param_type="argument", ctx=context)
    if git_arguments:
        raise click.UsageError(f"two sides are compared; {git_arguments[0]} is one too many")
    if output and any(Path(side).exists() and output.exists() and output.samefile(side) for side in (before, after)):
        raise click.UsageError(f"{output} is one of the sides compared; choose another name for the report")
    if not kind:
        check_ending(output, (ending[1:] for ending in _ENDINGS), "The changes are")
        kind = _ENDINGS[output.suffix.lower()] if output else fmt
    sides = _read(before, reader, kind), _read(after, replace(reader, form=form), kind)
    if only == "substantive" and (text := _forms_compared(*sides, kind)):
        put_text(text, output, force=force)
        raise SystemExit(FINDINGS)
    comparison = _compared(*sides, exact, libraries)
    _put(comparison, kind, only, output, force)
    raise SystemExit(FINDINGS if _different(comparison, only) else FINE)


def _read(spec: str, reader: SideReader, kind: str) -> Side:
    """The side, or leave with its problems printed."""
    side, problems = reader.read(spec)
    if side is None:
        if kind == "json":
            print_json(report_dict(problems))
        else:
            report(errors(problems), err=True)
        raise SystemExit(MISUSE)
    report((d for d in problems if d.rule == "word-file"), err=True)
    return side


def _forms_compared(before: Side, after: Side, kind: str) -> str:
    """What one form gives up against another; empty where both sides have the same, or none that is known."""
    if before.annex is None or after.annex is None or before.annex.form == after.annex.form:
        return ""
    from ..compare.forms import compare_forms
    from ..report.diff.diff_forms import write_forms_html, write_forms_json, write_forms_markdown, write_forms_text

    writers = {"md": write_forms_markdown, "html": write_forms_html, "json": write_forms_json}
    write = writers.get(kind, write_forms_text)
    return write(compare_forms(before.annex, after.annex, (before.name, after.name)))


def _compared(before: Side, after: Side, exact: bool, libraries: tuple[Path, ...]) -> Comparison:
    from ..sides.read import compare_sides

    if before.kind != after.kind:
        raise click.UsageError(
            f"{before.name} is {_KINDS[before.kind]} and {after.name} is {_KINDS[after.kind]}; compare two of a kind"
        )
    return compare_sides(before, after, exact=exact, libraries=libraries)


_KINDS = {
    "document": "a document",
    "library": "a clause library",
    "clause": "a clause with all its wordings",
    "wording": "one wording of a clause",
}


def _different(comparison: Comparison, only: Only) -> bool:
    from ..report.diff.diff_shown import Shown

    return Shown(comparison, only).different


def _put(comparison: Comparison, kind: str, only: Only, output: Path | None, force: bool) -> None:
    if kind == "text" and output is None:
        return _to_terminal(comparison, only)
    text = _written(comparison, kind, only)
    put_text(text, output, force=force)


def _written(comparison: Comparison, kind: str, only: Only) -> str:
    if kind == "html":
        from ..report.diff.diff_html import write_diff_html as write
    elif kind == "md":
        from ..report.diff.diff_markdown import write_diff_markdown as write
    elif kind == "json":
        from ..report.diff.diff_json import write_diff_json as write
    else:
        from ..report.diff.diff_text import write_diff_text as write
    return write(comparison, only)


def _to_terminal(comparison: Comparison, only: Only) -> None:
    from ..report.diff.diff_text import report_lines

    colour = _colour()
    for line in report_lines(comparison, only):
        text = "".join(click.style(text, **_STYLES[style]) if style in _STYLES else text for style, text in line)
        click.echo(text if colour else click.unstyle(text), color=colour)


def _colour() -> bool:
    """Whether to colour: on a terminal, or for git's pager, unless NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE") == "true"


# ------------------------------------------------------------------------------------- for git


def _textconv(path: str, reader: SideReader) -> None:
    """Print one side as text, a paragraph a line, so that git can compare it with its own means."""
    from ..report.side_text import write_side

    side, problems = reader.read(path)
    if side is None:
        report(problems, err=True)
        raise SystemExit(FINDINGS)
    click.echo(write_side(side.contents), nl=False)


def _git(name: str, rest: tuple[str, ...], reader: SideReader, only: Only, exact: bool) -> None:
    """Answer git's call `PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [NEW-PATH …]`; always ends with 0.

    Git takes any other status for a driver that broke, and stops.
    """
    if len(rest) < 6:  # an unmerged path comes alone
        click.echo(f"{name} is unmerged")
        raise SystemExit(FINE)
    files, empty = (rest[0], rest[3]), os.devnull
    sides: list[Side] = []
    for file in files:
        side, problems = replace(reader, stands_for=name).read(file) if file != empty else (None, [])
        if side is None and file != empty:
            _by_lines(name, files, problems)
            raise SystemExit(FINE)
        if side is not None:
            sides.append(replace(side, name=f"{'a' if file == files[0] else 'b'}/{name}"))
    if len(sides) == 1:
        told = click.style(f"{name}: {'removed' if files[1] == empty else 'added'}", bold=True)
        click.echo(f"{told}\n", color=_colour())
    elif sides:
        _to_terminal(_compared(sides[0], sides[1], exact, reader.libraries), only)
        click.echo()
    raise SystemExit(FINE)


def _by_lines(name: str, files: tuple[str, str], problems: list[Diagnostic]) -> None:
    """Compare two files by lines, since one of them can't be read; a file that is not a text is only named."""
    from difflib import unified_diff

    first = min(errors(problems), key=lambda d: d.at, default=None)
    click.echo(f"{name} is compared by lines: {first.message if first else 'it holds no clause'}")
    try:
        before, after = (Path(f).read_text(encoding="utf-8").splitlines() if f != os.devnull else [] for f in files)
    except (OSError, UnicodeDecodeError):
        return
    for line in unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""):
        colour = {"-": "red", "+": "green"}.get(line[:1]) if line[:3] not in ("---", "+++") else None
        click.echo(click.style(line, fg=colour) if _colour() and colour else line)
    click.echo()
