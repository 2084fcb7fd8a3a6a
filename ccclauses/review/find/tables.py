"""What happened to a table as a whole: columns that came, went or moved, and tables that are gone, new or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...compare.words import longest_increasing
from ...model.findings.review import Finding, Source
from .match import Pair
from .units import CELLS, Unit, Units

LEAST = 0.5  # share of the rows in which two columns must say the same to be one column
Key = tuple[int, int]  # a table of the one side and the table of the other that answers to it
Rows = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of two tables that answer to each other, in the order of the second; the others came or went."""

    widths: Key
    kept: tuple[tuple[int, int], ...]
    rows: tuple[tuple[int, int], ...]  # which units they were reported by

    @property
    def gone(self) -> tuple[int, ...]:
        """The columns that only the first table has."""
        return tuple(sorted(set(range(self.widths[0])) - {i for i, _ in self.kept}))

    @property
    def new(self) -> tuple[int, ...]:
        """The columns that only the second table has."""
        return tuple(sorted(set(range(self.widths[1])) - {j for _, j in self.kept}))

    @property
    def moved(self) -> tuple[tuple[int, int], ...]:
        """The columns that stand elsewhere among those that stayed."""
        steady = set(longest_increasing(sorted(self.kept)))
        return tuple(k for k in self.kept if k not in steady)

    def facing(self, old: Unit, new: Unit) -> tuple[Unit, Unit]:
        """Two rows with only the cells that answer to each other, in the same order."""
        if (len(old.cells), len(new.cells)) != self.widths:
            return old, new
        pairs = ((old, [i for i, _ in self.kept]), (new, [j for _, j in self.kept]))
        one, other = (replace(u, text=CELLS.join(u.cells[n] for n in places)) for u, places in pairs)
        return one, other


def column_changes(before: Units, after: Units, pairs: Iterable[Pair]) -> dict[Key, Columns]:
    """The tables whose columns are no longer those that they were."""
    rows: dict[Key, Rows] = {}
    for pair in pairs:
        if len(pair.a) == len(pair.b) == 1 and before.units[pair.a[0]].kind == after.units[pair.b[0]].kind == "row":
            rows.setdefault((before.units[pair.a[0]].table, after.units[pair.b[0]].table), []).append(
                (pair.a[0], pair.b[0])
            )
    found = {key: _columns(before.units, after.units, members) for key, members in rows.items() if len(members) > 1}
    return {key: c for key, c in found.items() if c.gone or c.new or c.moved}


def _columns(a: Sequence[Unit], b: Sequence[Unit], rows: Rows) -> Columns:
    widths = _width(a[i] for i, _ in rows), _width(b[j] for _, j in rows)
    whole = [(i, j) for i, j in rows if (len(a[i].cells), len(b[j].cells)) == widths]
    votes: Counter[Key] = Counter()
    for i, j in whole:
        worth = len(whole) if a[i].header and b[j].header else 1  # a column is known by its heading first
        for m, cell in enumerate(a[i].cells):
            votes.update({(m, n): worth for n, other in enumerate(b[j].cells) if cell and cell == other})
    filled_a, filled_b = _filled(a[i] for i, _ in whole), _filled(b[j] for _, j in whole)
    kept: list[Key] = []
    for (m, n), count in sorted(votes.items(), key=lambda v: (-v[1], abs(v[0][0] - v[0][1]), v[0])):
        if count >= LEAST * max(filled_a[m], filled_b[n]) and all(m != x and n != y for x, y in kept):
            kept.append((m, n))
    if widths[0] == widths[1]:  # what is left was rewritten where it is
        left = ([x for x in range(widths[0]) if x not in {k[side] for k in kept}] for side in (0, 1))
        kept += zip(*left)
    return Columns(widths, tuple(sorted(kept, key=lambda k: k[1])), tuple(rows))


def _filled(rows: Iterable[Unit]) -> Counter[int]:
    """In how many rows each column holds anything."""
    return Counter(n for row in rows for n, cell in enumerate(row.cells) if cell)


def _width(rows: Iterable[Unit]) -> int:
    return Counter(len(u.cells) for u in rows).most_common(1)[0][0]


def column_findings(columns: Columns, before: Units, after: Units, source: Source, section: str) -> Iterator[Finding]:
    """Each column that came, went or moved as one finding; what it is answered by are all rows of both tables."""
    faces = ((tuple(i for i, _ in columns.rows), tuple(j for _, j in columns.rows)),)
    old = [before.units[i].cells for i, _ in columns.rows]
    new = [after.units[j].cells for _, j in columns.rows]
    common: dict[str, Any] = {"source": source, "section": section, "what": "column of a table", "faces": faces}
    for n in columns.gone:
        yield Finding(kind="deleted", before=_down(old, n), **common)
    for n in columns.new:
        yield Finding(kind="new", after=_down(new, n), **common)
    for m, n in columns.moved:
        yield Finding(kind="moved", before=old[0][m], after=new[0][n], **common)


def _down(rows: Iterable[tuple[str, ...]], column: int) -> str:
    return "\n".join(row[column] for row in rows if column < len(row))


def whole_tables(found: list[Finding], before: Units, after: Units) -> list[Finding]:
    """A table whose rows are all gone, new or moved is reported once; words that changed on the way are reported next to it."""
    sizes = [Counter(u.table for u in side.units if u.kind == "row") for side in (before, after)]
    groups: dict[tuple[str, int], list[Finding]] = {}
    for finding in found:
        side = 1 if finding.kind == "new" else 0
        units = finding.at if side else finding.of
        if finding.kind in ("deleted", "new", "moved") and finding.what.endswith("row of a table") and len(units) == 1:
            groups.setdefault((finding.kind, (after if side else before).units[units[0]].table), []).append(finding)
    whole = {
        id(members[0]): members
        for (kind, table), members in groups.items()
        if len(members) == sizes[kind == "new"][table]
    }
    dropped = {id(f) for members in whole.values() for f in members}
    out: list[Finding] = []
    for finding in found:
        members = whole.get(id(finding))
        if members:
            texts = ("\n".join(getattr(f, side) for f in members) for side in ("before", "after"))
            out.append(
                replace(
                    finding,
                    what="table",
                    number="",
                    before=next(texts),
                    after=next(texts),
                    words=(),
                    faces=tuple(x for f in members for x in f.faces),
                )
            )
            out += [replace(f, kind="reworded") for f in members if f.kind == "moved" and f.words]
        elif id(finding) not in dropped:
            out.append(finding)
    return out
