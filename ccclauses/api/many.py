"""A table of suppliers → an annex each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..batch.jobs import Here, Jobs
from ..batch.prepare import prepare
from ..batch.run import Entry, make, run
from ..model.diagnostic import Diagnostic, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a table came to: an entry for each annex, the rows that are wrong, and every problem at its cell."""

    entries: tuple[Entry, ...]
    rows: int
    bad_rows: tuple[int, ...]
    problems: tuple[Diagnostic, ...]


def batch(
    table: Path | str,
    profile: Path | str,
    out: Path | str,
    *,
    kinds: Sequence[str] = ("docx",),
    template: str | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
    executor: Jobs | None = None,
    force: bool = False,
) -> Batch:
    """Build one annex for each row of a CSV or Excel table, whose columns are keys of the profile that all build on.

    `columns` says what a column of another title is: `{"Vendor": "parties.provider.name"}`; an empty key leaves it out. A row
    that is wrong is reported and the others go on; what an earlier run made and nothing has changed since is kept. Files that no
    run made are left unless `force` is given. Raises `InputError` where the table or the profile can't be read, and `OSError`
    where the folder can't be written.

        >>> made = api.batch("suppliers.csv", "examples/startup-baseline.yaml", "annexes")
        >>> made.rows, made.bad_rows, sorted(name for entry in made.entries for name in entry.files)
        (2, (), ['acme-voice-ltd.docx', 'north-desk-ltd.docx'])
    """
    ready = prepare(Path(table), Path(profile), kinds=kinds, template=template, columns=columns, sheet=sheet)
    problems = list(ready.problems)
    work = partial(
        make,
        kinds=tuple(kinds),
        template=template,
        folders=tuple(map(str, ready.folders)),
        expected=ready.library.fingerprint,
    )
    entries = []
    for outcome in run(ready.todo, Path(out), executor or Here(), work, table=Path(table).name, force=force):
        at = Position(file=str(table), line=outcome.job.row)
        problems += [replace(d, at=at) if d.at.file == outcome.job.file else d for d in outcome.problems]
        entries += [outcome.entry] if outcome.entry else []
    return Batch(entries=tuple(entries), rows=ready.rows, bad_rows=ready.bad, problems=tuple(problems))
