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

from ccclauses.common.resources import library_folder  # noqa: E402
from ccclauses.derive.catalogue import bounds, find_settings  # noqa: E402
from ccclauses.load.document.json_schema import json_schema  # noqa: E402
from ccclauses.load.library.library import load_library  # noqa: E402
from ccclauses.model.library.clause import Clause
from ccclauses.model.library.library import Library
from ccclauses.resolve.judge import said  # noqa: E402

SCHEMA = ROOT / "examples" / "profile.schema.json"
PAGE = ROOT / "docs" / "reference" / "clauses.md"
SETTINGS_PAGE = ROOT / "docs" / "reference" / "settings.md"
SETTINGS_HEAD = """\
# The settings

The values that a profile may set under `settings`, by subject, written out of the library by `python tools/reference.py`.
`ccclauses settings WORDS` finds them; `ccclauses explain deal.yaml --set NAME=VALUE` shows what a value changes in a deal.
"""
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
        yield f"- Can't be combined with: {_links(clause.conflicts)}"
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
            row = (f"`{parameter.name}`", parameter.label, *values, bounds(parameter))
            yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _links(names: tuple[str, ...]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def settings_page(library: Library) -> str:
    """The page of all values that a profile may set, by subject."""
    lines = [SETTINGS_HEAD]
    subject = ""
    for info in find_settings(library):
        if info.subject != subject:
            subject = info.subject
            lines += ["", f"## {subject}", ""]
            lines.append(
                f"| setting | what it is | may be | {' | '.join(library.postures)} | printed in | what it costs the provider |"
            )
            lines.append(f"| --- | --- | --- |{' --- |' * len(library.postures)} --- | --- |")
        values = dict(info.values)
        costs = "; ".join(filter(None, (info.direction, f"failing it costs {info.cost}" if info.cost else "")))
        row = (f"`{info.name}`", info.label, info.bounds, *(values.get(p, "") for p in library.postures),
               f"[`{info.clause}`](clauses.md#{info.clause})", costs)  # fmt: skip
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |")
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    shipped = load_library(library_folder())[0]
    SETTINGS_PAGE.write_text(settings_page(shipped), encoding="utf-8")
    PAGE.write_text(catalogue(shipped), encoding="utf-8")
    SCHEMA.write_text(
        json.dumps(json_schema("profile", shipped), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
