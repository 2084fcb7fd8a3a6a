"""What a deal still needs: what keeps it from being final, and advice; one list, in the order of the questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ..derive.coverage import coverage
from ..derive.open_points import open_points
from ..lint.engine import lint_annex
from ..model.annex import Annex
from ..model.diagnostic import OPEN_RULES, Diagnostic, Severity
from ..model.profile import OpenPoint
from .notes import Notes
from .state import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A matter of a deal. `path` is where it is settled, empty where no value settles it.

    An `open` point comes from what is missing, assumed or a placeholder; a `problem` from what is written. `key` names the
    matter as long as it stays the same, so that advice that was set aside stays so.
    """

    key: str
    path: str
    final: bool  # whether it keeps the annex from being final
    open: OpenPoint | None = None
    problem: Diagnostic | None = None
    aside: str = ""  # why it was set aside
    who: str = ""  # who could tell


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a law or standard is answered: contract terms answered, terms in all, sources that nobody has checked."""

    short: str
    answered: int
    terms: int
    unchecked: int


def points_of(found: Shown, notes: Notes) -> tuple[Point, ...]:
    """Every matter of a deal: first what is open, in the order of the questions, then what is wrong, then advice."""
    return (*blocking(found), *_advice(found, notes))


def blocking(found: Shown) -> tuple[Point, ...]:
    """What keeps the annex from being final."""
    return (*_open(found), *_wrong(found))


def _open(found: Shown) -> Iterator[Point]:
    for point in open_points(found.resolution) if found.resolution else ():
        who = found.unknown.get(point.path, "")
        yield Point(
            key=_key(point.kind, point.path), path=point.path, final=True, open=point, who="" if who == "?" else who
        )


def _wrong(found: Shown) -> Iterator[Point]:
    for problem in found.problems:
        if problem.severity == Severity.ERROR and problem.rule not in OPEN_RULES:
            yield Point(
                key=_key(problem.rule, problem.message), path=path_at(found, problem), final=True, problem=problem
            )


def _advice(found: Shown, notes: Notes) -> Iterator[Point]:
    told = [d for d in found.problems if d.severity < Severity.ERROR and d.rule not in OPEN_RULES]
    lint = _linted(_Kept(found.file, found.text, found.annex))
    for problem in dict.fromkeys((*told, *lint)):
        key = _key(problem.rule, problem.message)
        yield Point(key=key, path=path_at(found, problem), final=False, problem=problem, aside=notes.aside.get(key, ""))


@dataclass(frozen=True, slots=True)
class _Kept:
    """An annex, remembered by the text that it was made of."""

    file: str
    text: str
    annex: Annex | None = field(compare=False)


@lru_cache(maxsize=8)
def _linted(kept: _Kept) -> tuple[Diagnostic, ...]:
    found = lint_annex(kept.annex, "annex") if kept.annex else ()
    return tuple(d for d in found if d.severity > Severity.NOTE)


def path_at(found: Shown, problem: Diagnostic) -> str:
    """The value of the profile that a problem is about; empty where it is about none."""
    own = problem.at.file == found.file
    return found.written.path_at(problem.at.line, problem.at.column) if own and problem.rule != "law" else ""


def _key(rule: str, words: str) -> str:
    return hashlib.sha256(f"{rule}\n{words}".encode()).hexdigest()[:12]


def covered(found: Shown) -> tuple[Covered, ...]:
    """How far each law and standard that was chosen is answered."""
    if found.annex is None:
        return ()
    out = []
    for framework in coverage(found.annex, found.library).frameworks:
        answered, terms = framework.share("contract_term")
        out.append(Covered(framework.short, answered, terms, sum(bool(r.checked) for r in framework.rows)))
    return tuple(out)
