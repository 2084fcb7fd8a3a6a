"""Contents × Contents → Comparison: parts, definitions, values, coverage and money of both sides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from ..model.annex import Entry
from ..model.findings.comparison import ClauseChange, Comparison, CoverageChange, DefinitionChange, ValueChange
from .contents import NO_EXPOSURE, Contents, Reader
from .moves import with_moves
from .parts import Sides, compare_parts
from .recovered import direction
from .wording import change_words, joined


def compare_contents(
    before: Contents,
    after: Contents,
    *,
    names: tuple[str, str],
    exact: bool = False,
    formerly: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Comparison:
    """What changed from one side to the other. `exact` counts whitespace, quotation marks, dashes and numbers too.

    `formerly` gives for parts the earlier ones that they took over: these face them as one.
    """
    framed = before.values is not None and after.values is not None
    old, new = Reader({} if exact else after.references, exact, framed), Reader({}, exact, framed)
    values = value_changes(before.values or {}, after.values or {}) if framed else ()
    entries = None if framed else before.values or after.values or {}
    sides = Sides(old, new, {v.parameter: v for v in values}, entries, before.names, after.names, formerly)
    kinds = ("front", "clause", "schedule")
    found = {kind: compare_parts(before.of_kind(kind), after.of_kind(kind), sides) for kind in kinds}
    parts = iter(with_moves([part for kind in kinds for part in found[kind]]))
    settled = {kind: tuple(next(parts) for _ in found[kind]) for kind in kinds}
    # What one side alone can tell is not a difference.
    exposure_before, exposure_after = before.exposure or after.exposure, after.exposure or before.exposure
    return Comparison(
        before=names[0],
        after=names[1],
        clauses=settled["clause"],
        schedules=settled["schedule"],
        front=settled["front"],
        definitions=_definitions(before, after, old, new),
        values=values if framed else _found_values(settled["clause"]),
        coverage=_coverage(before.coverage, after.coverage),
        exposure_before=exposure_before or NO_EXPOSURE,
        exposure_after=exposure_after or NO_EXPOSURE,
    )


def _found_values(parts: tuple[ClauseChange, ...]) -> tuple[ValueChange, ...]:
    """The values that were found changed in the words of clauses, each once."""
    return tuple(dict.fromkeys(value for part in parts for p in part.paragraphs for value in p.values))


def value_changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> tuple[ValueChange, ...]:
    """The parameters whose printed values differ, in the order of the new side, then those that are gone."""
    changes = []
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        entry = new or old
        if entry is None or (old and new and old.text == new.text):
            continue
        changes.append(
            ValueChange(
                parameter=name,
                label=entry.label,
                clause=entry.clause,
                before=old.text if old else "",
                after=new.text if new else "",
                direction=direction(old, new.value, new.stricter) if old and new else "different",
            )
        )
    return tuple(changes)


def _definitions(before: Contents, after: Contents, old: Reader, new: Reader) -> tuple[DefinitionChange, ...]:
    left = {term: old.text(inlines) for term, inlines in before.definitions.items()}
    right = {term: new.text(inlines) for term, inlines in after.definitions.items()}
    return tuple(
        DefinitionChange(
            term=term,
            kind="added" if term not in left else "removed" if term not in right else "reworded",
            before=left.get(term, ""),
            after=right.get(term, ""),
            words=tuple(joined(change_words(left.get(term, ""), right.get(term, "")))),
        )
        for term in sorted({*left, *right}, key=lambda t: (t.casefold(), t))
        if left.get(term) != right.get(term)
    )


Coverage = Mapping[tuple[str, str], str]


def _coverage(before: Coverage | None, after: Coverage | None) -> tuple[CoverageChange, ...]:
    if before is None or after is None:
        return ()
    sides: tuple[tuple[Literal["lost", "gained"], Coverage, Coverage], ...] = (
        ("lost", before, after),
        ("gained", after, before),
    )
    return tuple(
        CoverageChange(framework=framework, ref=ref, duty=duty, kind=kind)
        for kind, rows, others in sides
        for (framework, ref), duty in rows.items()
        if (framework, ref) not in others
    )
