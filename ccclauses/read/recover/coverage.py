"""Which requirement of a framework a recovered annex answers where, and the notes on what it words otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...compose.anchors import paragraph_anchor
from ...load.paragraphs import labels_of
from ...model.annex import ClauseBlock, CoverageRow
from ...model.clause import Clause
from ...model.diagnostic import Severity
from ..standing import Standing
from .source import Source


def coverage_of(source: Source, clauses: tuple[ClauseBlock, ...], printed: str) -> Iterator[CoverageRow]:
    # "UK GDPR" names the GDPR too only where both stand.
    named = set()
    for framework in sorted(source.library.frameworks.values(), key=lambda f: -len(f.short)):
        rest = re.sub(rf"(?<!\w){re.escape(framework.short)}(?!\w)", "", printed)
        if rest != printed:
            named.add(framework.id)
        printed = rest
    for framework in (f for f in source.library.frameworks.values() if f.id in named):
        for reference in framework.references.values():
            found = [
                source.anchors[anchor]
                for clause in source.known_clauses(clauses)
                for label in clause.maps_to.get(framework.id, {}).get(reference.ref, ())
                if (anchor := paragraph_anchor(clause.id, label)) in source.anchors
            ]
            yield CoverageRow(
                framework=framework.id,
                ref=reference.ref,
                kind=reference.kind,
                duty=reference.duty,
                checked=reference.checked,
                paragraphs=tuple(found),
                evidence="",
                topics=reference.topics,
                lacking=tuple(_of_another_form(source, clauses, framework.id, reference.ref)),
            )


def _of_another_form(source: Source, clauses: tuple[ClauseBlock, ...], framework: str, ref: str) -> Iterator[str]:
    """The cited paragraphs of the file's clauses that only the wording of another form has."""
    for clause in source.known_clauses(clauses):
        for label in clause.maps_to.get(framework, {}).get(ref, ()):
            if label in labels_of(clause) and label not in labels_of(clause, source.form):
                yield _without(clause, label)


def _without(clause: Clause, label: str) -> str:
    return f"“{clause.title}” without its paragraph on {label.replace('-', ' ')}"


def as_it_stands(source: Source, row: CoverageRow, standing: Standing) -> CoverageRow:
    """A row less the paragraphs that are missing of the library's wording; the requirement lacks each of them."""
    missing = {
        anchor: _without(clause, label)
        for clause in source.library.clauses.values()
        for label in clause.maps_to.get(row.framework, {}).get(row.ref, ())
        if (anchor := paragraph_anchor(clause.id, label)) in standing.gone
    }
    return replace(
        row,
        paragraphs=tuple(p for p in row.paragraphs if p.target not in missing),
        lacking=(*row.lacking, *missing.values()),
    )


def tell(source: Source, standing: Standing) -> None:
    for rule, message, places in (
        ("other-wording", "not worded as the library words it", standing.reworded),
        ("missing-wording", "missing of the library's wording", standing.missing),
        ("added-wording", "not in the library's wording", standing.added),
    ):
        if places:
            source.note(rule, f"{message}: {'; '.join(places)}", Severity.WARNING)
