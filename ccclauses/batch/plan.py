"""A table of suppliers and a base profile → one job a row, with every problem of every row by its cell."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from ..compose.annex import compose_annex
from ..compose.parts.schedules import wanted
from ..derive.open_points import open_points, open_problems
from ..load.document.reading import quoted
from ..load.profile.profile import load_profile_text
from ..load.spreadsheet.rows import (
    BY_PARTY,
    SUPPLIER,
    Cells,
    RowText,
    check_columns,
    names_another,
    row_differs,
    row_text,
)
from ..load.spreadsheet.table import Row, Table
from ..model.diagnostic import Diagnostic, Position, Severity, errors, nearest
from ..model.library.library import Library
from ..model.profile import Profile, Resolution
from ..model.words.quantity import Duration
from ..pipeline import HOUSE_STYLES, house_style
from ..resolve import resolve
from .columns import COUNTRY, clients_own, left_out, once, one_reference, titles_below

FILE = "file"  # the column that names a row's files
Styles = dict[str, tuple[str, list[Diagnostic]]]  # house styles by name: fingerprint and problems
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")
# Names that Windows keeps for devices, whatever their suffix.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
_MISSING = re.compile("`(?P<key>[a-z_]+)` is missing .*")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What all rows share, and what has been read or composed for the rows before."""

    table: Table
    lists: Mapping[str, bool]
    base: Path
    says: Mapping[str, str]
    library: Library
    how: Sequence[str]
    template: str | None
    styled: bool
    styles: Styles = field(default_factory=dict)
    composed: dict[Any, list[Diagnostic]] = field(default_factory=dict)  # problems by what they depend on


def plan(
    table: Table,
    base: Path,
    base_says: Mapping[str, str],
    library: Library,
    how: Sequence[str] = (),
    *,
    template: str | None = None,
    styled: bool = True,
    done: Callable[[int], object] = bool,
) -> tuple[Plan, list[Diagnostic]]:
    """All rows checked before the first annex is made.

    `base_says` is what the base profile and those that it extends hold, by dotted key; `how` is what else the files
    depend on (formats, version of the program); `template` is the house style that takes the place of the profile's, and
    `styled` whether there are files that need one. `done` is called with 1 for each row that was looked at.
    """
    lists, problems = check_columns(table.titles, library, table.file, (FILE,), table.top)
    if errors(problems):
        if not lists and (likely := titles_below(table, library)):
            message = f"the titles are not in row {table.top}; row {likely} looks like them"
            at = Position(file=table.file, line=table.top)
            problems = [Diagnostic(rule="table", message=message, at=at, hint="delete the rows above the titles")]
        return Plan(jobs=(), bad_rows=tuple(r.number for r in table.rows)), problems
    if not table.rows:
        problems.append(
            Diagnostic(rule="table", message="there is no row below the titles", at=Position(file=table.file))
        )
    common = _Common(
        table=table, lists=lists, base=base, says=base_says, library=library, how=how, template=template, styled=styled
    )  # fmt: skip
    jobs: list[Job] = []
    bad: list[int] = []
    names: dict[str, int] = {}
    given: list[Cells] = []
    references: dict[str, list[int]] = {}
    for row in table.rows:
        cells = {t: (c.strip(), n) for n, (t, c) in enumerate(zip(table.titles, row.cells), 1) if t and c.strip()}
        given.append(cells)
        job, reference, found = _job(row, cells, common)
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
        references.setdefault(reference, []).append(row.number)
        done(1)
    numbers = [row.number for row in table.rows]
    problems += left_out(table, given, numbers, base_says) + one_reference(table, references)
    problems += clients_own(table, given, base_says)
    return Plan(jobs=tuple(jobs), bad_rows=tuple(bad)), once(problems)


