"""A workbook from elsewhere → the texts of its first sheet, bounded before a program of somebody else opens it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from contextlib import redirect_stdout
from datetime import date, datetime, time

from ..limits import LIMITS, Limits
from ..model.diagnostic import Diagnostic, Position

COLUMNS = 256  # of a sheet that are looked at; the format allows 16,384, each of them an empty cell
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def read_sheet(data: bytes, file: str, limits: Limits = LIMITS) -> tuple[list[tuple[int, list[str]]], list[Diagnostic]]:
    """The rows of the first sheet that hold anything: the number of each and its cells, as a person would write them.

    One row more than `limits.rows` and a header is read, so that a caller can tell that there are too many. Formulas
    are never reckoned: a cell gives the result that the file holds.
    """
    refusal = _refusal(data, limits)
    if refusal:
        return [], [_problem(file, refusal)]
    try:
        # openpyxl prints and warns of what it finds odd in a file, in between what a command says to a program.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return _rows(data, limits), []
    # openpyxl raises whatever its parsers meet in a broken file; none of it tells a reader more than this.
    except Exception:
        return [], [_problem(file, "the file is no workbook that can be read")]


def _rows(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    rows = []
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book[book.sheetnames[0]]
    # A sheet may claim a million rows in a few bytes; blank ones count too, up to twice what is wanted.
    last = 2 * limits.rows + 2
    for number, found in enumerate(sheet.iter_rows(max_row=last, max_col=COLUMNS), 1):
        cells = [_shown(c.value, str(getattr(c, "number_format", ""))) for c in found]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append((number, cells))
        if len(rows) > limits.rows + 1:
            break
    return rows


def _refusal(data: bytes, limits: Limits) -> str:
    """Why a workbook is not opened, or nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.word_entries or sum(e.file_size for e in entries) > limits.workbook_total:
                return "the workbook is too large once unpacked"
            for entry in entries:
                with archive.open(entry) as part:  # reads no more than the size that was summed up above
                    # A document type stands before the first element, and no spreadsheet program writes one.
                    if _DOCTYPE.search(part.read(1 << 16).replace(b"\0", b"")):
                        return "the workbook declares a document type, which workbooks never do"
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        return "the file is no workbook that can be read"
    return ""


def _problem(file: str, message: str) -> Diagnostic:
    rule = "file-too-large" if "too large" in message else "unreadable-file"
    hint = "open it and save it again as .xlsx, or export it as CSV"
    return Diagnostic(rule=rule, message=message, at=Position(file=file), hint=hint)


def _shown(value: object, number_format: str) -> str:
    """A workbook's typed cell as the text that a person would have written."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else value.isoformat()
        case date() | time():
            return value.isoformat()
        case int() | float() if "%" in number_format:
            return f"{value * 100:.13g}%"
        case float():
            # Spreadsheets hold every number as a float; fifteen digits are all that they mean.
            return f"{value:.15g}"
    return str(value)
