"""Jobs → files, through any executor. What is done is noted at once, so that a run that was stopped goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..common.files import alone, of_the_disk, replace_whole
from ..common.resources import library_folder
from ..load.document.located import first_refused
from ..load.library.library import load_library
from ..load.profile.profile import load_profile_text
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.library.library import Library
from ..pipeline import build_annex
from .plan import Job

MANIFEST, JOURNAL, LOCK = "manifest.json", "manifest.jsonl", ".batch.lock"
_WATCHED = 5.0  # seconds after which it is looked whether something can still come back
_AGAIN = "run it again: what is done is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a worker gives back: the bytes of each file by suffix, or why there are none."""

    annex: str  # fingerprint of the annex
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the manifest."""

    row: int
    supplier: str
    annex: str
    job: str  # empty when some of its files are gone or of a later run
    files: Mapping[str, str]  # name → SHA-256
    differs: Mapping[str, str]  # column → text
    table: str = ""  # name of the file whose row it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job; `entry` is None when it failed, and `kept` says that it had been done before."""

    job: Job
    entry: Entry | None
    kept: bool = False
    problems: tuple[Diagnostic, ...] = ()


def make(job: Job, kinds: tuple[str, ...], template: str | None, folders: tuple[str, ...], expected: str) -> Made:
    """One job, in whatever process this is; `expected` is the fingerprint of the library that the plan was made with."""
    at = Position(file=job.file)
    library, problems = _library(folders)
    if library.fingerprint != expected:
        message = "the clause library changed since the rows were checked, or is another one where this was to be made"
        return Made(annex="", files=(), problems=(Diagnostic(rule="library-differs", message=message, at=at),))
    profile, problems = load_profile_text(job.text, job.file, library)
    files: list[tuple[str, bytes]] = []
    annex = ""
    if profile is None:
        return Made(annex="", files=(), problems=tuple(errors(problems)))
    for kind in kinds:
        built, found = build_annex(profile, library, kind=kind, template=template)
        problems = problems + found
        if built is None:
            return Made(annex="", files=(), problems=tuple(errors(problems)))
        annex = built.annex.fingerprint
        files.append((kind, built.data))
    return Made(annex=annex, files=tuple(files), problems=tuple(errors(problems)))


@lru_cache(maxsize=2)
def _library(folders: tuple[str, ...]) -> tuple[Library, list[Diagnostic]]:
    return load_library(library_folder(), *map(Path, folders))


def run(
    jobs: Iterable[Job],
    out: Path,
    executor: Executor,
    work: Callable[[Job], Made],
    *,
    table: str = "",
    ahead: int = 8,
    force: bool = False,
    watch: Callable[[], None] = lambda: None,
) -> Generator[Outcome, None, None]:
    """Each outcome as soon as it is there. Files are whole or absent; those of a run before are kept when nothing changed.

    At most `ahead` jobs are under way, so that the memory does not grow with the table. A file that no run of this
    command made is left as it is unless `force` is given. `watch` is called while nothing comes back. Raises OSError
    when the folder can't be written (BlockingIOError when another run is writing into it), `watch` gives up, or what
    runs the jobs drops them.
    """
    out.mkdir(parents=True, exist_ok=True)
    with alone(out / LOCK):
        yield from _run(jobs, out, executor, work, table, ahead, force, watch)


def _run(
    jobs: Iterable[Job], out: Path, executor: Executor, work: Callable[[Job], Made], table: str, ahead: int, force: bool,
    watch: Callable[[], None],
) -> Iterator[Outcome]:  # fmt: skip
    for part in out.glob(".*.part"):  # of a run that was killed while it wrote
        part.unlink(missing_ok=True)
    before = read_manifest(out)
    known = {entry.job: entry for entry in before}
    ours = {pair for entry in before for pair in entry.files.items()}
    done: list[Entry] = []
    waiting = iter(jobs)
    under_way: dict[Future[Made], Job] = {}
    broken: BaseException | None = None

    while True:
        while len(under_way) < ahead and not broken and (job := next(waiting, None)):
            entry = known.get(job.fingerprint)
            if entry and entry.files and all(_digest(out / n) == digest for n, digest in entry.files.items()):
                # The row may stand elsewhere now, or say what the base said before.
                entry = _entry_of(job, entry.annex, entry.files, table)
                _note(out, entry)
                done.append(entry)
                yield Outcome(job=job, entry=entry, kept=True)
                continue
            try:
                future = executor.submit(work, job)
            except RuntimeError as problem:  # what runs the jobs is broken, or was shut down
                broken, future = problem, Future()
                future.set_exception(problem)
            under_way[future] = job
        if not under_way:
            break
        ended = wait(under_way, timeout=_WATCHED, return_when=FIRST_COMPLETED).done
        if not ended:
            watch()
        for future in ended:
            job = under_way.pop(future)
            try:
                made = future.result()
            except CancelledError:  # nobody here cancels a job
                raise ConnectionError("the cluster dropped what it was to do") from None
            except Exception as problem:  # whatever a worker died of: the others go on
                yield Outcome(job=job, entry=None, problems=(_lost(job, problem),))
                continue
            outcome = _kept_files(job, made, out, table, ours, force)
            done += [outcome.entry] if outcome.entry else []
            yield outcome
    for job in waiting:
        message = f"the rows that were left were not made: {broken}"
        lost = Diagnostic(rule="worker-lost", message=message, at=Position(file=str(out)), hint=_AGAIN)
        yield Outcome(job=job, entry=None, problems=(lost,))
    lists = {"annexes": sorted(done, key=lambda e: e.row), "earlier": _earlier(before, done, out)}
    text = json.dumps(
        {name: [asdict(e) for e in entries] for name, entries in lists.items()}, ensure_ascii=False, indent=1
    )
    replace_whole(out / MANIFEST, text.encode())
    (out / JOURNAL).unlink(missing_ok=True)


