"""Which requirement of a framework a recovered annex answers where, and the notes on what it words otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...compose.numbers.anchors import paragraph_anchor
from ...load.library.paragraphs import labels_of
from ...model.annex import ClauseBlock, CoverageRow
from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.condition import Test, holds
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
                lacking=(
                    *_of_another_form(source, clauses, framework.id, reference.ref),
                    *_left_out(source, clauses, framework.id, reference.ref, named),
                ),
            )


def _left_out(
    source: Source, clauses: tuple[ClauseBlock, ...], framework: str, ref: str, named: set[str]
) -> Iterator[str]:
    """The cited clauses that the file has not, and that its frameworks and clauses call for whatever the facts, of which it tells none."""
    held = {clause.id for clause in source.known_clauses(clauses)}

    def is_certain(test: Test) -> bool:
        known = {"framework": named, "clause": held}.get(test.kind)
        return test.name in known if known is not None else test.negated

    for clause in source.library.clauses.values():
        if clause.id not in held and clause.maps_to.get(framework, {}).get(ref):
            if not clause.applies_when.parts or holds(clause.applies_when, is_certain):
                yield f"the clause on {clause.title} is left out"


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
