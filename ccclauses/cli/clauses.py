"""`ccclauses clauses`: the clauses of the library, found by words."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from .common import FINDINGS, FINE, format_option, print_json
from .library import library_option, read_library


@click.command()
@click.argument("words", nargs=-1)
@library_option
@format_option
def clauses(words: tuple[str, ...], library: tuple[Path, ...], fmt: str) -> None:
    """List the clauses that hold all the WORDS in their title, topic, purpose or text; all of them without words.

    \b
    ccclauses clauses
    ccclauses clauses secure erasure
    ccclauses clauses leaver --format json
    """
    from ..catalogue import find_clauses
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
    for clause in found:
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
    click.echo("`ccclauses show CLAUSE` shows one with its wordings, values and notes.")
