"""`ccclauses clauses`: the clauses of the library, found by words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from .common import FINDINGS, FINE, format_option, print_json
from .library import library_option, read_library

_MOST = 8  # that are shown with their purpose


@click.command()
@click.argument("words", nargs=-1)
@library_option
@format_option
def clauses(words: tuple[str, ...], library: tuple[Path, ...], fmt: str) -> None:
    """List the clauses that hold all the WORDS, the nearest first, or all of them.

    \b
    ccclauses clauses
    ccclauses clauses secure erasure
    ccclauses clauses leaver --format json
    """
    from ..derive.catalogue import find_clauses
    from ..model.diagnostic import nearest

    known = read_library(library)
    found = find_clauses(known, " ".join(words))
    if fmt == "json":
        rows = [
            {
                "id": c.id,
                "version": c.version,
                "changes": [asdict(change) for change in c.changes],
                "title": c.title,
                "topic": c.topic,
                "purpose": c.purpose,
            }
            for c in found
        ]
        print_json({"clauses": rows})
        raise SystemExit(FINE if found else FINDINGS)
    group = ""
    shown = found if not words else found[:_MOST]
    for clause in shown:
        heading = known.groups[known.topics[clause.topic].group]
        if heading != group and not words:
            click.echo(heading)
        group = heading
        click.echo(f"  {clause.id}: {clause.title}")
        click.echo(f"      {clause.purpose}")
    if not found:
        names = {w.lower() for c in known.clauses.values() for w in (c.id, *c.title.split())}
        hints = list(dict.fromkeys(filter(None, (nearest(word, names) for word in words))))
        click.echo(f"No clause holds {' and '.join(f'`{w}`' for w in words)}. {' '.join(hints)}".strip(), err=True)
        raise SystemExit(FINDINGS)
    if rest := found[len(shown) :]:
        click.echo(f"  less near: {', '.join(c.id for c in rest)}")
    click.echo("`ccclauses show CLAUSE` shows one with its wordings, values and notes.")
