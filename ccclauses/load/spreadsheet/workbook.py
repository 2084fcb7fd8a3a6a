"""A workbook from elsewhere → the texts of a sheet, bounded before a program of somebody else opens it."""

from __future__ import annotations

import io
import itertools
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time
from string import ascii_uppercase
from xml.etree.ElementTree import iterparse

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position, nearest
from .cell_formats import Shown, shown_currency

COLUMNS = 256  # of a sheet that are looked at; the format allows 16,384, each of them an empty cell
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


# What a formula gives when it fails, as spreadsheet programs of several languages write it.
_ERRORS = frozenset(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! #UNKNOWN! #CONNECT! #BUSY! #PYTHON! "
    "#EXTERNAL! #GETTING_DATA #NV #N/D #ND #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #VALEUR! #NOMBRE! #NOM? #NUL! #VALORE! #RIF! "
    "#NOME? #NULLO! #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #¡NULO! #VERW! #WAARDE! #NAAM? #GETAL! #DEEL/0!".split()
)
_FAILED = re.compile(r"Err:[0-9]{3}|#{3,}")  # LibreOffice's, and a column too narrow for its numbers


def failed(text: str) -> bool:
    """Whether a cell shows that its formula failed, or that its number did not fit."""
    text = text.strip()
    return text.startswith(("#", "Err:")) and (text.upper() in _ERRORS or bool(_FAILED.fullmatch(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: the rows that hold anything, the number of each and its cells, as a person would write them."""

    name: str
    rows: list[tuple[int, list[str]]]
    currencies: Mapping[tuple[int, int], Shown]  # what a number's format shows next to it, by row and column
    hidden: tuple[int, ...]  # rows that the program does not show
    others: tuple[str, ...]  # the sheets that are shown too
    concealed: tuple[str, ...]  # those that are not


def read_sheet(data: bytes, file: str) -> tuple[list[tuple[int, list[str]]], list[Diagnostic]]:
    """The rows of the first sheet that is shown, as `Sheet` has them, and every problem."""
    sheet, problems = read_book(data, file)
    return (sheet.rows if sheet else []), problems


def read_book(data: bytes, file: str, name: str = "") -> tuple[Sheet | None, list[Diagnostic]]:
    """The sheet of that name, else the first that is shown; None with the reason when it can't be read.

    One row more than `limits.rows` and a header is read, so that a caller can tell that there are too many. Formulas
    are never calculated: a cell gives the result that the file holds, and one without a result is reported and is empty.
    """
    refusal = _refusal(data)
    if refusal:
        return None, [_problem(file, refusal)]
    try:
        # openpyxl prints and warns of what it finds odd in a file, in between what a command says to a program.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return _sheet(data, file, name)
    # openpyxl raises whatever its parsers meet in a broken file; none of it tells a reader more than this.
    except Exception:
        return None, [_problem(file, "the file is not a workbook that can be read")]


def _sheet(data: bytes, file: str, name: str) -> tuple[Sheet | None, list[Diagnostic]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    shown = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    titles = [s.title for s in book.worksheets]
    if name and name not in titles:
        hint = nearest(name, titles) or f"it has {', '.join(f'`{t}`' for t in titles[:12])}"
        message = f"the workbook has no sheet `{name}`"
        return None, [Diagnostic(rule="sheet", message=message, at=Position(file=file), hint=hint)]
    sheet = book[name or (shown or titles)[0]]
    hidden, lacking = _unseen(data, sheet._worksheet_path)  # type: ignore[attr-defined]  # sheets opened to be read only have it
    rows: list[tuple[int, list[str]]] = []
    currencies: dict[tuple[int, int], Shown] = {}
    # A sheet may claim a million rows in a few bytes; blank ones count too, up to twice what is wanted.
    last = 2 * limits().rows + 2
    for number, found in enumerate(sheet.iter_rows(max_row=last, max_col=COLUMNS), 1):
        cells = []
        for column, cell in enumerate(found, 1):
            value, number_format = cell.value, str(getattr(cell, "number_format", ""))
            cells.append("" if (number, column) in lacking else _shown(value, number_format))
            if type(value) in (int, float) and (currency := shown_currency(number_format)):
                currencies[number, column] = currency
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append((number, cells))
        if len(rows) > limits().rows + 1:
            break
    made = Sheet(
        name=sheet.title,
        rows=rows,
        currencies=currencies,
        hidden=tuple(number for number, _ in rows if number in hidden),
        others=tuple(t for t in shown if t != sheet.title),
        concealed=tuple(t for t in titles if t not in shown and t != sheet.title),
    )
    return made, [
        Diagnostic(
            rule="no-result",
            message="the cell holds a formula without a result",
            at=Position(file=file, line=row, column=column),
            hint="open the file in the spreadsheet program and save it, or write the value",
        )
        for row, column in sorted(lacking)
        if row <= last and column <= COLUMNS
    ]


_LOOKED_FOR = re.compile(rb"hidden=|<(?:\w+:)?f[\s/>]")
_UNRECKONED = re.compile(rb"fullCalcOnLoad=[\"'](?:1|true)")


def _unseen(data: bytes, path: str) -> tuple[set[int], set[tuple[int, int]]]:
    """The rows of a sheet that are hidden, and the cells whose formula has no result, by row and column."""
    hidden: set[int] = set()
    lacking: set[tuple[int, int]] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(path.lstrip("/"))
        books = [archive.read(name) for name in archive.namelist() if name.endswith("workbook.xml")]
    if not _LOOKED_FOR.search(part):
        return hidden, lacking
    # Programs that can't calculate write no result, or nought, and ask for all to be calculated when the file is opened.
    unreckoned = any(_UNRECKONED.search(book) for book in books)
    row = column = 0
    below = None  # what holds the rows
    for event, element in iterparse(io.BytesIO(part), ("start", "end")):
        _, _, name = element.tag.rpartition("}")
        if event == "start":
            if name == "sheetData":
                below = element
            elif name == "row":
                row, column = int(element.get("r") or row + 1), 0
                if element.get("hidden") in ("1", "true"):
                    hidden.add(row)
        elif name == "row" and below is not None:
            below.clear()
        elif name == "c":
            column = _column(element.get("r")) or column + 1
            if element.find("{*}f") is not None:
                result = element.findtext("{*}v") or ""
                text = element.get("t") == "str"  # whose result may be an empty text
                if (not result and not text) or (unreckoned and result == "0" and element.get("t") in (None, "n")):
                    lacking.add((row, column))
    return hidden, lacking


def _column(place: str | None) -> int:
    """The number of the column of a place such as AB12; 0 when there is none."""
    number = 0
    for letter in itertools.takewhile(ascii_uppercase.__contains__, place or ""):
        number = number * 26 + ord(letter) - 64
    return number


def _refusal(data: bytes) -> str:
    """Why a workbook is not opened, or nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits().word_entries or sum(e.file_size for e in entries) > limits().workbook_total:
                return "the workbook is too large once unpacked"
            for entry in entries:
                with archive.open(entry) as part:  # reads no more than the size that was summed up above
                    # A document type comes before the first element, and no spreadsheet program writes one.
                    if _DOCTYPE.search(part.read(1 << 16).replace(b"\0", b"")):
                        return "the workbook declares a document type, which workbooks never do"
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        return "the file is not a workbook that can be read"
    return ""


def _problem(file: str, message: str) -> Diagnostic:
    rule = "file-too-large" if "too large" in message else "unreadable-file"
    hint = "open it and save it again as .xlsx, or export it as CSV"
    return Diagnostic(rule=rule, message=message, at=Position(file=file), hint=hint)


_FILLED = re.compile(r'(?:0|"[^"]*"|\\.|[-/ ()])+')


def _filled(value: int | float, number_format: str) -> str:
    """A whole number as a format shows it that fills up with zeros: `000`, `00-0000`, `"V"000`; empty for other formats."""
    first = number_format.partition(";")[0]
    pieces = re.findall(r'0|"[^"]*"|\\.|.', first)
    zeros = pieces.count("0")
    if zeros < 2 or value != int(value) or value < 0 or not _FILLED.fullmatch(first):
        return ""
    digits = f"{int(value):0{zeros}d}"
    head, rest = digits[: len(digits) - zeros], iter(digits[len(digits) - zeros :])
    at = pieces.index("0")
    return "".join(
        (head if i == at else "") + (next(rest) if p == "0" else p.strip('"') if p[0] == '"' else p[-1])
        for i, p in enumerate(pieces)
    )


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
        case int() | float() if "00" in number_format and (text := _filled(value, number_format)):
            return text
        case float():
            # Spreadsheets hold every number as a float; fifteen digits are all that they mean.
            return f"{value:.15g}"
    return str(value)
