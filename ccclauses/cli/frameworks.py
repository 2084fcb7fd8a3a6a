"""`ccclauses frameworks`: the laws and standards that a profile may switch on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .common import FINDINGS, FINE, format_option, print_json
from .library import library_option, read_library, today

if TYPE_CHECKING:
    from ..model.library.library import Framework, Library


@click.command()
@click.argument("framework", required=False)
@click.option(
    "--stale",
    type=click.IntRange(0, 600),
    metavar="MONTHS",
    help="List what was last checked longer ago than this, or never.",
)
@library_option
@format_option
def frameworks(framework: str | None, stale: int | None, library: tuple[Path, ...], fmt: str) -> None:
    """List the frameworks, or the references of one, each with how its source was checked.

    \b
    ccclauses frameworks
    ccclauses frameworks gdpr
    ccclauses frameworks dora --format json
    ccclauses frameworks --stale 12

    With --stale the exit status is 1 where something is to be checked again, else 0.
    """
    from ..model.diagnostic import nearest

    shipped = read_library(library)
    known = shipped.frameworks
    if framework and framework not in known:
        raise click.UsageError(
            f"unknown framework `{framework}`; {nearest(framework, known) or 'there are ' + ', '.join(known)}"
        )
    chosen = [known[framework]] if framework else list(known.values())
    if stale is not None:
        _say_stale(chosen, None if framework else shipped, stale, fmt)
    if fmt == "json":
        print_json(
            {
                "frameworks": [
                    {
                        "id": f.id,
                        "title": f.title,
                        "short": f.short,
                        "jurisdiction": f.jurisdiction,
                        "note": f.note,
                        "source": f.source,
                        "references": [
                            {
                                "ref": r.ref,
                                "id": r.id,
                                "kind": r.kind,
                                "duty": r.duty,
                                "deadline": r.deadline,
                                "topics": list(r.topics),
                                "checked": r.checked,
                                "checked_on": _day(f.checked(r)),
                            }
                            for r in f.references.values()
                        ],
                    }
                    for f in chosen
                ]
            }
        )
        raise SystemExit(FINE)
    for f in chosen:
        counts: Counter[str] = Counter(r.checked for r in f.references.values())
        checked = ", ".join(f"{counts[c]} {words}" for c, words in _CHECKED.items() if counts[c])
        click.echo(f"{f.id}: {f.title} ({f.jurisdiction})")
        click.echo(f"    {len(f.references)} references: {checked}")
        if f.source or f.checked_on:
            click.echo(f"    source: {f.source or 'not named'}; last checked {_day(f.checked_on) or 'on no known day'}")
        if framework:
            click.echo(click.wrap_text(f.note, 100, "    ", "    ", preserve_paragraphs=False))
            for r in f.references.values():
                deadline = f" [{r.deadline}]" if r.deadline else ""
                click.echo(f"  {r.ref} ({r.kind.replace('_', ' ')}, {_ROW[r.checked]}): {r.duty}{deadline}")
    raise SystemExit(FINE)


def _say_stale(chosen: Sequence[Framework], library: Library | None, months: int, fmt: str) -> NoReturn:
    """What was checked before the day so many months ago, or of which nobody knows when.

    Requirements of frameworks and, with a library, what it says of its laws and the rules over values that rest on a law.
    """
    from ..common.workdays import add_months

    before = add_months(today(), -months)
    rows = [(f, r, f.checked(r)) for f in chosen for r in f.references.values()]
    old = [(f, r, day) for f, r, day in rows if day is None or day < before]
    laws = list(library.laws.values()) if library else []
    # A rule that holds a requirement was held against its source together with it.
    with_row = {name: day for _, r, day in rows for name in r.rules if day}
    every = library.constraints if library else ()
    rules = [replace(c, checked_on=c.checked_on or with_row.get(c.id)) for c in every if c.of_law]
    old_laws = [d for d in laws if not d.checked_on or d.checked_on < before]
    old_rules = [d for d in rules if not d.checked_on or d.checked_on < before]
    found = FINDINGS if old or old_laws or old_rules else FINE
    if fmt == "json":
        print_json(
            {
                "before": before.isoformat(),
                "stale": [
                    {"framework": f.id, "ref": r.ref, "source": f.source, "checked": r.checked, "checked_on": _day(day)}
                    for f, r, day in old
                ],
                "laws": [{"law": d.id, "source": d.source, "checked_on": _day(d.checked_on)} for d in old_laws],
                "rules": [{"rule": d.id, "source": d.source, "checked_on": _day(d.checked_on)} for d in old_rules],
            }
        )
        raise SystemExit(found)
    for f in chosen:
        of = [(r, day) for g, r, day in old if g is f]
        if of:
            click.echo(f"{f.id}: {len(of)} of {len(f.references)} requirements; source: {f.source or 'not named'}")
        for r, day in of:
            click.echo(f"  {r.ref}: {f'last checked {day}, ' if day else ''}{_ROW[r.checked]}")
    for title, group in (("governing laws", old_laws), ("rules over values", old_rules)):
        if group:
            click.echo(f"{title}:")
        for d in group:
            click.echo(f"  {d.id}: {_last(d.checked_on)}; source: {' '.join(d.source.split()) or 'not named'}")
    click.echo(f"{len(old)} of {len(rows)} requirements were last checked before {before}, or never.")
    if library:
        click.echo(
            f"So were {len(old_laws)} of {len(laws)} governing laws and {len(old_rules)} of {len(rules)} rules that rest on a law."
        )
    raise SystemExit(found)


def _last(day: date | None) -> str:
    return f"last checked {day}" if day else "no day of a check is known"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_CHECKED = {
    "primary": "seen in the text of the law or standard",
    "secondary": "seen in a reliable summary",
    "unchecked": "not checked against a source",
}
_ROW = {"primary": "text seen", "secondary": "summary seen", "unchecked": "not checked"}
