"""`ccclauses lint`: what in a library, an annex or any contract can't be enforced, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import Severity
from .common import EXISTING, FINDINGS, FINE, exit_with, in_order, print_json, report_dict, tally, write_whole

if TYPE_CHECKING:
    from ..model.diagnostic import Diagnostic

EXCERPT = 100  # characters of a line that are shown around a finding


@click.command(epilog="Example: ccclauses lint their-contract.docx")
@click.argument("targets", nargs=-1, type=EXISTING)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(("text", "json", "sarif")),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option("--rule", "only", multiple=True, help="Only this rule; may be given again.")
@click.option("--fix", is_flag=True, help="Show how the mechanical findings would be put right.")
@click.option("--yes", is_flag=True, help="With --fix: write it.")
def lint(targets: tuple[Path, ...], fmt: str, only: tuple[str, ...], fix: bool, yes: bool) -> None:
    """Judge the sentences of clause libraries, clause files, profiles, annexes and contracts.

    A target is a library's folder, a clause file, a profile (its annex is judged), an annex as JSON, any Word file, or
    a text. Without a target the shipped library is judged.

    \b
    ccclauses lint                          the shipped library
    ccclauses lint our-clauses/             a library of yours
    ccclauses lint deal.yaml annex.docx     an annex to be built, a contract that was sent
    ccclauses lint our-clauses/ --fix       show what a machine can put right; with --yes, write it
    """
    from ..common.resources import library_folder
    from ..lint.engine import HIDDEN_WORDS, OTHER_LANGUAGE, all_rules
    from ..linting import lint_target
    from ..model.diagnostic import nearest

    known = {rule.name for rule in all_rules()} | {"stale-allowance", OTHER_LANGUAGE, HIDDEN_WORDS}
    for name in only:
        if name not in known:
            raise click.UsageError(f"unknown rule `{name}`; {nearest(name, known) or '`ccclauses rules` lists them'}")
    found: list[Diagnostic] = []
    for target in targets or (library_folder(),):
        found += [d for d in lint_target(target) if not only or d.rule in only]
    found = in_order(found)
    if fix:
        _fix(found, yes)
        return
    if fmt == "json":
        print_json(report_dict(found))
    elif fmt == "sarif":
        from ..lint.sarif import sarif

        print_json(sarif(found))
    else:
        for diagnostic in found:
            click.echo("\n".join(_shown(diagnostic)))
        click.echo(f"{tally(found) or 'No findings'}.", err=True)
    # A warning is a finding too: a commit hook that passed over it would soon be a list that nobody reads.
    raise SystemExit(FINDINGS if any(d.severity > Severity.NOTE for d in found) else FINE)


def _shown(diagnostic: Diagnostic) -> Iterator[str]:
    """A finding with its line and a caret under its place."""
    head, _, hint = str(diagnostic).partition("\n")
    yield head
    line = _line(diagnostic.at.file, diagnostic.at.line)
    if line.strip():
        start = max(0, diagnostic.at.column - 1 - EXCERPT // 2)
        yield f"    {line[start : start + EXCERPT]}"
        yield f"    {' ' * (diagnostic.at.column - 1 - start)}^"
    if hint:
        yield hint


def _line(file: str, number: int) -> str:
    from ..linting import lines_of

    lines = lines_of(file)
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _fix(found: list[Diagnostic], write: bool) -> None:
    """Show the mechanical findings put right as a diff of each file, and write it when asked."""
    from ..lint.engine import all_rules

    fixes = {rule.name: rule.fix for rule in all_rules() if rule.fix}
    refused = []
    for file in sorted({d.at.file for d in found if d.rule in fixes}):
        path = Path(file)
        if path.suffix not in (".yaml", ".yml", ".txt", ".md"):
            click.echo(f"{file}: a Word file is not changed; change it in Word.", err=True)
            continue
        before = path.read_text(encoding="utf-8").split("\n")
        after = list(before)
        for diagnostic in found:
            if diagnostic.at.file == file and diagnostic.rule in fixes:
                line = diagnostic.at.line - 1
                after[line] = fixes[diagnostic.rule](after[line])
        click.echo("\n".join(difflib.unified_diff(before, after, file, file, lineterm="")))
        if write and after != before:
            problem = write_whole(path, "\n".join(after).encode(), force=True)
            refused += [problem] if problem else []
    if not write:
        click.echo("Nothing was written; --yes writes it.", err=True)
    exit_with(refused)
