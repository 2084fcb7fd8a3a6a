"""What the columns of a batch table say against one another and against the profile below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..load.document.reading import quoted
from ..load.spreadsheet.rows import (
    BY_PARTY,
    SUPPLIER,
    Cells,
    check_columns,
    list_entries,
    names_another,
    supplier_says,
)
from ..load.spreadsheet.table import Table
from ..model.diagnostic import OPEN_RULES, Diagnostic, Position, Severity
from ..model.library.library import Library

COUNTRY = "parties.provider.country"


def titles_below(table: Table, library: Library) -> int:
    """The row below the first that holds keys of a profile, as titles do; 0 when there is none."""
    for row in table.rows[:10]:
        if check_columns([cell.strip() for cell in row.cells], library, table.file)[0]:
            return row.number
    return 0


def once(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Each problem once; for what no column gives the first row that lacks it, with the number of the others."""
    rules = ("missing-column", *OPEN_RULES)
    lacking = Counter((p.message, p.hint) for p in problems if p.rule in rules)
    told: list[Diagnostic] = []
    for problem in dict.fromkeys(problems):
        more = lacking.get((problem.message, problem.hint), 0) - 1
        if problem.rule in rules:
            if more < 0:
                continue
            lacking[problem.message, problem.hint] = 0
            if more:
                others = "another row lacks it too" if more == 1 else f"{more:,} other rows lack it too"
                problem = replace(problem, message=f"{problem.message}; {others}")
        told.append(problem)
    return told


def left_out(table: Table, rows: Sequence[Cells], numbers: Sequence[int], says: Mapping[str, str]) -> list[Diagnostic]:
    """What the annexes don't name because only the base names it, of its own supplier: each key once for all rows."""
    others = [(number, cells) for number, cells in zip(numbers, rows) if names_another(cells, says)]
    gone = {_whole(key): key for key in supplier_says(says)}
    told = []
    if others and "agreement.reference" in says and "agreement.reference" not in table.titles:
        message = f"no column gives `agreement.reference`: the annexes name the base profile's, {quoted(says['agreement.reference'])}"
        hint = "add a column `agreement.reference` when the agreements have their own"
        told.append(_of_table(table, "one-reference", message, hint))
    for name, key in gone.items() if others else ():
        if name in (SUPPLIER, COUNTRY):
            continue
        column = name if key == name else f"{name}.1.name"  # the first of a list
        what = f"{name} of the provider" if name in BY_PARTY else f"`{name}`"
        lacking = [
            n for n, cells in others if not any(title == name or title.startswith(f"{name}.") for title in cells)
        ]
        if not lacking:
            continue
        if any(title == name or title.startswith(f"{name}.") for title in table.titles):
            message = f"{counted(len(lacking), 'row')} without {what} ({some(lacking)}): the annexes name none"
            hint = "what the base profile says of its own supplier is not taken over; fill the cells if they are to"
        else:
            message = f"no column gives {what}: the annexes name none"
            hint = f"the base profile's are those of {says[SUPPLIER]} and not taken over; add a column `{column}`"
        told.append(_of_table(table, "left-out", message, hint))
    return told


def _whole(key: str) -> str:
    """The key of the party or the list that a key is part of."""
    return ".".join(key.split(".")[:3]) if key.startswith("parties.") else key.partition(".")[0]


def one_reference(table: Table, references: Mapping[str, Sequence[int]]) -> list[Diagnostic]:
    """The references that several annexes would bear, in one warning."""
    shared = {reference: rows for reference, rows in references.items() if reference and len(rows) > 1}
    if not shared:
        return []
    reference, rows = next(iter(shared.items()))
    more = f", and {counted(len(shared) - 1, 'other reference')} appear in several rows" if len(shared) > 1 else ""
    message = f"{counted(len(rows), 'row')} ({some(rows)}) have one `annex.reference`, {quoted(reference)}{more}"
    given = "annex.reference" in table.titles
    hint = "give each row a reference of its own" if given else "add a column `annex.reference`, with one for each row"
    return [_of_table(table, "one-reference", message, hint)]


def clients_own(table: Table, rows: Sequence[Cells], says: Mapping[str, str]) -> list[Diagnostic]:
    """What of the client's the rows put something else in the place of: each list once for all rows."""
    told = []
    for name in (*BY_PARTY, "parties.client.signatories"):
        what = name.rpartition(".")[2]
        theirs = {e.get("name", "") for e in _of_client(name, says)}
        gone: set[str] = set()
        for cells in rows:
            ours = {e.get("name", "") for e in _of_client(name, {title: text for title, (text, _) in cells.items()})}
            gone |= theirs - ours if ours else set()
        if gone:
            message = f"rows give {what} of the client: the base profile's ({', '.join(sorted(gone))}) are not in them"
            hint = "a row's list takes the place of the base profile's; give the base's own in columns too"
            told.append(_of_table(table, "client-replaced", message, hint))
    return told


def _of_client(name: str, texts: Mapping[str, str]) -> list[Mapping[str, str]]:
    return [e for e in list_entries(name, texts).values() if e.get("party", "client") == "client"]


def _of_table(table: Table, rule: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(rule=rule, message=message, at=Position(file=table.file), hint=hint, severity=Severity.WARNING)


def counted(number: int, what: str, ending: str = "s") -> str:
    """A number with its noun: "1 row", "1,200 rows"."""
    return f"{number:,} {what}{'' if number == 1 else ending}"


def some(rows: Sequence[int]) -> str:
    """Rows by their numbers, the first few of many."""
    listed = ", ".join(map(str, rows[:5]))
    return f"row {listed}" if len(rows) == 1 else f"rows {listed}{' …' if len(rows) > 5 else ''}"
