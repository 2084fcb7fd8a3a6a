"""Values in the words of a finding: what is printed there, what a change made of it, which labels name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from ...compare.contents import tidy_text
from ...model.annex import Annex, Cell, Paragraph, Reference, Table
from ...model.annex import Value as PrintedValue
from ...model.findings.review import QuantityChange, QuantityKind, Review, SectionReview
from ...model.library.clause import Parameter, Value
from ...model.words.words import NUMBER_WORD
from ...read.units import pattern_of
from ..find.quantities import standing_alone

_NUMBER = (
    rf"(?:\d[\d.,]*\d|\d|{NUMBER_WORD})"
    r"(?:\([a-z0-9]{1,4}\))*"
)
_MASKED = re.compile(rf"\b{_NUMBER}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that a finding changes; `value` is None when it could not be read."""

    parameter: Parameter
    before: str
    after: str
    value: Value | None


def points_to(text: Paragraph | Cell, anchors: Set[str]) -> bool:
    return any(isinstance(i, Reference) and i.target in anchors for i in text.inlines)


def paragraphs_of(annex: Annex) -> dict[str, dict[str, Paragraph]]:
    """For each section its paragraphs by their tidy text; definitions as they are printed, in every section that holds some."""
    out: dict[str, dict[str, Paragraph]] = {}
    for clause in annex.clauses:
        out[clause.id] = {tidy_text(b.text): b for b in clause.blocks if isinstance(b, Paragraph)}
    for schedule in annex.schedules:
        out[f"schedule:{schedule.id}"] = {tidy_text(b.text): b for b in schedule.blocks if isinstance(b, Paragraph)}
    return out


def values_in(paragraph: Paragraph, text: str, *, references: bool = False) -> list[tuple[PrintedValue, str]] | None:
    """The printed values of a paragraph with what is in their place in `text`; None where other words differ.

    With `references` their numbers may differ too, where they are counted in another annex.
    """
    match = pattern_of(paragraph.inlines, references=references).fullmatch(text)
    slots = (i for i in paragraph.inlines if isinstance(i, PrintedValue) or (references and isinstance(i, Reference)))
    found = zip(slots, match.groups()) if match else ()
    return [(i, said) for i, said in found if isinstance(i, PrintedValue)] if match else None


def holds(text: str, quantity: str) -> bool:
    return not quantity or bool(standing_alone(quantity).search(text))


def mask_values(text: str) -> str:
    return _MASKED.sub("#", tidy_text(text)).casefold()


def without_place(cell: str) -> str:
    """A value of the key terms without the clause that is named behind it in brackets."""
    text, bracket, rest = cell.rpartition(" (")
    return text if bracket and any(noun in rest for noun in ("clause", "Clause", "Section", "§", "Article")) else cell


def named_values(values: tuple[QuantityChange, ...], changed: Iterable[Changed]) -> tuple[QuantityChange, ...]:
    """The values with those that the library knows under its names, each once."""
    known = [
        QuantityChange(
            kind=_KINDS.get(c.parameter.type, "choice"),
            before=c.before,
            after=c.after,
            parameter=c.parameter.name,
            label=c.parameter.label,
        )
        for c in changed
    ]
    rest = [v for v in values if not any(holds(k.before, v.before) and holds(k.after, v.after) for k in known)]
    return (*known, *rest)


_KINDS: Mapping[str, QuantityKind] = {
    "money": "money",
    "percentage": "percentage",
    "duration": "period",
    "date": "date",
    "integer": "number",
    "decimal": "number",
}


def told_once(review: Review, annex: Annex) -> Iterator[str]:
    """Values that were changed in a clause and not in the key terms or the schedule that repeat them, or the other way round."""
    clauses = _by_parameter(s for s in review.sections if s.kind == "clause")
    listed = tuple(b for s in annex.schedules if s.id == "parameters" for b in s.blocks)  # in earlier annexes
    for place, blocks, sections in (
        ("the schedule of values", listed, (s for s in review.sections if s.id == "schedule:parameters")),
        ("the key terms", (annex.key_terms, *annex.key_values), (s for s in review.sections if s.kind == "front")),
    ):
        labels = {tidy_text(r[0].text) for b in blocks if isinstance(b, Table) for r in b.rows}
        repeats = {name for name, entry in annex.parameters.items() if tidy_text(entry.label) in labels}
        repeated = _by_parameter(sections)
        for name, change in {**repeated, **clauses}.items():
            if name not in repeats:
                continue
            where, elsewhere = ("the clause", place) if name in clauses else (place, "the clause")
            other = (repeated if name in clauses else clauses).get(name)
            if other is None or not _same(other.after, change.after):
                says = other.after if other else change.before
                yield f"{change.label}: {where} now says {change.after}, {elsewhere} {says}"


def _same(one: str, other: str) -> bool:
    """Whether two texts of a value say the same, or one adds of what it is: "12%" and "12% of the Annual Charges"."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _by_parameter(sections: Iterable[SectionReview]) -> Mapping[str, QuantityChange]:
    return {v.parameter: v for s in sections for f in s.findings for v in f.values if v.parameter}
