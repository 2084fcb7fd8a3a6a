"""Judged sections → the same, where key terms and schedules that repeat a clause's value are reported as its repetition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model.annex import Annex, Paragraph
from ...model.annex import Value as PrintedValue
from ...model.findings.review import Finding, QuantityChange, SectionReview
from .quantities import standing_alone

Changes = Sequence[tuple[QuantityChange, Finding]]  # what clauses change, each with the finding that tells it


def with_repetitions(sections: Sequence[SectionReview], annex: Annex) -> tuple[SectionReview, ...]:
    """A repeated value bears the name and the judgement of its clause's; one that its clause doesn't follow breaks it."""
    changes = [
        (v, f)
        for s in sections
        if s.kind == "clause"
        for f in s.findings
        if f.judgement
        for v in f.values
        if v.parameter
    ]
    printed = set(_printed(annex))

    def repeated(finding: Finding) -> Finding:
        return _contradicting(_inheriting(finding, changes), changes, annex, printed)

    return tuple(s if s.kind == "clause" else replace(s, findings=tuple(map(repeated, s.findings))) for s in sections)


def _inheriting(finding: Finding, changes: Changes) -> Finding:
    """The finding named and judged as the one change of a clause that explains all of it."""
    if finding.kind != "reworded" or not finding.judgement or any(v.parameter for v in finding.values):
        return finding
    explaining = {
        v.parameter: (v, f)
        for v, f in changes
        if v.before and v.before in finding.before and _with_change(finding.before, v) == finding.after
    }
    if len(explaining) != 1:
        return finding
    ((value, clause),) = explaining.values()
    assert clause.judgement
    reason = f"repeats {clause.number or value.label}: {clause.judgement.reason}"
    return replace(finding, values=(value,), judgement=replace(clause.judgement, reason=reason))


def _with_change(text: str, value: QuantityChange) -> str:
    return standing_alone(value.before).sub(lambda _: value.after, text)


def _contradicting(finding: Finding, changes: Changes, annex: Annex, printed: set[str]) -> Finding:
    """The finding with what it breaks where it changes a value that its clause still states as it was sent."""
    changed = {v.parameter for v, _ in changes}
    told = tuple(
        f"{v.label}: the clause still says {annex.parameters[v.parameter].text}"
        for v in finding.values
        if v.parameter in printed and v.parameter in annex.parameters and v.parameter not in changed
    )
    if not told or not finding.judgement:
        return finding
    return replace(finding, judgement=replace(finding.judgement, breaks=(*finding.judgement.breaks, *told)))


def _printed(annex: Annex) -> Iterator[str]:
    """The parameters that the paragraphs of clauses print."""
    blocks = (b for c in annex.clauses for b in c.blocks if isinstance(b, Paragraph))
    return (i.parameter for b in blocks for i in b.inlines if isinstance(i, PrintedValue))
