"""Annex → Contents: the parts, values and coverage by which annexes are compared.

Numbers are no part of a text here: a reference that points to the same paragraph under another number is not a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.annex import (
    Annex,
    Block,
    ClauseBlock,
    Inline,
    Paragraph,
    Reference,
    Schedule,
    Table,
    Text,
    Value,
)
from ..model.credits.credit import CreditRules
from ..model.findings.comparison import Comparison, Exposure
from ..model.words.quantity import Money
from .contents import NO_EXPOSURE, Contents, Line, Part
from .whole import compare_contents

# Schedules that repeat what the clauses say. The columns named here are said nowhere else, and the flag tells that a
# row comes or goes with a change of a clause, of a value or of the coverage.
GENERATED: dict[str, tuple[tuple[int, ...], bool]] = {
    "parameters": ((0,), True),
    "penalties": ((0, 1, 2), True),
    "calendar": ((0,), False),
    "evidence": ((1, 3), False),
    "compliance": ((0, 1), True),
}
_EXAMPLE_LEVEL = 3  # of the steps of the worked example


def compare_annexes(
    before: Annex, after: Annex, *, names: tuple[str, str] = ("before", "after"), exact: bool = False
) -> Comparison:
    """What changed from one annex to the other; see `compare_contents`."""
    return compare_contents(annex_contents(before), annex_contents(after), names=names, exact=exact)


def annex_contents(annex: Annex) -> Contents:
    """The annex in comparable form."""
    clauses = (
        Part(id=c.id, number=c.number, title=c.title, version=c.version, lines=tuple(_lines(c.blocks)))
        for c in annex.clauses
    )
    return Contents(
        parts=(*_front(annex), *clauses, *map(_schedule, annex.schedules), *_signatures(annex)),
        definitions={d.term: d.inlines for d in annex.definitions},
        values=annex.parameters,
        coverage={(r.framework, r.ref): r.duty for r in annex.coverage if r.paragraphs and not r.lacking},
        exposure=exposure(annex),
        references=_references(annex),
        names=_names(annex),
    )


def exposure(annex: Annex) -> Exposure:
    """The most that the credits of an annex can come to in a month and in a year of twelve like months."""
    return exposure_of(annex.credit_rules)


def exposure_of(rules: CreditRules | None) -> Exposure:
    """The same for the rules that hold for every credit of an annex."""
    if rules is None or rules.monthly_charges is None:
        return NO_EXPOSURE
    charges = rules.monthly_charges.amount
    table = rules.table(charges)
    month, year = table.month + table.month_notice, table.year + table.year_notice
    return Exposure(month=Money(month, rules.currency), year=Money(min(year, month * 12), rules.currency))


def _front(annex: Annex) -> Iterator[Part]:
    facts = (
        annex.title,
        f"Reference {annex.reference}",
        f"Version {annex.version}",
        f"Date {annex.date.isoformat()}",
        f"Status {annex.status}",
        f"Classification {annex.classification}",
        f"Agreement {annex.agreement}",
        *(
            f"{who} " + ", ".join(" ".join(x.split()) for x in (p.name, p.registration, p.address) if x)
            for who, p in (("Client", annex.client), ("Provider", annex.provider))
        ),
    )
    lines = tuple(Line(inlines=(Text(fact),)) for fact in facts)
    yield Part(id="front:title", title="Title page", kind="front", lines=lines)
    heading = annex.headings.get("how-to-read", "How to read")
    yield Part(id="front:how-to-read", title=heading, kind="front", lines=tuple(_lines(annex.preliminaries)))
    heading = annex.headings.get("key-terms", "Key terms")
    rows = _rows(annex.key_terms, None)
    # Values chosen by the parties are in clauses too; the law, the charges and the term are here alone.
    lines = tuple(_repeating(line) if any(isinstance(i, Value) for i in line.inlines) else line for line in rows)
    # What follows the deal is said in the paragraphs that it names.
    lines += tuple(map(_repeating, _lines(annex.key_values)))
    yield Part(id="front:key-terms", title=heading, kind="front", lines=lines)


def _signatures(annex: Annex) -> Iterator[Part]:
    if annex.signatures:
        sides = (("Client", annex.client), ("Provider", annex.provider))
        lines = tuple(
            Line(inlines=(Text(f"{who}: {name}, {capacity}"),)) for who, p in sides for name, capacity in p.signatories
        )
        yield Part(
            id="front:signatures", title=annex.headings.get("signatures", "Signatures"), kind="front", lines=lines
        )


def _schedule(schedule: Schedule) -> Part:
    lines: list[Line] = []
    generated = GENERATED.get(schedule.id)
    for block in schedule.blocks:
        if isinstance(block, Table):
            lines += _rows(block, generated)
            continue
        line = _paragraph(block)
        example = schedule.id == "penalties" and block.level == _EXAMPLE_LEVEL
        lines.append(_repeating(line) if example else line)
    return Part(
        id=f"schedule:{schedule.id}",
        number=schedule.number,
        title=schedule.title,
        kind="schedule",
        lines=tuple(lines),
    )


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield from _rows(block, None)


def _paragraph(paragraph: Paragraph) -> Line:
    return Line(number=paragraph.full_number, inlines=paragraph.inlines)


def _repeating(line: Line) -> Line:
    return Line(number=line.number, inlines=line.inlines, core="", told=True)


def _rows(table: Table, generated: tuple[tuple[int, ...], bool] | None) -> Iterator[Line]:
    """The rows of a table; `generated` is for one that repeats what clauses say."""
    own_columns, told = generated or ((), False)
    if any(table.header):
        header = " | ".join(table.header)
        yield Line(inlines=(Text(header),), core=header if generated else None, told=generated is not None)
    for row in table.rows:
        inlines: list[Inline] = []
        for index, cell in enumerate(row):
            inlines += [*([Text(" | ")] if index else []), *cell.inlines]
        core = " | ".join(row[c].text for c in own_columns if c < len(row)) if generated else None
        yield Line(inlines=tuple(inlines), core=core, told=told)


def _references(annex: Annex) -> dict[str, Reference]:
    """How the annex refers to each of its targets: with a noun where any of its references has one."""
    found: dict[str, Reference] = {}
    for inlines in _inlines(annex):
        for inline in inlines:
            if isinstance(inline, Reference):
                known = found.get(inline.target)
                if known is None or (inline.noun and not known.noun):
                    found[inline.target] = inline
    return found


def _inlines(annex: Annex) -> Iterator[tuple[Inline, ...]]:
    yield from (d.inlines for d in annex.definitions)
    sections: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    for blocks in (annex.preliminaries, (annex.key_terms, *annex.key_values), *(s.blocks for s in sections)):
        for block in blocks:
            if isinstance(block, Paragraph):
                yield block.inlines
            else:
                yield from (cell.inlines for row in block.rows for cell in row)


def _names(annex: Annex) -> dict[str, str]:
    """What each target is, by number and heading."""
    names: dict[str, str] = {}
    sections: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    for section in sections:
        number = section.number.rstrip(".")
        names[section.anchor] = f"{number} {section.title}".strip()
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.anchor:
                names[block.anchor] = f"{block.full_number} ({section.title})"
    return names
