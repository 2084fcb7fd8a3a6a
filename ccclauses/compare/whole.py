"""Contents × Contents → Comparison: parts, definitions, values, coverage and money of both sides."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.annex import Entry
from ..model.comparison import (
    Comparison,
    CoverageChange,
    DefinitionChange,
    Direction,
    ValueChange,
)
from ..model.condition import comparable
from ..model.quantity import Money
from .contents import Contents, Reader
from .moves import with_moves
from .parts import Sides, compare_parts
from .wording import change_words, joined


def compare_contents(before: Contents, after: Contents, *, names: tuple[str, str], exact: bool = False) -> Comparison:
    """What changed from one side to the other. `exact` counts whitespace, quotation marks, dashes and numbers too."""
    old, new = Reader({} if exact else after.references, exact), Reader({}, exact)
    values = value_changes(before.values, after.values)
    sides = Sides(old, new, {v.parameter: v for v in values}, before.names, after.names)
    kinds = ("front", "clause", "schedule")
    found = {kind: compare_parts(before.of_kind(kind), after.of_kind(kind), sides) for kind in kinds}
    parts = iter(with_moves([part for kind in kinds for part in found[kind]]))
    settled = {kind: tuple(next(parts) for _ in found[kind]) for kind in kinds}
    return Comparison(
        before=names[0],
        after=names[1],
        clauses=settled["clause"],
        schedules=settled["schedule"],
        front=settled["front"],
        definitions=_definitions(before, after, old, new),
        values=values,
        coverage=_coverage(before.coverage, after.coverage),
        exposure_before=before.exposure,
        exposure_after=after.exposure,
    )


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
                direction=direction(old, new) if old and new else "different",
            )
        )
    return tuple(changes)


def direction(old: Entry, new: Entry) -> Direction:
    """Whether the new value protects the client more, less, or in a way that the library doesn't rank."""
    stricter = new.stricter if new.stricter != "none" else old.stricter
    if stricter == "none" or type(old.value) is not type(new.value) or isinstance(new.value, (str, tuple, bool)):
        return "different"
    if isinstance(old.value, Money) and isinstance(new.value, Money) and old.value.currency != new.value.currency:
        return "different"
    one, other = comparable(old.value), comparable(new.value)
    if one == other:
        return "different"
    fell = other < one  # type: ignore[operator]
    return "stricter" if fell == (stricter == "lower") else "looser"


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


def _coverage(
    before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]
) -> tuple[CoverageChange, ...]:
    return tuple(
        CoverageChange(framework=framework, ref=ref, duty=duty, kind=kind)  # type: ignore[arg-type]
        for kind, rows, others in (("lost", before, after), ("gained", after, before))
        for (framework, ref), duty in rows.items()
        if (framework, ref) not in others
    )
