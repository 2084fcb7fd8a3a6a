"""The fewest rows of a table that must be replaced, added or deleted to make it another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from ...model.annex import Cell, Table, Text
from ..merging.same import printed, row_key


def capital(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The rows that change, told apart by their words in some columns."""

    columns: tuple[int, ...]
    replaced: list[tuple[Cell, ...]]
    added: list[tuple[Cell, ...]]
    deleted: list[tuple[Cell, ...]]


def row_changes(own: Table, now: Table) -> RowChanges | None:
    """The fewest rows that make one table the other; None when their heads differ or no columns tell the rows apart."""
    if own.header != now.header:
        return None
    columns = range(len(now.header))
    found = [_changes_by(own, now, key) for key in (*combinations(columns, 1), *combinations(columns, 2))]
    return min((f for f in found if f), key=lambda f: len(f.replaced) + len(f.added) + len(f.deleted), default=None)


def _changes_by(own: Table, now: Table, columns: tuple[int, ...]) -> RowChanges | None:
    was, new = ({row_key(tuple(r[c] for c in columns), printed): r for r in t.rows} for t in (own, now))
    if len(was) != len(own.rows) or len(new) != len(now.rows):
        return None
    return RowChanges(
        columns,
        [r for k, r in new.items() if k in was and row_key(r, printed) != row_key(was[k], printed)],
        [r for k, r in new.items() if k not in was],
        [r for k, r in was.items() if k not in new],
    )


def words_alone(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row as words alone: nothing in an amendment is a link into the annex."""
    return tuple(Cell(inlines=(Text(c.text),)) for c in row)
