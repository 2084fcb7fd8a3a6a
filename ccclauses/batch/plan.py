"""A table of suppliers and a base profile → one job a row, with every problem of every row by its cell."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..load.profile import load_profile_text
from ..load.rows import check_columns, row_text
from ..load.table import Row, Table
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.profile import Profile
from ..resolve import resolve

FILE = "file"  # the column that names a row's files
SUPPLIER = "parties.provider.name"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")
# Names that Windows keeps for devices, whatever their suffix.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One annex to make. It travels to other processes, so it holds texts only."""

    row: int  # as the table counts it
    name: str  # of its files, without suffix
    supplier: str
    text: str  # the row's profile, which extends the base
    file: str  # whose folder the paths in the text start from
    differs: tuple[tuple[str, str], ...]  # what the row says and the base does not: (column, text)
    fingerprint: str  # of all that the files depend on


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The jobs of the rows that are right, and which rows are not."""

    jobs: tuple[Job, ...]
    bad_rows: tuple[int, ...]


def plan(
    table: Table, base: Path, base_says: Mapping[str, str], library: Library, how: Sequence[str] = ()
) -> tuple[Plan, list[Diagnostic]]:
    """All rows checked before the first annex is made.

    `base_says` is what the base profile itself holds, by dotted key; `how` is what else the files depend on (formats,
    house style, version of the program).
    """
    lists, problems = check_columns(table.titles, library, table.file, (FILE,))
    if errors(problems):
        return Plan(jobs=(), bad_rows=tuple(r.number for r in table.rows)), problems
    if not table.rows:
        problems.append(
            Diagnostic(rule="table", message="no row stands below the titles", at=Position(file=table.file))
        )
    jobs: list[Job] = []
    bad: list[int] = []
    names: dict[str, int] = {}
    for row in table.rows:
        job, found = _job(row, table, lists, base, base_says, library, how)
        if job and job.name.casefold() in names:
            message = f"the files of this row have the name of those of row {names[job.name.casefold()]}: {job.name}"
            hint = f"give each row its own name in a column `{FILE}`, or its own `annex.reference`"
            found.append(Diagnostic(rule="duplicate-file", message=message, at=_at(table, row, 1), hint=hint))
        problems += found
        if job is None or errors(found):
            bad.append(row.number)
        else:
            names[job.name.casefold()] = row.number
            jobs.append(job)
    return Plan(jobs=tuple(jobs), bad_rows=tuple(bad)), list(dict.fromkeys(problems))


def _job(
    row: Row, table: Table, lists: Mapping[str, bool], base: Path, base_says: Mapping[str, str], library: Library,
    how: Sequence[str],
) -> tuple[Job | None, list[Diagnostic]]:  # fmt: skip
    cells = {t: (c.strip(), n) for n, (t, c) in enumerate(zip(table.titles, row.cells), 1) if t and c.strip()}
    if SUPPLIER in table.titles and SUPPLIER not in cells:
        # What the base says of its own supplier can't be meant for a row of a table of suppliers.
        at = _at(table, row, table.titles.index(SUPPLIER) + 1)
        return None, [
            Diagnostic(
                rule="no-supplier", message="the row names no supplier", at=at, hint="name it, or remove the row"
            )
        ]
    made = row_text(cells, lists, base.name)
    # Paths in a profile start from its own folder, so the row's profile stands beside the base.
    file = str(base.with_name(f"{Path(table.file).name}#{row.number}"))

    def by_cell(problem: Diagnostic) -> Diagnostic:
        return (
            replace(problem, at=_at(table, row, made.column(problem.at.line))) if problem.at.file == file else problem
        )

    profile, found = load_profile_text(made.text, file, library)
    if profile:
        _, more = resolve(profile, library)
        found = found + more
    problems = [by_cell(p) for p in found if profile is None or p.severity.name == "ERROR"]
    if profile is None:
        return None, problems
    name, column = _name(cells, profile)
    if not _NAME.fullmatch(name) or name.split(".")[0].casefold() in _DEVICES:
        message = f"`{name[:40]}` can't name files everywhere"
        hint = "use letters a to z, digits, dots, spaces and hyphens, at most 80"
        return None, [*problems, Diagnostic(rule="file-name", message=message, at=_at(table, row, column), hint=hint)]
    parts = [profile.fingerprint, library.fingerprint, name, *how]
    job = Job(
        row=row.number, name=name, supplier=profile.provider.name, text=made.text, file=file,
        differs=tuple((t, c) for t, (c, _) in cells.items() if t in lists and base_says.get(t) != c),
        fingerprint=hashlib.sha256(json.dumps(parts).encode()).hexdigest(),
    )  # fmt: skip
    return job, problems


def _name(cells: Mapping[str, tuple[str, int]], profile: Profile) -> tuple[str, int]:
    """The name of a row's files and the column that it comes from: the one given, else supplier and reference."""
    if FILE in cells:
        return cells[FILE]
    words = [profile.provider.name, *([profile.reference] if "annex.reference" in cells else [])]
    plain = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain))[:80].strip("-"), cells.get("parties.provider.name", ("", 1))[1]


def _at(table: Table, row: Row, column: int) -> Position:
    return Position(file=table.file, line=row.number, column=column)
