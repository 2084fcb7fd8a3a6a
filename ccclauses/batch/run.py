"""Jobs → files, through any executor. What is done is noted at once, so that a run that was stopped goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..build import build_annex
from ..files import replace_whole
from ..load.library import load_library
from ..load.located import first_refused
from ..load.profile import load_profile_text
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Position, errors
from ..resources import library_folder
from .plan import Job

MANIFEST, JOURNAL = "manifest.json", "manifest.jsonl"


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
    job: str
    files: Mapping[str, str]  # name → SHA-256
    differs: Mapping[str, str]  # column → text


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
    for kind in kinds if profile else ():
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
    ahead: int = 8,
    force: bool = False,
) -> Iterator[Outcome]:
    """Each outcome as soon as it is there. Files are whole or absent; those of a run before are kept when nothing changed.

    At most `ahead` jobs are under way, so that the memory does not grow with the table. A file that no run of this
    command made is left as it is unless `force` is given. Raises OSError when the folder can't be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    for part in out.glob(".*.part"):  # of a run that was killed while it wrote
        part.unlink(missing_ok=True)
    known = {entry.job: entry for entry in read_manifest(out)}
    ours = {name: digest for entry in known.values() for name, digest in entry.files.items()}
    done: list[Entry] = []
    waiting = iter(jobs)
    under_way: dict[Future[Made], Job] = {}
    broken = ""

    def settle(outcome: Outcome) -> Outcome:
        if outcome.entry:
            done.append(outcome.entry)
            with (out / JOURNAL).open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(asdict(outcome.entry), ensure_ascii=False) + "\n")
        return outcome

    while True:
        while len(under_way) < ahead and not broken:
            job = next(waiting, None)
            if job is None:
                break
            entry = known.get(job.fingerprint)
            if entry and all(_digest(out / name) == digest for name, digest in entry.files.items()):
                yield settle(Outcome(job=job, entry=entry, kept=True))
                continue
            try:
                under_way[executor.submit(work, job)] = job
            except (BrokenExecutor, RuntimeError) as problem:
                broken = str(problem)
                under_way[_failed(problem)] = job
        if not under_way:
            break
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            job = under_way.pop(future)
            try:
                made = future.result()
            except Exception as problem:  # whatever a worker or the cluster died of: the others go on
                broken = str(problem) if isinstance(problem, BrokenExecutor) else broken
                yield Outcome(job=job, entry=None, problems=(_lost(job, problem),))
                continue
            yield settle(_kept_files(job, made, out, ours, force))
    for job in waiting:
        yield Outcome(job=job, entry=None, problems=(_lost(job, BrokenExecutor(broken)),))
    # What runs before have made and this one did not make anew is theirs still, also where its row is wrong now or gone.
    names = {name for entry in done for name in entry.files}
    for entry in known.values():
        if not names & set(entry.files) and all(_digest(out / name) == digest for name, digest in entry.files.items()):
            done.append(entry)
    replace_whole(
        out / MANIFEST,
        json.dumps(
            {"annexes": [asdict(e) for e in sorted(done, key=lambda e: e.row)]}, ensure_ascii=False, indent=1
        ).encode(),
    )
    (out / JOURNAL).unlink(missing_ok=True)


def read_manifest(out: Path) -> list[Entry]:
    """What runs before have made; a line that was cut off when a run was stopped is as if it had not been written."""
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
            found = value.get("annexes", [value]) if isinstance(value, dict) else []
            entries += found if isinstance(found, list) else []
    return [entry for value in entries if (entry := _entry(value))]


def _entry(value: Any) -> Entry | None:
    """A line of a manifest, if it is one: the file may have been edited, and names in it are never paths."""
    try:
        entry = Entry(**value)
        pairs = [*entry.files.items(), *entry.differs.items()]
    except (TypeError, AttributeError):
        return None
    texts = [entry.supplier, entry.annex, entry.job, *(text for pair in pairs for text in pair)]
    sound = isinstance(entry.row, int) and all(isinstance(t, str) and not first_refused(t) for t in texts)
    return entry if sound and all(Path(name).name == name for name in entry.files) else None


def _kept_files(job: Job, made: Made, out: Path, ours: Mapping[str, str], force: bool) -> Outcome:
    """The files of a job written whole, or why none was."""
    if not made.files:
        return Outcome(job=job, entry=None, problems=made.problems)
    files = {f"{job.name}.{kind}": data for kind, data in made.files}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    strange = [
        n for n in files if (out / n).exists() and not force and _digest(out / n) not in (ours.get(n), digests[n])
    ]
    if strange:
        message, hint = (
            "the file exists and was left as it is",
            "no run made it as it stands; move it, or overwrite it with --force",
        )
        return Outcome(
            job=job,
            entry=None,
            problems=tuple(
                Diagnostic(rule="output", message=message, at=Position(file=str(out / n)), hint=hint) for n in strange
            ),
        )
    try:
        for name, data in files.items():
            replace_whole(out / name, data)
    except OSError as problem:
        message = f"the file can't be written: {problem.strerror or problem}"
        return Outcome(
            job=job,
            entry=None,
            problems=(Diagnostic(rule="output", message=message, at=Position(file=str(out / name))),),
        )
    entry = Entry(
        row=job.row,
        supplier=job.supplier,
        annex=made.annex,
        job=job.fingerprint,
        files=digests,
        differs=dict(job.differs),
    )
    return Outcome(job=job, entry=entry, problems=made.problems)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _failed(problem: BaseException) -> Future[Made]:
    future: Future[Made] = Future()
    future.set_exception(problem)
    return future


def _lost(job: Job, problem: BaseException) -> Diagnostic:
    message = f"row {job.row} ({job.supplier}) was not made: {type(problem).__name__} {problem}".rstrip()
    return Diagnostic(
        rule="worker-lost", message=message, at=Position(file=job.file), hint="run it again: what is done is kept"
    )
