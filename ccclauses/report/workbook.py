"""Workbooks: sheets with a frozen, filtered header, real dates and numbers, and text that no program runs as a formula.

Equal sheets give equal bytes: the clock and the user that a spreadsheet library stamps are replaced.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..ooxml.package.package import write_package
from ..ooxml.package.properties import timestamp

CellValue = str | int | Decimal | date | datetime | None

# A cell that begins with one of these is taken for a formula or a command by some spreadsheet program.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_WIDE = ("＝", "＋", "－", "＠")  # East Asian keyboards have them, and programs take them for the narrow ones
# Programs of many countries split at semicolons, and any at tabs and lines where they don't see the quotes: what follows
# would be a cell of its own. Spaces before a sign are passed over.
_CELL_INSIDE = re.compile(r"([;\t\r\n]\s*)(?=[=+\-@|%＝＋－＠])")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CELL_LIMIT = 32_767  # characters that a cell holds
_LINE_HEIGHT, _MOST_HEIGHT = 15, 405  # points; a row can't be higher than 409
_HEAD_COLOUR = "FF1F3A5F"
_RULE_COLOUR = "FFBFC7D1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its width in characters and how its values are shown."""

    title: str
    width: int
    number_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet; `finish` adds what is particular to it, given the worksheet of openpyxl."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[CellValue]]
    finish: Callable[[Any], None] | None = field(default=None)


def csv_text(value: CellValue) -> str:
    """A value as a CSV cell that no spreadsheet program runs: a text that looks like a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    if not isinstance(value, str):
        return text
    text = _CELL_INSIDE.sub(r"\1'", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.strip().startswith((*FORMULA_STARTS, *_WIDE)) else text


def write_csv(columns: Iterable[str], rows: Iterable[Sequence[CellValue]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark by which spreadsheet programs know it."""
    import csv

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([csv_text(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_workbook(sheets: Sequence[Sheet], *, title: str, creator: str, day: date) -> bytes:
    """The bytes of a workbook whose properties name `title`, `creator` and `day`."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    head = (
        Font(name="Calibri", bold=True, color="FFFFFFFF"),
        PatternFill("solid", fgColor=_HEAD_COLOUR),
        Alignment(wrap_text=True, vertical="center"),
    )
    rule = Border(bottom=Side(style="hair", color=_RULE_COLOUR))
    text_look = Alignment(wrap_text=True, vertical="top", horizontal="left")
    number_look = Alignment(vertical="top", horizontal="right")
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    book.properties.title, book.properties.creator = _clean(title), _clean(creator)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for index, column in enumerate(sheet.columns, 1):
            cell = page.cell(1, index, column.title)
            cell.font, cell.fill, cell.alignment = head
            page.column_dimensions[get_column_letter(index)].width = column.width
        for number, row in enumerate(sheet.rows, 2):
            for index, (value, column) in enumerate(zip(row, sheet.columns), 1):
                cell = page.cell(number, index)
                _put(cell, value)
                cell.alignment = number_look if isinstance(value, (int, Decimal)) else text_look
                cell.border = rule
                if column.number_format and not isinstance(value, str):
                    cell.number_format = column.number_format
            page.row_dimensions[number].height = _height(row, sheet.columns)
        page.freeze_panes = "A2"
        page.row_dimensions[1].height = 30
        last = get_column_letter(len(sheet.columns))
        page.auto_filter.ref = f"A1:{last}{max(len(sheet.rows) + 1, 2)}"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_title_rows = "1:1"
        if sheet.finish:
            sheet.finish(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue(), timestamp(day))


def _height(row: Sequence[CellValue], columns: Sequence[Column]) -> int:
    """The height of a row that shows its longest text, which not every program calculates by itself."""
    lines = (-(-len(v) // c.width) for v, c in zip(row, columns) if isinstance(v, str))
    return min(_LINE_HEIGHT * max(1, *lines, 1), _MOST_HEIGHT)


def _put(cell: Any, value: CellValue) -> None:
    """Set a cell; text stays text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = _clean(value)
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            # Keeps the cell a text when somebody edits it, as a leading apostrophe does.
            cell.quotePrefix = True
    else:
        cell.value = value


def _clean(text: str) -> str:
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)[:_CELL_LIMIT]


def _steady(data: bytes, stamp: str) -> bytes:
    """The same workbook without the time at which it was saved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    core = re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", rf"\g<1>{stamp}", core)
    return write_package({**parts, "docProps/core.xml": core.encode()})
