"""The rows of a CSV or Excel file as texts, each with its place. Nothing in a cell is run or calculated."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position, Severity
from ..document.located import decode, read_bytes
from ..document.reading import quoted
from .cell_formats import Shown
from .workbook import Sheet, failed, read_book

TABLE_SUFFIXES = (".csv", ".xlsx", ".tsv", ".txt")
_OTHERS = (".xls", ".xlsb", ".xlsm", ".xltx", ".ods", ".fods", ".numbers")
_LONGEST = 4_000  # characters of a cell
_TOP = 10  # rows in which titles are looked for, when they don't are in the first
# What our own CSV puts before a text that a spreadsheet program would take for a formula, and takes away again.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n|%])")
# Spaces that look like one and come along when text is pasted, and characters that nobody sees.
_SPACES = {ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"}
CLEAN = {**_SPACES, **dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))}
_SEPARATOR = re.compile(r'"?sep=(?P<sign>[^\r\n"])"?(?:\r\n|\r|\n)', re.IGNORECASE)
_AS_UTF8 = "in Excel: File > Save as > CSV UTF-8 (Comma delimited)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: the line of the file on which it starts (in a workbook its number), the texts of its cells, and the
    currencies that the formats of its numbers show, by column from 1."""

    number: int
    cells: tuple[str, ...]
    currencies: tuple[tuple[int, Shown], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one row of titles, `top`; rows without any text are left out."""

    file: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    top: int = 1


def read_table(path: Path, sheet: str = "") -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file, of a workbook the sheet of that name; None when it can't be read.

    A cell that can't be used is reported and read as empty.
    """
    file = str(path)
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        hint = "open it and save it as .xlsx" if suffix in _OTHERS else "save it as .xlsx or as CSV UTF-8"
        return None, [_problem(file, "a table is a .csv or .xlsx file, and this is none", hint=hint)]
    data, problems = read_bytes(path)
    if problems:
        return None, problems
    if suffix != ".xlsx":
        if sheet:
            return None, [_problem(file, "only a workbook has sheets", hint="leave --sheet out")]
        top, rows, problems = _csv(data, file)
        found = None
    else:
        found, problems = read_book(data, file, sheet)
        top, rows = 1, found.rows if found else []
    if problems and not rows:
        return None, problems
    if misplaced := _misplaced(file, top, rows):
        return None, [misplaced]
    if len(rows) > limits().rows + 1:
        return None, [_problem(file, f"the table has more than {limits().rows:,} rows", rows[limits().rows + 1][0])]
    problems = problems + (_told_of_sheet(found, file, bool(sheet)) if found else [])
    titles = tuple(cell.translate(CLEAN).strip() for cell in rows[0][1])
    out = []
    for number, cells in rows[1:]:
        shown = []
        for column, cell in enumerate(cells, 1):
            untitled = column > len(titles) or not titles[column - 1]
            if cell.strip() and untitled:
                hint = f"name its column in row {top}"
                problems.append(_problem(file, "the cell has no title above it", number, column, hint))
            elif len(cell) > _LONGEST:
                problems.append(_problem(file, f"the cell holds more than {_LONGEST:,} characters", number, column))
                cells[column - 1] = ""
            elif failed(cell):
                hint = "put the formula right, or write the value"
                message = f"the cell holds the error {quoted(cell)}"
                problems.append(_problem(file, message, number, column, hint))
                cells[column - 1] = ""
            if found and not untitled and (currency := found.currencies.get((number, column))):
                shown.append((column, currency))
        texts = tuple(cell.translate(CLEAN) if not cell.isascii() else cell for cell in cells)
        out.append(Row(number=number, cells=texts, currencies=tuple(shown)))
    return Table(file=file, titles=titles, rows=tuple(out), top=top), problems


def _problem(
    file: str, message: str, row: int = 1, column: int = 1, hint: str = "", severity: Severity = Severity.ERROR
) -> Diagnostic:
    at = Position(file=file, line=row, column=column)
    return Diagnostic(rule="table", message=message, at=at, hint=hint, severity=severity)


def _misplaced(file: str, top: int, rows: list[tuple[int, list[str]]]) -> Diagnostic | None:
    """Why the first row can't be that of the titles, with the row that looks like it."""
    if not rows:
        return _problem(file, "the table is empty", hint="its first row names the columns")
    filled = [(number, [c for c in cells if c.strip()]) for number, cells in rows[:_TOP]]
    first, cells = filled[0]
    likely = next((number for number, cells in filled if len(cells) > 1), 0)
    hint = (
        f"row {likely} looks like the titles; delete the rows above it" if likely else "the first row names the columns"
    )
    if first != top:
        return _problem(file, f"row {top} is empty, and the titles belong in the first row", top, 1, hint)
    if len(cells) == 1 and likely and "." not in cells[0]:
        message = f"the titles are not in row {top}, which holds only {quoted(cells[0])}"
        return _problem(file, message, top, 1, hint)
    return None


def _told_of_sheet(sheet: Sheet, file: str, chosen: bool) -> list[Diagnostic]:
    """What of a workbook is read and what is not, where somebody could think otherwise."""
    told = []
    if not chosen and (sheet.others or sheet.concealed):
        passed = [f"`{name}`" for name in sheet.others] + [f"`{name}` (hidden)" for name in sheet.concealed]
        more = f" and {len(passed) - 5} more" if len(passed) > 5 else ""
        message = f"the sheet `{sheet.name}` is read, and not {', '.join(passed[:5])}{more}"
        told.append(_problem(file, message, hint="choose another with --sheet NAME", severity=Severity.NOTE))
    if sheet.hidden:
        rows = ", ".join(map(str, sheet.hidden[:5])) + (" …" if len(sheet.hidden) > 5 else "")
        count = f"{len(sheet.hidden):,} rows are" if len(sheet.hidden) > 1 else "1 row is"
        message = f"{count} hidden or filtered out, and read like the others: {rows}"
        hint = "delete them, or copy what is shown to a new sheet, if they are not meant"
        told.append(_problem(file, message, hint=hint, severity=Severity.WARNING))
    return told


def _csv(data: bytes, file: str) -> tuple[int, list[tuple[int, list[str]]], list[Diagnostic]]:
    """The row of the titles, the rows that hold anything, and why there are none."""
    text, problems = _decoded(data, file)
    if problems:
        return 1, [], problems
    first = 1
    # Excel takes the sign that such a first line names, and does not show the line.
    if named := _SEPARATOR.match(text):
        text, first = text[named.end() :], 2
    head = re.split("[\r\n]", text, maxsplit=1)[0]
    # Where a comma is the decimal sign, spreadsheet programs put semicolons between the cells.
    sign = named["sign"] if named else max((",", ";", "\t"), key=head.count)
    # Only CR and LF end a line; str.splitlines knows others, which may be in a cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        return first, list(_numbered(reader, first)), []
    except csv.Error as problem:
        at = max(reader.line_num, 1) + first - 1
        hint = f"close each quotation mark, and save the file again; {_AS_UTF8}"
        return first, [], [_problem(file, f"the row can't be read: {problem}", at, 1, hint)]


def _decoded(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """The text of a CSV: UTF-8, or UTF-16 with its mark, which Excel calls Unicode Text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").removeprefix("\ufeff"), []
        except UnicodeDecodeError:
            return "", [_problem(file, "the file is cut off or damaged", hint=f"save it again; {_AS_UTF8}")]
    text, problems = decode(data, file)
    hint = "give it the ending .xlsx, if it is a workbook" if data.startswith(b"PK") else _AS_UTF8
    return text.removeprefix("\ufeff"), [replace(p, hint=hint) for p in problems]


class _Lines(Protocol):
    """The rows of a text and the line that was read last, as a reader of `csv` has them."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def _numbered(reader: _Lines, first: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it starts: a cell may hold line breaks."""
    start = first
    for cells in reader:
        cells = [_GUARDED.sub("", cell, count=1) for cell in cells]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield start, cells
        start = reader.line_num + first
