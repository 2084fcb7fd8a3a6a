"""`ccclauses batch`: a table of suppliers becomes an annex each."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import __version__
from ..model.diagnostic import Diagnostic, Position, Severity, errors, nearest
from .build import KINDS
from .common import (
    EXISTING_FILE,
    FINDINGS,
    FINE,
    MISUSE,
    STOPPED,
    file_argument,
    format_option,
    print_json,
    report,
    report_dict,
)  # fmt: skip
from .executors import executor_of, processes

if TYPE_CHECKING:
    from ..batch.run import Entry
    from ..load.table import Table

_NAMED = 5  # files of earlier runs; the manifest lists them all


@click.command(epilog="Example: ccclauses batch vendors.csv --profile base.yaml --out annexes")
@file_argument("vendors")
@click.option("--profile", "base", required=True, type=EXISTING_FILE, help="The profile that every row builds on.")
@click.option(
    "--out",
    default="annexes",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into.",
)
@click.option(
    "--to",
    "kinds",
    multiple=True,
    default=("docx",),
    show_default=True,
    type=click.Choice(KINDS),
    help="What to write; may be given again.",
)
@click.option("--template", help="A house style (legal, modern) or any Word file of yours, instead of the profile's.")
@click.option(
    "--map",
    "names",
    multiple=True,
    metavar="TITLE=KEY",
    help="What a column of another name is, as in `Vendor=parties.provider.name`; nothing after the sign leaves it out.",
)
@click.option(
    "--sheet", default="", metavar="NAME", help="The sheet of a workbook; by default the first that is shown."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    show_default="one a core, fewer for a short table",
    help="How many processes work; with 1 it is this one.",
)
@click.option("--dask", metavar="ADDRESS", help="Work on a Dask cluster instead, as in tcp://10.0.0.5:8786.")
@click.option("--check", is_flag=True, help="Check every row and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that no earlier run made.")
@format_option
def batch(
    vendors: Path,
    base: Path,
    out: Path,
    kinds: tuple[str, ...],
    template: str | None,
    names: tuple[str, ...],
    sheet: str,
    jobs: int | None,
    dask: str | None,
    check: bool,
    force: bool,
    fmt: str,
) -> None:
    """Build one annex for each row of VENDORS, a CSV or Excel file whose columns are keys of a profile.

    All rows are checked first. A row that is wrong is told with its row and column, and the others go on. A run that was
    stopped goes on where it was when it is started again. Files of earlier runs in the folder are left and told.

    \b
    ccclauses batch vendors.csv --profile base.yaml --check
    ccclauses batch vendors.xlsx --profile base.yaml --out annexes --jobs 4 --to docx --to json

    Exit status: 0 fine, 1 a row is wrong or a file was not made, 2 misuse, 130 stopped with Ctrl+C.
    """
    from ..batch.plan import counted, plan
    from ..batch.run import MANIFEST, make, read_manifest, run
    from ..load.library import load_library
    from ..load.profile import profile_libraries, profile_says
    from ..load.table import read_table
    from ..resources import library_folder

    folders, problems = profile_libraries(base)
    library, found = load_library(library_folder(), *folders)
    written, more = read_table(vendors, sheet=sheet)
    problems = problems + found
    table = None
    if written:
        table, found = _renamed(written, names)
        # What stands in a column that is left out can't be wrong.
        left = {n for n, title in enumerate(table.titles, 1) if not title and written.titles[n - 1]}
        more = [d for d in more if d.at.column not in left or d.at.line <= table.top]
        more, problems = _placed(more, written), problems + _placed(found, written)
    problems = problems + more
    if errors(problems) and (table is None or errors(d for d in problems if d.at.file != str(vendors))):
        _stop(problems, fmt, MISUSE if table is None else FINDINGS)
    assert table and written
    told = {d.at for d in errors(more)}
    hidden = fmt == "json" or not sys.stderr.isatty()
    with click.progressbar(length=len(table.rows), label="Checking", file=sys.stderr, hidden=hidden) as bar:
        planned, found = plan(
            table, base, profile_says(base), library, [__version__, *kinds, template or ""],
            template=template, styled=bool({"docx", "pdf"} & {*kinds}), done=bar.update,
        )  # fmt: skip
    # A cell that can't be used was read as empty, which is not to be told again.
    problems = problems + _placed([d for d in found if d.at not in told], written, table)
    touched = {d.at.line for d in errors(more)}
    todo = [job for job in planned.jobs if job.row not in touched]
    bad = sorted({*planned.bad_rows, *(touched & {r.number for r in table.rows})})
    if not todo or check:
        if fmt == "json":
            print_json(
                {"rows": len(table.rows), "right": len(todo), "bad_rows": bad, "annexes": [], **report_dict(problems)}
            )
        else:
            report(problems, err=True)
            if title := next((d.message.split("`")[1] for d in problems if _unnamed(d)), ""):
                click.echo(
                    f'Say what a column is with --map "{title}=KEY", or leave it out with --map "{title}=".', err=True
                )
            click.echo(f"{counted(len(table.rows), 'row')}: {len(todo)} right, {len(bad)} wrong. Nothing was written.")
        raise SystemExit(FINDINGS if bad or not todo else FINE)
    work = partial(make, kinds=kinds, template=template, folders=tuple(map(str, folders)), expected=library.fingerprint)
    entries: list[Entry] = []
    kept = 0

    def so_far() -> str:
        return f"{counted(len(entries) - kept, 'annex', 'es')} made, {kept} kept from before; the same command goes on from there"

    jobs = processes(jobs, len(todo))
    try:
        with executor_of(jobs, dask) as executor:
            made = run(
                todo, out, executor, work, table=vendors.name,
                ahead=max(8, 4 * jobs) if dask is None else 64, force=force, watch=executor.watch,
            )  # fmt: skip
            hidden = fmt == "json" or not sys.stderr.isatty()
            progress = click.progressbar(made, length=len(todo), label="Building", file=sys.stderr, hidden=hidden)
            with closing(made), progress as outcomes:
                for outcome in outcomes:
                    # What a worker says of the row's profile is told where the row stands.
                    at = Position(file=str(vendors), line=outcome.job.row)
                    problems += [replace(d, at=at) if d.at.file == outcome.job.file else d for d in outcome.problems]
                    kept += outcome.kept
                    if outcome.entry:
                        entries.append(outcome.entry)
    except KeyboardInterrupt:
        report(problems, err=True)
        click.echo(f"Stopped: {so_far()}.", err=True)
        raise SystemExit(STOPPED) from None
    except BlockingIOError:
        raise click.UsageError(
            f"another run is writing into {out}: wait for its end, or name another folder with --out"
        ) from None
    except OSError as problem:
        message = f"can't go on: {problem.strerror or problem}"
        at = Position(file=str(out))
        _stop([*problems, Diagnostic(rule="output", message=message, at=at, hint=so_far())], fmt, FINDINGS)
    if executor.ended:
        problems = [*problems, _ended(executor.ended, vendors)]
    failed = len(todo) - len(entries)
    mine = {name for e in entries for name in e.files}
    earlier = sorted(name for e in read_manifest(out) for name in e.files if name not in mine)
    if fmt == "json":
        print_json(
            {
                "rows": len(table.rows),
                "right": len(todo),
                "bad_rows": bad,
                "annexes": [asdict(e) for e in entries],
                "earlier": earlier,
                "kept": kept,
                "failed": failed,
                **report_dict(problems),
            }
        )
    else:
        report(problems, err=True)
        click.echo(
            f"{counted(len(table.rows), 'row')}: {counted(len(entries) - kept, 'annex', 'es')} made, {kept} kept from before, "
            f"{failed} failed, {counted(len(bad), 'row')} wrong."
        )
        if earlier:
            named = ", ".join(earlier[:_NAMED]) + (f" and {len(earlier) - _NAMED} more" if earlier[_NAMED:] else "")
            one = "1 file of an earlier run is not of this run and left as it stands"
            many = f"{len(earlier)} files of earlier runs are not of this run and left as they stand"
            click.echo(f"{one if len(earlier) == 1 else many}: {named}.")
        click.echo(f"{out / MANIFEST} lists each file with its fingerprint and what its row changes.")
    raise SystemExit(FINDINGS if bad or failed else FINE)


def _ended(count: int, vendors: Path) -> Diagnostic:
    ended = "1 worker process" if count == 1 else f"{count} worker processes"
    message = f"{ended} ended early, killed or out of memory; each row in hand was given to another process, once"
    return Diagnostic(
        rule="worker-lost", message=message, at=Position(file=str(vendors)), severity=Severity.WARNING,
        hint="fewer `--jobs` need less memory",
    )  # fmt: skip


def _stop(problems: list[Diagnostic], fmt: str, status: int) -> None:
    report(problems, fmt, err=fmt == "text")
    raise SystemExit(status)


def _unnamed(problem: Diagnostic) -> bool:
    """Whether --map can help: a title of the table is no key."""
    return "is no key of a profile" in problem.message and not problem.message.startswith("--map")


def _placed(problems: list[Diagnostic], written: Table, renamed: Table | None = None) -> list[Diagnostic]:
    """The problems with the words by which a person finds a cell in a spreadsheet; titles as they stand there."""
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


def _renamed(table: Table, names: tuple[str, ...]) -> tuple[Table, list[Diagnostic]]:
    """The table with the titles that --map gives."""
    pairs = dict(name.rsplit("=", 1) for name in names if "=" in name)
    at = Position(file=table.file, line=1)
    wrong = [n for n in names if "=" not in n] + [t for t in pairs if t.strip() not in table.titles]
    problems = [
        Diagnostic(
            rule="map",
            message=f"--map {n!r} names no column",
            at=at,
            hint=nearest(n, table.titles) or "write TITLE=KEY, with a title of the first row",
        )
        for n in wrong
    ]
    keys = {title.strip(): key.strip() for title, key in pairs.items()}
    titles = tuple(keys.get(t, t) for t in table.titles)
    if "" in keys.values():
        left = {i for i, t in enumerate(titles) if not t and table.titles[i]}
        rows = tuple(replace(r, cells=tuple("" if i in left else c for i, c in enumerate(r.cells))) for r in table.rows)
        table = replace(table, rows=rows)
    return replace(table, titles=titles), problems
