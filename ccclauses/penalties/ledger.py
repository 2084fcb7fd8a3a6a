"""A ledger of events, in CSV, XLSX, YAML or JSON, read to rows of cells that know their place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..common.limits import limits
from ..load.document.located import MappingNode, ScalarNode, SequenceNode, decode, parse, position, read_bytes
from ..load.spreadsheet.table import CLEAN
from ..load.spreadsheet.workbook import read_sheet
from ..model.diagnostic import Diagnostic, Position, nearest

# Column → what it holds, as the reference page lists it.
COLUMNS = {
    "event": "the incident's own reference; rows with the same one state one act or omission",
    "failure": "the failure by its name, or the paragraph or duty that was missed",
    "start": "when the period of the duty began to run",
    "due": "when it ended or the breach began, instead of start",
    "done": "when the duty was performed or the breach stopped; empty while it has not",
    "stopped": "when the Agreement ended by notice of termination",
    "at": "when an act was done",
    "lasted": "how long it lasted, such as 3 hours, instead of due and done",
    "count": "how many units fail alike; 1 when empty",
    "unit": "which person, Device or system it concerns",
    "earlier": "months with a credit under the paragraph, in the window, that the ledger does not list",
    "cause": "the event that states the same act or omission",
    "tolled": "delay that the client caused",
    "disputed": "delay that is in dispute and is left out until it is decided",
    "damages": "damages that the client claims for the same failure",
    "time_zone": "the time zone of the times in the row that name none",
    "currency": "the currency of the row; the contract's when empty",
    "note": "free words",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, with plain spaces for those that come along when text is pasted, and where it is."""

    text: str
    at: Position

    def __post_init__(self) -> None:
        if not self.text.isascii():
            object.__setattr__(self, "text", self.text.translate(CLEAN).strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it was written: column → cell, empty cells left out; `at` is where the row starts."""

    cells: dict[str, Cell]
    at: Position

    def text(self, column: str) -> str:
        """The text of a column, or an empty string."""
        return self.cells[column].text if column in self.cells else ""

    def place(self, column: str) -> Position:
        """Where the cell stands, or the row when it is empty."""
        return self.cells[column].at if column in self.cells else self.at


def read_ledger(path: Path) -> tuple[list[Row], list[Diagnostic]]:
    """The rows of a ledger file by its ending: .csv, .xlsx, .yaml, .yml or .json."""
    data, problems = read_bytes(path)
    if problems:
        return [], problems
    file, ending = str(path), path.suffix.lower()
    if ending == ".xlsx":
        return _read_workbook(data, file)
    if ending not in (".csv", ".yaml", ".yml", ".json"):
        message = f"a ledger is a .csv, .xlsx, .yaml or .json file, not `{path.suffix or path.name}`"
        return [], [Diagnostic(rule="unreadable-file", message=message, at=Position(file=file))]
    text, problems = decode(data, file)
    if problems:
        return [], problems
    return _read_csv(text, file) if ending == ".csv" else _read_yaml(text, file)


def read_option(text: str, number: int) -> tuple[list[Row], list[Diagnostic]]:
    """The events of a `--event` option: written as "failure=late_notice, due=2026-03-31T22:15+02:00, …", or a file of them."""
    if "=" not in text:
        return read_ledger(Path(text))
    file = f"--event {number}"
    cells: dict[str, Cell] = {}
    named: list[tuple[str, Position]] = []
    problems, column = [], 1
    columns = "|".join(COLUMNS)
    for part in re.split(r",(?=\s*\w+\s*=)", text):  # a comma inside a number or a note separates nothing
        name, sign, value = part.partition("=")
        at = Position(file=file, column=column + len(part) - len(part.lstrip()))
        column += len(part) + 1
        if not sign:
            hint = "write `column=value` pairs with commas between, such as `failure=late_notice, count=3`"
            problems.append(
                Diagnostic(rule="event-option", message=f"`{part.strip()}` is not `column=value`", at=at, hint=hint)
            )
            continue
        named.append((name.strip(), at))
        if stuck := re.search(rf"\s({columns})=", value):
            message = f"`{stuck[1]}=` appears inside the value of `{name.strip()}`"
            problems.append(Diagnostic(rule="event-option", message=message, at=at, hint="put a comma before it"))
        cells[name.strip()] = Cell(value.strip(), at)
    problems += _unknown(named)
    cells.setdefault("event", Cell(f"event {number}", Position(file=file)))
    return [Row({k: c for k, c in cells.items() if c.text}, Position(file=file))], problems


def _unknown(columns: Iterable[tuple[str, Position]]) -> Iterator[Diagnostic]:
    """What is wrong with the names of columns."""
    seen: set[str] = set()
    for name, at in columns:
        if name and name not in COLUMNS:
            hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            yield Diagnostic(rule="unknown-column", message=f"unknown column `{name}`", at=at, hint=hint)
        elif name in seen:
            yield Diagnostic(rule="duplicate-column", message=f"the column `{name}` appears twice", at=at)
        seen.add(name)


def _rows(
    header: Sequence[Cell], lines: Iterable[tuple[Position, Sequence[Cell]]]
) -> tuple[list[Row], list[Diagnostic]]:
    """Rows out of a header and lines of cells."""
    names = [c.text.strip().lower().replace(" ", "_") for c in header]
    problems = list(_unknown(zip(names, (c.at for c in header))))
    rows: list[Row] = []
    for at, cells in lines:
        kept = {n: Cell(c.text.strip(), c.at) for n, c in zip(names, cells) if n and c.text.strip()}
        problems += [
            Diagnostic(rule="extra-cell", message=f"`{c.text.strip()}` is in a column without a name", at=c.at)
            for n, c in zip([*names, *[""] * len(cells)], cells)
            if not n and c.text.strip()
        ]
        if kept:
            rows.append(Row(kept, at))
        if len(rows) > limits().rows:
            problems.append(
                Diagnostic(rule="too-many-rows", message=f"a ledger holds at most {limits().rows:,} events", at=at)
            )
            break
    return rows, problems


def _read_csv(text: str, file: str) -> tuple[list[Row], list[Diagnostic]]:
    if "\0" in text:
        return [], [
            Diagnostic(rule="unreadable-file", message="the file holds bytes that are not text", at=Position(file=file))
        ]
    # Spreadsheets of many countries write semicolons; a header holds no text with either sign in it.
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    lines: list[tuple[Position, list[Cell]]] = []
    start = 1
    try:
        for fields in reader:
            places = [Position(file=file, line=start, column=i + 1) for i in range(len(fields))]
            lines.append((Position(file=file, line=start), [Cell(t, p) for t, p in zip(fields, places)]))
            start = reader.line_num + 1
    except csv.Error as problem:
        at = Position(file=file, line=start)
        return [], [Diagnostic(rule="unreadable-file", message=f"the row can't be read: {problem}", at=at)]
    lines = [line for line in lines if any(c.text.strip() for c in line[1])]
    if not lines:
        return [], [Diagnostic(rule="empty-ledger", message="the ledger holds no row", at=Position(file=file))]
    return _rows(lines[0][1], lines[1:])


def _read_workbook(data: bytes, file: str) -> tuple[list[Row], list[Diagnostic]]:
    found, problems = read_sheet(data, file)
    if problems:
        return [], problems
    if not found:
        return [], [Diagnostic(rule="empty-ledger", message="the first sheet holds no row", at=Position(file=file))]
    lines = []
    for number, texts in found:
        cells = [Cell(text, Position(file=file, line=number, column=i)) for i, text in enumerate(texts, 1)]
        lines.append((Position(file=file, line=number), cells))
    return _rows(lines[0][1], lines[1:])


def _read_yaml(text: str, file: str) -> tuple[list[Row], list[Diagnostic]]:
    """JSON is read as YAML too: it is a part of it, and its places are known that way."""
    root, problems = parse(text, file)
    if root is None:
        return [], problems or [Diagnostic(rule="empty-ledger", message="the file is empty", at=Position(file=file))]
    if not isinstance(root, SequenceNode):
        message = "a file of events is a list, one event an entry"
        return [], [
            Diagnostic(rule="wrong-type", message=message, at=position(root), hint="start each event with `- `")
        ]
    rows: list[Row] = []
    for entry in root.value[: limits().rows]:
        if not isinstance(entry, MappingNode):
            message = "an event is a group of keys"
            problems.append(
                Diagnostic(rule="wrong-type", message=message, at=position(entry), hint="write `failure: …` and so on")
            )
            continue
        cells: dict[str, Cell] = {}
        keys = [(str(k.value), position(k)) for k, _ in entry.value]
        problems += _unknown(keys)
        for key, value in entry.value:
            if isinstance(value, ScalarNode):
                if value.value.strip():
                    cells[str(key.value)] = Cell(value.value.strip(), position(value))
            else:
                message = f"`{key.value}` holds one value"
                problems.append(Diagnostic(rule="wrong-type", message=message, at=position(value)))
        rows.append(Row(cells, position(entry)))
    if len(root.value) > limits().rows:
        at = position(root.value[limits().rows])
        problems.append(
            Diagnostic(rule="too-many-rows", message=f"a ledger holds at most {limits().rows:,} events", at=at)
        )
    return rows, problems
