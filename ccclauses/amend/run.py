"""Signed files → what the new library means for each, in their order, through any executor.

Libraries don't travel: each process reads them itself by their folders.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..model.diagnostic import Diagnostic
from ..model.findings.amendment import Effect
from ..model.library.library import Library
from ..sides.library import library_named
from .effect import Case, effect_of
from .papers import Paper
from .writing.document import Terms

Found = tuple[Effect, dict[str, bytes]]  # the bytes of each file to be written, by name below the folder

_DIFFERS = "the clause library changed while the annexes were read; run it again"
_LOST = "the process that read it ended, and so did a second one; run it again with fewer `--jobs`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A case that travels to other processes: its libraries by name, with the fingerprints that they had at first."""

    old: tuple[str, ...]  # empty where the old library is not known
    new: tuple[str, ...]
    expected: tuple[str, str]  # of old and new
    base: Path | None
    template: str
    terms: Terms
    papers: bool
    form: str = ""


@lru_cache(maxsize=2)
def library_once(specs: tuple[str, ...]) -> tuple[Library | None, list[Diagnostic]]:
    """The library that those folders name, read once in a process."""
    return library_named(specs)


def fingerprints(old: Library | None, new: Library) -> tuple[str, str]:
    """What tells whether another process reads the same libraries."""
    return (old.fingerprint if old else "", new.fingerprint)


def effect_for(paper: Paper, order: Order) -> Found:
    """One signed file, in whatever process this is."""
    old = library_once(order.old)[0] if order.old else None
    new = library_once(order.new)[0]
    if new is None or fingerprints(old, new) != order.expected:
        return Effect(file=paper.name, state="unreadable", problems=(_DIFFERS,)), {}
    terms, base, template = order.terms, order.base, order.template
    case = Case(old=old, new=new, base=base, template=template, terms=terms, papers=order.papers, form=order.form)
    return effect_of(paper, case)


def effects(papers: Iterable[Paper], executor: Executor, work: Callable[[Paper], Found], ahead: int) -> Iterator[Found]:
    """What is found of each file, in their order; at most `ahead` are under way, so that memory does not grow.

    A file whose process ended before its time, and was not tried again, is reported.
    """
    under_way: deque[tuple[Paper, Future[Found] | None]] = deque()
    for paper in papers:
        under_way.append((paper, _submitted(executor, work, paper)))
        if len(under_way) >= ahead:
            yield _settled(*under_way.popleft())
    while under_way:
        yield _settled(*under_way.popleft())


def _submitted(executor: Executor, work: Callable[[Paper], Found], paper: Paper) -> Future[Found] | None:
    try:
        return executor.submit(work, paper)
    except BrokenExecutor:
        return None


def _settled(paper: Paper, future: Future[Found] | None) -> Found:
    try:
        if future is not None:
            return future.result()
    except BrokenExecutor:
        pass
    return Effect(file=paper.name, state="unreadable", problems=(_LOST,)), {}
