"""`ccclauses batch`: a table of suppliers becomes an annex each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.diagnostic import Diagnostic, InputError, Position, Severity, errors
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

    All rows are checked first. A row that is wrong is reported with its row and column, and the others go on. A run that was
    stopped goes on where it was when it is started again. Files of earlier runs in the folder are left and told.

    \b
    ccclauses batch vendors.csv --profile base.yaml --check
    ccclauses batch vendors.xlsx --profile base.yaml --out annexes --jobs 4 --to docx --to json

    Exit status: 0 fine, 1 a row is wrong or a file was not made, 2 misuse, 130 stopped with Ctrl+C.
    """
    from ..batch.columns import counted
    from ..batch.prepare import prepare
    from ..batch.run import MANIFEST, make, read_manifest, run

    pairs = dict(name.rsplit("=", 1) for name in names if "=" in name)
    hidden = fmt == "json" or not sys.stderr.isatty()
    with ExitStack() as shown:

        def start(rows: int) -> Callable[[int], object]:
            bar = click.progressbar(length=rows, label="Checking", file=sys.stderr, hidden=hidden)
            return shown.enter_context(bar).update

        try:
            prepared = prepare(
                vendors, base, kinds=kinds, template=template, columns=pairs,
                unread=[n for n in names if "=" not in n], sheet=sheet, start=start,
            )  # fmt: skip
        except InputError as refused:
            read = any(d.at.file != str(vendors) for d in errors(refused.problems))
            _stop(list(refused.problems), fmt, FINDINGS if read else MISUSE)
    library, folders, problems = prepared.library, prepared.folders, list(prepared.problems)
    rows, todo, bad = prepared.rows, prepared.todo, list(prepared.bad)
    if not todo or check:
        if fmt == "json":
            print_json({"rows": rows, "right": len(todo), "bad_rows": bad, "annexes": [], **report_dict(problems)})
        else:
            report(problems, err=True)
            if title := next((d.message.split("`")[1] for d in problems if _unnamed(d)), ""):
                click.echo(
                    f'Say what a column is with --map "{title}=KEY", or leave it out with --map "{title}=".', err=True
                )
            click.echo(f"{counted(rows, 'row')}: {len(todo)} right, {len(bad)} wrong. Nothing was written.")
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
                    # What a worker says of the row's profile is reported where the row stands.
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
                "rows": rows,
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
            f"{counted(rows, 'row')}: {counted(len(entries) - kept, 'annex', 'es')} made, {kept} kept from before, "
            f"{failed} failed, {counted(len(bad), 'row')} wrong."
        )
        if earlier:
            named = ", ".join(earlier[:_NAMED]) + (f" and {len(earlier) - _NAMED} more" if earlier[_NAMED:] else "")
            one = "1 file of an earlier run is not of this run and was left unchanged"
            many = f"{len(earlier)} files of earlier runs are not of this run and were left unchanged"
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
    """Whether --map can help: a title of the table is not a key."""
    return "is not a key of a profile" in problem.message and not problem.message.startswith("--map")
