"""The rows of a CSV or Excel file as texts, each with its place. Nothing in a cell is run or reckoned."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..limits import LIMITS, Limits
from ..model.diagnostic import Diagnostic, Position
from .located import decode, read_bytes
from .workbook import read_sheet

TABLE_SUFFIXES = (".csv", ".xlsx")
_LONGEST = 4_000  # characters of a cell
# What our own CSV puts before a text that a spreadsheet program would take for a formula, and takes away again.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n|%])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: the line of the file on which it starts (in a workbook its number) and the texts of its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one row of titles; rows without any text are left out."""

    file: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, limits: Limits = LIMITS) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file; None when it can't be read. A cell that can't be used is told and read as empty."""
    file = str(path)
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        return None, [_problem(file, f"a table is a {' or '.join(TABLE_SUFFIXES)} file, and this is none")]
    data, problems = read_bytes(path, limits)
    if problems:
        return None, problems
    rows, problems = _csv(data, file) if suffix == ".csv" else read_sheet(data, file, limits)
    if problems:
        return None, problems
    if not rows or rows[0][0] != 1:
        return None, [_problem(file, "the first row is empty; it names the columns")]
    if len(rows) > limits.rows + 1:
        return None, [_problem(file, f"the table has more than {limits.rows:,} rows", rows[limits.rows + 1][0])]
    titles = tuple(cell.strip() for cell in rows[0][1])
    out = []
    for number, cells in rows[1:]:
        for column, cell in enumerate(cells, 1):
            untitled = column > len(titles) or not titles[column - 1]
            if cell.strip() and untitled:
                problems.append(
                    _problem(file, "the cell stands under no title", number, column, "name its column in the first row")
                )
            elif len(cell) > _LONGEST:
                problems.append(_problem(file, f"the cell holds more than {_LONGEST:,} characters", number, column))
                cells[column - 1] = ""
        out.append(Row(number=number, cells=tuple(cells)))
    return Table(file=file, titles=titles, rows=tuple(out)), problems


def _problem(file: str, message: str, row: int = 1, column: int = 1, hint: str = "") -> Diagnostic:
    return Diagnostic(rule="table", message=message, at=Position(file=file, line=row, column=column), hint=hint)


def _csv(data: bytes, file: str) -> tuple[list[tuple[int, list[str]]], list[Diagnostic]]:
    text, problems = decode(data, file)
    if problems:
        return [], problems
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    head = lines[0] if lines else ""
    # Where a comma is the decimal sign, spreadsheet programs put semicolons between the cells.
    reader = csv.reader(lines, delimiter=max((",", ";", "\t"), key=head.count), strict=True)
    try:
        return list(_numbered(reader)), []
    except csv.Error as problem:
        hint = "close each quotation mark, and save the file as “CSV UTF-8”"
        return [], [_problem(file, f"the row can't be read: {problem}", max(reader.line_num, 1), 1, hint)]


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it starts: a cell may hold line breaks."""
    start = 1
    for cells in reader:
        cells = [_GUARDED.sub("", cell, count=1) for cell in cells]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield start, cells
        start = reader.line_num + 1  # type: ignore[attr-defined]
