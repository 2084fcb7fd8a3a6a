"""Two annexes of which one was made when clauses had other names → which of its parts the other's took over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..common.resources import library_folder
from ..compare.contents import Contents
from ..compose.numbers.anchors import clause_anchor
from ..load.library.library import load_library


def earlier_parts(before: Contents, after: Contents, libraries: tuple[Path, ...]) -> Mapping[str, tuple[str, ...]]:
    """For each part of either side the ids of the parts of the other that it took over; parts are clauses or anchors.

    The library is read only where a side has a clause that the other lacks.
    """
    left, right = ({p.id for p in side.of_kind("clause") if p.id} for side in (before, after))
    if not (left - right and right - left):
        return {}
    library, _ = load_library(library_folder(), *libraries)
    if library is None:
        return {}
    known = {i: c.formerly for i, c in library.clauses.items() if c.formerly}
    anchors = {clause_anchor(i): tuple(map(clause_anchor, was)) for i, was in known.items()}
    return {**known, **anchors}