def _job(row: Row, cells: Cells, common: _Common) -> tuple[Job | None, str, list[Diagnostic]]:
    """The job of a row and the reference of its annex, or every reason why there is none."""
    table, base, library = common.table, common.base, common.library
    if SUPPLIER in table.titles and SUPPLIER not in cells:
        # What the base says of its own supplier can't be meant for a row of a table of suppliers.
        at = _at(table, row, table.titles.index(SUPPLIER) + 1)
        message, hint = "the row names no supplier", "name it, or remove the row"
        return None, "", [Diagnostic(rule="no-supplier", message=message, at=at, hint=hint)]
    if "template" in cells and (refused := _outside(*cells["template"], table, row, base)):
        return None, "", [refused]
    made = row_text(cells, common.lists, base.name, common.says)
    # Paths in a profile start from its own folder, so the row's profile is next to the base.
    file = str(base.with_name(f"{Path(table.file).name}#{row.number}"))
    profile, found = load_profile_text(made.text, file, library)
    resolution = None
    if profile:
        resolution, more = resolve(profile, library)
        found = [*found, *more, *_without_country(profile, cells, made, common.says)]
    if resolution and not errors(found):
        found = [*_composed(resolution, common), *open_problems(resolution, open_points(resolution))]
    problems = [
        _by_cell(p, made, row, common) if p.at.file == file else p
        for p in found
        if profile is None or p.severity == Severity.ERROR
    ]
    if profile is None:
        return None, "", problems
    problems += _other_currencies(row, table, common.lists, profile.currency)
    style = ""
    if common.styled:
        style, found = _style(common.template, profile, common.styles)
        problems += [_by_cell(p, made, row, common) if p.at.file == file else p for p in found]
    name, column = _name(cells, profile)
    if not _NAME.fullmatch(name) or name.split(".")[0].casefold() in _DEVICES:
        message = f"{quoted(name or profile.provider.name)} can't name files everywhere"
        hint = "letters a to z, digits, dots, spaces and hyphens, at most 80"
        hint = f"use {hint}" if FILE in cells else f"give the row a name of its own in a column `{FILE}`: {hint}"
        problems.append(Diagnostic(rule="file-name", message=message, at=_at(table, row, column), hint=hint))
        return None, profile.reference, problems
    parts = [profile.fingerprint, library.fingerprint, name, style, *common.how]
    job = Job(
        row=row.number, name=name, supplier=profile.provider.name, text=made.text, file=file,
        differs=row_differs(cells, common.lists, common.says),
        fingerprint=hashlib.sha256(json.dumps(parts).encode()).hexdigest(),
    )  # fmt: skip
    return job, profile.reference, problems


def _without_country(profile: Profile, cells: Cells, made: RowText, says: Mapping[str, str]) -> list[Diagnostic]:
    """The error of a row that names a supplier without a country; in a single draft it is a value that is still open."""
    # What is wrong where a country is written has been reported.
    written = COUNTRY in cells or COUNTRY in says and not names_another(cells, says)
    if SUPPLIER not in cells or written or profile.provider.country:
        return []
    line = next((line for line, path in made.groups.items() if path == "parties.provider"), 1)
    message, hint = "`country` is missing in a party", "write `country`: its country, ISO 3166 with two letters"
    return [Diagnostic(rule="missing-key", message=message, at=Position(file=profile.file, line=line), hint=hint)]


def _outside(name: str, column: int, table: Table, row: Row, base: Path) -> Diagnostic | None:
    """Why a table may not name this house style: only a shipped one, or a Word file in the base profile's folder."""
    if name in HOUSE_STYLES:
        return None
    at, message, hint = _at(table, row, column), "", ""
    if not name.lower().endswith((".docx", ".dotx")):
        message = f"{quoted(name)} is not a house style"
        hint = (
            nearest(name, HOUSE_STYLES)
            or f"write {' or '.join(HOUSE_STYLES)}, or a Word file in the folder of {base.name}"
        )
    else:
        folder = os.path.realpath(base.parent)
        path = PureWindowsPath(name)
        whole = path.drive or path.root or "\0" in name
        if whole or os.path.commonpath((folder, os.path.realpath(base.parent / name))) != folder:
            message = f"{quoted(name)} lies outside the folder of the base profile, and a table names no file there"
            hint = f"put the Word file in the folder of {base.name} and write its name, or name it in the base or with --template"
    return Diagnostic(rule="outside-folder", message=message, at=at, hint=hint) if message else None


