"""Annexes as JSON of format 1, completed to what is written today.

Format 1 did not say what a deadline counts from, nor which role a parameter plays. Both are those of the shipped library,
which an annex names by the clause and paragraph of a duty and by the name of a parameter; no words are interpreted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ..load.library import load_library
from ..model.clause import Duty, Library
from ..resources import library_folder

_TIMES = ("every", "within", "before")


def complete(annex: dict[str, Any]) -> None:
    """Add to an annex of format 1, in place, what format 2 holds besides; whatever is not as expected is left alone."""
    library = _library()
    for obligation in _dicts(annex.get("obligations")):
        deadline = obligation.get("deadline")
        if isinstance(deadline, dict) and "counts_from" not in deadline:
            counts_from = _counts_from(obligation, deadline, library)
            if counts_from is not None:
                deadline["counts_from"] = counts_from
    roles = {name: role for role, name in library.roles.items()}
    parameters = annex.get("parameters")
    for entry in _dicts(list(parameters.values()) if isinstance(parameters, dict) else None):
        name = entry.get("name")
        if isinstance(name, str) and name in roles:
            entry.setdefault("role", roles[name])


@lru_cache(maxsize=1)
def _library() -> Library:
    return load_library(library_folder())[0]


def _dicts(found: Any) -> Iterator[dict[str, Any]]:
    return (each for each in found if isinstance(each, dict)) if isinstance(found, list) else iter(())


def _counts_from(obligation: dict[str, Any], deadline: dict[str, Any], library: Library) -> Any:
    """What the duty of that clause, paragraph and wording counts from, as format 2 writes it; None where it has no date."""
    clause, _, paragraph = str(obligation.get("id")).partition("#")
    known = library.clauses.get(clause)
    duties = [d for d in known.duties if d.paragraph == paragraph.partition("/")[0]] if known else []
    duties = [d for d in duties if _shape(d) == tuple(bool(deadline.get(name)) for name in _TIMES)]
    same = [d for d in duties if d.trigger == obligation.get("trigger")]
    for duty in (*same, *duties):
        if duty.counts_from is not None:
            found = duty.counts_from
            return found if isinstance(found, str) else {"type": "DayOfYear", "day": found.day, "month": found.month}
    if not any(deadline.get(name) for name in _TIMES):
        return None
    return "services_start" if deadline.get("every") else "event"


def _shape(duty: Duty) -> tuple[bool, ...]:
    return tuple(bool(getattr(duty, name)) for name in _TIMES)
