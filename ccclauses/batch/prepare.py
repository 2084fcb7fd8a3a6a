"""A table and a base profile → what is to be made, with every problem at its cell, before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import __version__
from ..common.resources import library_folder
from ..load.library.library import load_library
from ..load.profile.layers import profile_libraries, profile_says
from ..load.spreadsheet.table import Table, read_table
from ..model.diagnostic import Diagnostic, InputError, Position, errors, nearest
from ..model.library.library import Library
from .plan import Job, plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The rows of a table that can be made, those that can't, and every problem at its cell."""

    library: Library
    folders: tuple[Path, ...]
    rows: int
    todo: tuple[Job, ...]
    bad: tuple[int, ...]  # numbers of the rows that are wrong
    problems: tuple[Diagnostic, ...]


def prepare(
    table: Path,
    base: Path,
    *,
    kinds: Sequence[str] = ("docx",),
    template: str | None = None,
    columns: Mapping[str, str] | None = None,
    unread: Sequence[str] = (),
    sheet: str = "",
    start: Callable[[int], Callable[[int], object]] | None = None,
) -> Prepared:
    """Every row checked. `columns` says what a column of another title is, by its key; an empty key leaves it out.

    `unread` are options that name no column, to be reported with the rest. `start` is given the number of rows and gives what is
    called as they are checked. Raises `InputError` where no row can be judged.
    """
    folders, problems = profile_libraries(base)
    library, found = load_library(library_folder(), *folders)
    written, more = read_table(table, sheet=sheet)
    problems = problems + found
    named = None
    if written:
        named, found = _renamed(written, columns or {}, unread)
        # What is in a column that is left out can't be wrong.
        left = {n for n, title in enumerate(named.titles, 1) if not title and written.titles[n - 1]}
        more = [d for d in more if d.at.column not in left or d.at.line <= named.top]
        more, problems = _placed(more, written), problems + _placed(found, written)
    problems = problems + more
    if named is None or written is None:
        raise InputError(problems)
    if errors(d for d in problems if d.at.file != str(table)):
        raise InputError(problems)
    told = {d.at for d in errors(more)}
    planned, found = plan(
        named, base, profile_says(base), library, [__version__, *kinds, template or ""],
        template=template, styled=bool({"docx", "pdf"} & {*kinds}), done=start(len(named.rows)) if start else lambda _: None,
    )  # fmt: skip
    # A cell that can't be used was read as empty, which is not to be reported again.
    problems = problems + _placed([d for d in found if d.at not in told], written, named)
    touched = {d.at.line for d in errors(more)}
    return Prepared(
        library=library,
        folders=tuple(folders),
        rows=len(named.rows),
        todo=tuple(job for job in planned.jobs if job.row not in touched),
        bad=tuple(sorted({*planned.bad_rows, *(touched & {r.number for r in named.rows})})),
        problems=tuple(problems),
    )


def _placed(problems: list[Diagnostic], written: Table, renamed: Table | None = None) -> list[Diagnostic]:
    """The problems with the words by which a person finds a cell in a spreadsheet; titles as they are there."""
    placed = []
    for d in problems:
        if d.at.file == written.file:
            title = written.titles[d.at.column - 1] if d.at.column <= len(written.titles) else ""
            key = renamed.titles[d.at.column - 1] if renamed and title else title
            if d.at.line > written.top:
                named = f" ({title})" if title else ""
                what = "row" if written.file.lower().endswith(".xlsx") else "line"
                d = replace(d, message=f"{what} {d.at.line}, column {_letters(d.at.column)}{named}: {d.message}")
            elif d.rule == "unknown-column" and key != title:
                d = replace(d, message=f"--map `{title}={key}`: {d.message}")
            elif d.rule.endswith("-column") and d.at.line == written.top:
                d = replace(d, message=f"column {_letters(d.at.column)}: {d.message}")
        placed.append(d)
    return placed


def _letters(column: int) -> str:
    """A column as spreadsheets call it: A, Z, AA."""
    above, last = divmod(column - 1, 26)
    return (_letters(above) if above else "") + chr(65 + last)


def _renamed(table: Table, columns: Mapping[str, str], unread: Sequence[str]) -> tuple[Table, list[Diagnostic]]:
    """The table with the titles that `columns` gives."""
    at = Position(file=table.file, line=1)
    wrong = [*unread, *(t for t in columns if t.strip() not in table.titles)]
    problems = [
        Diagnostic(
            rule="map",
            message=f"--map {n!r} names no column",
            at=at,
            hint=nearest(n, table.titles) or "write TITLE=KEY, with a title of the first row",
        )
        for n in wrong
    ]
    keys = {title.strip(): key.strip() for title, key in columns.items()}
    titles = tuple(keys.get(t, t) for t in table.titles)
    if "" in keys.values():
        left = {i for i, t in enumerate(titles) if not t and table.titles[i]}
        rows = tuple(replace(r, cells=tuple("" if i in left else c for i, c in enumerate(r.cells))) for r in table.rows)
        table = replace(table, rows=rows)
    return replace(table, titles=titles), problems
