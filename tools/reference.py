"""Writes the catalogue of clauses and the examples' JSON Schema out of the library: `python tools/reference.py`.

A test says when to.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ccclauses.load.json_schema import json_schema  # noqa: E402
from ccclauses.load.library import load_library  # noqa: E402
from ccclauses.model.clause import Clause, Library, Parameter  # noqa: E402
from ccclauses.resolve.judge import said  # noqa: E402
from ccclauses.resources import library_folder  # noqa: E402

SCHEMA = ROOT / "examples" / "profile.schema.json"
PAGE = ROOT / "docs" / "reference" / "clauses.md"
HEAD = """\
# The clauses

The shipped library, written out of its files by `python tools/reference.py`. `ccclauses show CLAUSE` shows one with its wordings,
its fallback ladder and the negotiator's notes, which are internal and never printed in an annex.

Nothing that is shipped is legal advice, and no lawyer has reviewed it: have your own review what you sign.
"""


def catalogue(library: Library) -> str:
    """The whole page."""
    return "\n".join(
        (HEAD, *_contents(library), *(line for c in library.clauses.values() for line in _clause(c, library)), "")
    )


def _contents(library: Library) -> Iterator[str]:
    yield "| clause | what it is for |"
    yield "| --- | --- |"
    for clause in library.clauses.values():
        yield f"| [`{clause.id}`](#{clause.id}) | {clause.purpose} |"


def _clause(clause: Clause, library: Library) -> Iterator[str]:
    topic = library.topics[clause.topic]
    yield ""
    yield f"## {clause.id}"
    yield ""
    yield f"**{clause.title}** · {library.groups[topic.group]} · version {clause.version}"
    yield ""
    yield clause.purpose
    if clause.summary:
        yield ""
        yield " ".join(clause.summary.split())
    yield ""
    yield f"- In an annex: {f'when {clause.applies_when}' if clause.applies_when.parts else 'always'}"
    if clause.requires:
        yield f"- Requires: {_links(clause.requires)}"
    if clause.conflicts:
        yield f"- Can't stand beside: {_links(clause.conflicts)}"
    for framework, references in clause.maps_to.items():
        yield f"- {library.frameworks[framework].short}: {'; '.join(references)}"
    for change in clause.changes:
        yield f"- {str(change)[:1].upper()}{str(change)[1:]}"
    if clause.parameters:
        yield ""
        yield f"| parameter | what it is | {' | '.join(library.postures)} | may be |"
        yield f"| --- | --- |{' --- |' * len(library.postures)} --- |"
        for parameter in clause.parameters.values():
            values = (said(parameter.values[p]) if p in parameter.values else "" for p in library.postures)
            row = (f"`{parameter.name}`", parameter.label, *values, _bounds(parameter))
            yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _links(names: tuple[str, ...]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def _bounds(parameter: Parameter) -> str:
    if parameter.choices:
        return ", ".join(parameter.choices)
    if parameter.minimum is not None and parameter.maximum is not None:
        unit = f" {parameter.unit}" if parameter.unit else ""
        return f"{said(parameter.minimum)} to {said(parameter.maximum)}{unit}"
    return parameter.type


if __name__ == "__main__":
    shipped = load_library(library_folder())[0]
    PAGE.write_text(catalogue(shipped), encoding="utf-8")
    SCHEMA.write_text(
        json.dumps(json_schema("profile", shipped), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
