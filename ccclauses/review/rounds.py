"""A negotiation folder: what was sent and what came back in each round, and how each clause and value moved."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from ..load.document.located import first_refused
from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.findings.negotiation import History, Move, Side, Stage
from ..model.findings.review import Review
from ..model.library.library import Library
from ..ooxml.package.package import Package, read_package
from ..ooxml.package.parse import PackageError
from ..read.within import alone
from .find.findings import review
from .judge.judging import judge_review
from .judge.known import known_from_word

INDEX = "rounds.json"
MOST = 1 << 20  # bytes of the index
_FILE = re.compile(r"\d{2,4}-(?:sent|returned)\.docx")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_rounds(folder: Path) -> tuple[list[Stage], list[Diagnostic]]:
    """The stages that a folder keeps; every line of its index that is not as it should be is a problem."""
    path = folder / INDEX
    if not path.exists():
        return [], []
    try:
        with path.open("rb") as source:
            data = json.loads(source.read(MOST).decode("utf-8"))
    except OSError as problem:
        return [], [_wrong(path, f"the index can't be read: {problem.strerror or problem}")]
    except (UnicodeDecodeError, ValueError, RecursionError):
        return [], [_wrong(path, "the index is not valid JSON")]
    rows = data.get("stages") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        return [], [_wrong(path, "the index has no list `stages`")]
    stages, problems = [], []
    for number, row in enumerate(rows, 1):
        stage, why = _stage(row)
        if stage is None:
            problems.append(_wrong(path, f"stage {number}: {why}"))
        else:
            stages.append(stage)
    return stages, problems


_KEYS = ("round", "side", "file", "sha256", "name", "kept")


def _stage(row: object) -> tuple[Stage | None, str]:
    if not isinstance(row, dict):
        return None, "it is not a group of keys"
    unknown = [k for k in row if k not in _KEYS]
    if unknown:
        return None, f"unknown key `{unknown[0]}`; {nearest(str(unknown[0]), _KEYS)}".rstrip("; ")
    missing = [k for k in _KEYS if k not in row]
    if missing:
        return None, f"`{missing[0]}` is missing"
    if not isinstance(row["round"], int) or isinstance(row["round"], bool) or row["side"] not in ("sent", "returned"):
        return None, "`round` is a number and `side` is sent or returned"
    texts = [row[k] for k in ("file", "sha256", "name", "kept")]
    if (
        not all(isinstance(t, str) and not first_refused(t) for t in texts)
        or not _FILE.fullmatch(row["file"])
        or not _SHA256.fullmatch(row["sha256"])
    ):
        return None, "`file` is the name of a file of this folder, such as 01-sent.docx, and `sha256` its fingerprint"
    return Stage(**row), ""


def next_stages(known: list[Stage], papers: Mapping[Side, tuple[str, bytes]], day: str) -> list[tuple[Stage, bytes]]:
    """The stages to be kept of a new round with their bytes; what is the last paper already is not kept again."""
    number = max((s.round for s in known), default=0) + 1
    last = known[-1].sha256 if known else ""
    out: list[tuple[Stage, bytes]] = []
    for side, (name, data) in papers.items():
        digest = hashlib.sha256(data).hexdigest()
        if digest == last or any(s.sha256 == digest and s.side == side for s in known):
            continue
        last = digest
        out.append(
            (Stage(round=number, side=side, file=f"{number:02}-{side}.docx", sha256=digest, name=name, kept=day), data)
        )
    return out


def index_text(stages: list[Stage]) -> str:
    """The index of a folder."""
    rows = [{key: getattr(stage, key) for key in _KEYS} for stage in stages]
    return json.dumps({"stages": rows}, indent=2, ensure_ascii=False) + "\n"


def history(folder: Path, library: Library) -> tuple[History | None, list[Diagnostic]]:
    """How each clause and value moved from paper to paper; None where there is nothing to tell."""
    stages, problems = read_rounds(folder)
    packages = []
    for stage in stages:
        package, found = _kept(folder, stage)
        problems += found
        packages.append(package)
    if problems or not stages:
        return None, problems or [
            _wrong(
                folder / INDEX,
                "no round is kept in this folder",
                "`ccclauses review SENT RETURNED --keep FOLDER` keeps one",
            )
        ]
    reviews: list[Review] = []
    for n in range(1, len(packages)):
        before, after = packages[n - 1], packages[n]
        assert before is not None and after is not None
        found_review = review(before, after, names=(str(stages[n - 1]), str(stages[n])))
        known = known_from_word(before, library, stages[n - 1].file)
        reviews.append(judge_review(found_review, known) if known else found_review)
    return History(stages=tuple(stages), clauses=_clauses(reviews), values=_values(reviews)), []


def _kept(folder: Path, stage: Stage) -> tuple[Package | None, list[Diagnostic]]:
    path = folder / stage.file
    try:
        package, _ = alone(read_package(path))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (PackageError, OSError) as problem:
        return None, [_wrong(path, str(problem))]
    if digest != stage.sha256:
        return None, [
            _wrong(
                path,
                f"the file is no longer the one that was kept as {stage}",
                "put the kept file back, or take the stage out of the index",
            )
        ]
    return package, []


def _clauses(reviews: list[Review]) -> tuple[Move, ...]:
    rows: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for n, found in enumerate(reviews):
        for section in found.sections:
            if section.findings or section.also:
                names.setdefault(section.id, f"{section.number} {section.title}".strip())
                rows.setdefault(section.id, [""] * len(reviews))[n] = ", ".join(section.states)
    return tuple(Move(name=names[id_], at=("", *cells)) for id_, cells in rows.items())


def _values(reviews: list[Review]) -> tuple[Move, ...]:
    rows: dict[str, list[str]] = {}
    for n, found in enumerate(reviews):
        # A clause goes before the schedule that repeats it.
        for section in sorted(found.sections, key=lambda s: s.kind == "clause"):
            for value in (v for f in section.findings for v in f.values):
                label = value.label or (f"{section.number} {section.title}".strip() + f" ({value.kind})")
                if not value.label and section.kind != "clause":
                    continue
                rows.setdefault(label, [value.before, *[""] * len(reviews)])[n + 1] = value.after or "dropped"
    return tuple(Move(name=label, at=tuple(cells)) for label, cells in rows.items())


def _wrong(path: Path, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(rule="negotiation-folder", message=message, at=Position(file=str(path)), hint=hint)