def _note(out: Path, entry: Entry) -> None:
    """A line of the journal. It begins with its line break: the last one may have been cut off."""
    with (out / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write("\n" + json.dumps(asdict(entry)))


def _earlier(before: Sequence[Entry], done: Iterable[Entry], out: Path) -> list[Entry]:
    """What earlier runs made and this one did not, as far as a file of that name is still there. Each file is of one entry."""
    taken = {name for entry in done for name in entry.files}
    now = {name: _digest(out / name) for entry in before for name in entry.files if name not in taken}
    owner: dict[str, int] = {}  # the last that wrote the file as it is, else the last that wrote it
    for as_it_stands in (False, True):
        for number, entry in enumerate(before):
            for name, digest in entry.files.items():
                if now.get(name) and (not as_it_stands or now[name] == digest):
                    owner[name] = number
    earlier = []
    for number, entry in enumerate(before):
        files = {name: digest for name, digest in entry.files.items() if owner.get(name) == number}
        if files:
            earlier.append(replace(entry, files=files, job=entry.job if len(files) == len(entry.files) else ""))
    return earlier


def read_manifest(out: Path) -> list[Entry]:
    """What runs before have made, the last last; a line that was cut off when a run was stopped is as if it were not there."""
    entries: list[Any] = []
    for name in (MANIFEST, JOURNAL):
        try:
            text = (out / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        for part in [text] if name == MANIFEST else text.splitlines():
            try:
                value = json.loads(part)
            except (ValueError, RecursionError):
                continue
            if not isinstance(value, dict):
                continue
            lists = [value.get("earlier", []), value.get("annexes", [])] if name == MANIFEST else [[value]]
            entries += [e for found in lists if isinstance(found, list) for e in found]
    return [entry for value in entries if (entry := _entry(value))]


def _entry(value: Any) -> Entry | None:
    """A line of a manifest, if it is one: the file may have been edited, and names in it are never paths."""
    try:
        entry = Entry(**value)
        pairs = [*entry.files.items(), *entry.differs.items()]
    except (TypeError, AttributeError):
        return None
    texts = [entry.supplier, entry.annex, entry.job, entry.table, *(text for pair in pairs for text in pair)]
    sound = isinstance(entry.row, int) and all(isinstance(t, str) and not first_refused(t) for t in texts)
    return entry if sound and all(Path(name).name == name for name in entry.files) else None


def _entry_of(job: Job, annex: str, files: Mapping[str, str], table: str) -> Entry:
    return Entry(
        row=job.row,
        supplier=job.supplier,
        annex=annex,
        job=job.fingerprint,
        files=files,
        differs=dict(job.differs),
        table=table,
    )


def _kept_files(job: Job, made: Made, out: Path, table: str, ours: Set[tuple[str, str]], force: bool) -> Outcome:
    """The files of a job written whole, or why none was. Raises OSError when no file can be written any more."""
    if not made.files:
        return Outcome(job=job, entry=None, problems=made.problems)
    files = {f"{job.name}.{kind}": data for kind, data in made.files}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    entry = _entry_of(job, made.annex, digests, table)
    stand = {n: _digest(out / n) for n in files if (out / n).exists() and not force}
    strange = [n for n, digest in stand.items() if digest != digests[n] and (n, digest) not in ours]
    if strange:
        message, hint = (
            "the file exists and was left as it is",
            "no run made it in this state; move it, or overwrite it with --force",
        )
        return Outcome(
            job=job,
            entry=None,
            problems=tuple(
                Diagnostic(rule="output", message=message, at=Position(file=str(out / n)), hint=hint) for n in strange
            ),
        )
    # Noted first, so that whatever is there when a run is killed is known as ours.
    _note(out, entry)
    try:
        for name, data in files.items():
            replace_whole(out / name, data)
    except OSError as problem:
        if of_the_disk(problem):
            raise
        message = f"the file can't be written: {problem.strerror or problem}"
        return Outcome(
            job=job,
            entry=None,
            problems=(Diagnostic(rule="output", message=message, at=Position(file=str(out / name))),),
        )
    return Outcome(job=job, entry=entry, problems=made.problems)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _lost(job: Job, problem: Exception) -> Diagnostic:
    # What comes of a worker or of what runs the jobs is a RuntimeError with a sentence in it.
    told = str(problem) if isinstance(problem, RuntimeError) else f"{type(problem).__name__} {problem}".rstrip()
    message = f"row {job.row} ({job.supplier}) was not made: {told}"
    return Diagnostic(rule="worker-lost", message=message, at=Position(file=job.file), hint=_AGAIN)
