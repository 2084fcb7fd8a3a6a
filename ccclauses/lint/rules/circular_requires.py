"""Finds clauses that require each other in a circle.

Why it matters
    Neither could be left out, and nobody could say which asked for which.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clause import Clause, Library
from ...model.diagnostic import Severity
from ..subject import Finding

CODE = "S09"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """The circle that a clause stands in, told once at its first clause."""
    circle = {other for other in _required(clause, library) if clause.id in _required(library.clauses[other], library)}
    if clause.id == min(circle, default=""):
        others = ", ".join(sorted(circle - {clause.id})) or "its own list"
        yield Finding(message=f"`{clause.id}` requires itself through {others}", at=clause.at)


def _required(clause: Clause, library: Library) -> set[str]:
    """What a clause requires, with what that requires in turn."""
    waiting, seen = list(clause.requires), set()
    while waiting:
        other = waiting.pop()
        if other not in seen and other in library.clauses:
            seen.add(other)
            waiting += library.clauses[other].requires
    return seen
