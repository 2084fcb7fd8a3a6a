"""An annex whose clauses, schedules, paragraphs and references are counted anew, as Word will count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...compose.numbers.anchors import paragraph_anchor
from ...compose.numbers.numbering import Counter
from ...model.annex import Annex, Block, Cell, ClauseBlock, CoverageRow, Inline, Paragraph, Reference, Schedule, Table
from ...model.obligation import Obligation


def renumbered(annex: Annex) -> Annex:
    """The annex with its numbers and references settled; a reference to nothing keeps what it printed.

    One whose law is not known has no way of counting, and stays as it is.
    """
    if not annex.numbering.clause:
        return annex
    clauses, schedules = _clauses(annex), _schedules(annex)
    numbers = anchors_of(replace(annex, clauses=clauses, schedules=schedules))
    settle = _Settler(numbers)
    return replace(
        annex,
        preliminaries=settle.blocks(annex.preliminaries),
        key_terms=settle.table(annex.key_terms),
        key_values=settle.blocks(annex.key_values),
        clauses=tuple(replace(c, blocks=settle.blocks(c.blocks)) for c in clauses),
        definitions=tuple(replace(d, inlines=settle.inlines(d.inlines)) for d in annex.definitions),
        schedules=tuple(replace(s, blocks=settle.blocks(s.blocks)) for s in schedules),
        coverage=tuple(settle.coverage(row) for row in annex.coverage),
    )


# The paragraphs of the shipped library that say how an annex is varied, and by when a request for a change is answered:
# a signed annex has them under the labels of its own time.
VARIATION = (("interpretation", "variation"), ("interpretation", "amendment"))
CHANGE_REQUEST = (("changes", "change-answer"), ("revision-of-annex", "request"))


def number_of(annex: Annex, places: tuple[tuple[str, str], ...]) -> str:
    """The number of the first of these paragraphs, by clause and label, that the annex has; empty if it has none."""
    numbers = anchors_of(annex)
    return next((n for place in places if (n := numbers.get(paragraph_anchor(*place), ""))), "")


def anchors_of(annex: Annex) -> dict[str, str]:
    """The number of every clause, schedule and paragraph that can be referred to, by its anchor."""
    found = {
        clause.anchor: full
        for clause, (_, full) in zip(annex.clauses, _headings(annex, Counter(annex.numbering.clause)))
    }
    counter = Counter(annex.numbering.schedule)
    found |= {s.anchor: counter.next(1)[1] for s in annex.schedules}
    owners: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    found |= {b.anchor: b.full_number for o in owners for b in o.blocks if isinstance(b, Paragraph) and b.anchor}
    return found


def renumbered_duties(duties: tuple[Obligation, ...], before: Annex, after: Annex) -> tuple[Obligation, ...]:
    """Duties that were composed with the numbers of `before`, with those of `after`."""
    anchors = {number: anchor for anchor, number in anchors_of(before).items()}
    numbers = anchors_of(after)

    def now(number: str) -> str:
        return numbers.get(anchors.get(number, ""), number)

    def own(duty: Obligation) -> str:
        clause, _, label = duty.id.partition("#")
        return numbers.get(paragraph_anchor(clause, label.partition("/")[0]), now(duty.number))

    return tuple(replace(d, number=own(d), check=now(d.check), consequence=now(d.consequence)) for d in duties)


def _clauses(annex: Annex) -> tuple[ClauseBlock, ...]:
    counter = Counter(annex.numbering.clause)
    numbers = _headings(annex, counter)  # in step with the paragraphs, which the same counter counts
    return tuple(
        replace(clause, number=number, blocks=_counted(clause.blocks, counter))
        for clause, (number, _) in zip(annex.clauses, numbers)
    )


def _headings(annex: Annex, counter: Counter) -> Iterator[tuple[str, str]]:
    """The label and the full number of each clause; one that is joined goes on under the heading before it."""
    number = ("", "")
    for clause in annex.clauses:
        if not clause.joined or not any(number):
            number = counter.next(1)
        yield number


def _schedules(annex: Annex) -> tuple[Schedule, ...]:
    out = []
    for index, schedule in enumerate(annex.schedules):
        counter = Counter(annex.numbering.schedule, from_level=2)
        counter.counts[0] = index
        number = counter.next(1)[0]
        out.append(replace(schedule, number=number, blocks=_counted(schedule.blocks, counter)))
    return tuple(out)


def _counted(blocks: tuple[Block, ...], counter: Counter) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level:
            number, full = counter.next(block.level)
            block = replace(block, number=number, full_number=full)
        out.append(block)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Settler:
    numbers: Mapping[str, str]

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines with the number that each reference now has."""
        return tuple(
            replace(i, text=self.numbers.get(i.target, i.text)) if isinstance(i, Reference) else i for i in inlines
        )

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with the numbers that their references now have; they no longer are at a line of a library."""
        return tuple(
            replace(b, inlines=self.inlines(b.inlines), at=None) if isinstance(b, Paragraph) else self.table(b)
            for b in blocks
        )

    def table(self, table: Table) -> Table:
        """The table with the numbers that its references now have."""
        rows = tuple(tuple(Cell(inlines=self.inlines(c.inlines)) for c in row) for row in table.rows)
        return replace(table, rows=rows, at=None)

    def coverage(self, row: CoverageRow) -> CoverageRow:
        """The row with the numbers of the paragraphs that still stand."""
        kept = (replace(p, text=self.numbers[p.target]) for p in row.paragraphs if p.target in self.numbers)
        return replace(row, paragraphs=tuple(kept))