def _style(template: str | None, profile: Profile, styles: Styles) -> tuple[str, list[Diagnostic]]:
    """The fingerprint of a row's house style, which is read once, and why it can't be used."""
    name = template or profile.template or HOUSE_STYLES[0]
    if name not in styles:
        _, found = house_style(name, profile, None)
        path = Path(name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not errors(found) else name
        styles[name] = digest, errors(found)
    digest, found = styles[name]
    named = Position(file="--template") if template else profile.at("template")
    # What is wrong in the file is reported where the file is named.
    where = {named.file, profile.file}
    return digest, [
        replace(
            p, at=named, message=p.message if p.at.file in where else f"{quoted(Path(p.at.file).name)}: {p.message}"
        )
        for p in found
    ]


def _composed(resolution: Resolution, common: _Common) -> list[Diagnostic]:
    """Why the annex of a row can't be composed. Rows that ask for the same of the library are looked at once."""
    profile = resolution.profile
    clauses = tuple((r.clause.id, r.variant.at, r.posture) for r in resolution.clauses)
    sums = {name for r in resolution.clauses if r.clause.failures for name in r.clause.parameters}
    # A period or a number that no sum is calculated from is only printed, and nought is worded in its own way.
    values = tuple(
        (name, s.value if name in sums or type(s.value) not in (Duration, int) else str(s.value).split()[:1] == ["0"])
        for name, s in resolution.settings.items()
    )
    facts = tuple((name, value) for name, value in resolution.facts.items() if type(value) is not int)
    charges = bool(profile.monthly_charges)
    key = (profile.law, profile.language, profile.currency, charges, clauses, values, facts, wanted(resolution))
    if key not in common.composed:
        _, found = compose_annex(resolution)
        common.composed[key] = [
            replace(p, at=Position(file=""), hint=f"{p.hint}, in the base profile or in columns".lstrip(", "))
            if p.at.file == profile.file
            else p
            for p in errors(found)
        ]
    return [p if p.at.file else replace(p, at=Position(file=profile.file)) for p in common.composed[key]]


def _other_currencies(row: Row, table: Table, lists: Mapping[str, bool], currency: str) -> list[Diagnostic]:
    """The cells whose format shows another currency than the contract's: their number alone would say another sum."""
    told = []
    for column, shown in row.currencies:
        if table.titles[column - 1] in lists and currency and currency not in shown.codes:
            message = f"the cell shows {shown.sign}, and the contract is in {currency}"
            hint = "an annex has one currency; convert the sum, or give the cell a format without the sign"
            at = _at(table, row, column)
            told.append(Diagnostic(rule="several-currencies", message=message, at=at, hint=hint))
    return told


def _by_cell(problem: Diagnostic, made: RowText, row: Row, common: _Common) -> Diagnostic:
    """A problem of a row's profile at its cell and in the words of a table."""
    table, base, says = common.table, common.base, common.says
    column = made.column(problem.at.line)
    at = _at(table, row, column) if column else Position(file=str(base))
    missing = _MISSING.fullmatch(problem.message) if problem.rule == "missing-key" else None
    if "on several lines" in problem.message:
        message, hint = "the cell holds a line break (Alt+Enter), and must hold one line", "write a space instead"
        return replace(problem, message=message, at=at, hint=hint)
    if not missing or problem.at.line not in made.groups:
        return replace(problem, at=at)
    title = f"{made.groups[problem.at.line]}.{missing['key']}".lstrip(".")
    what = problem.hint.partition(": ")[2] or missing["key"]
    if title in table.titles:
        at, hint = _at(table, row, table.titles.index(title) + 1), f"fill the cell: {what}"
        return replace(problem, at=at, hint=hint)
    hint = f"add a column `{title}`: {what}"
    if title.startswith("parties.provider.") and title in says:
        hint += "; that of the base profile is its own supplier's and not taken over"
    elif (name := title.partition(".")[0]) in BY_PARTY:
        hint += f"; a row's {name} take the place of the base profile's, and are whole"
    return replace(problem, rule="missing-column", at=at, hint=hint)


def _name(cells: Cells, profile: Profile) -> tuple[str, int]:
    """The name of a row's files and the column that it comes from: the one given, else supplier and reference."""
    if FILE in cells:
        return cells[FILE]
    words = [profile.provider.name, *([profile.reference] if "annex.reference" in cells else [])]
    plain = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain))[:80].strip("-"), cells.get("parties.provider.name", ("", 1))[1]


def _at(table: Table, row: Row, column: int) -> Position:
    return Position(file=table.file, line=row.number, column=column)
