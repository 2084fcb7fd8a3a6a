"""An agreement that is dropped on the page: its outline to choose a place from, the seams of the result, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..into.facts import Facts
from ..into.host import Host, Refused, open_host
from ..into.merge import Choices, Merged, merge, refused
from ..into.place import listed_places, older_annexes
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Severity
from ..ooxml.package import PackageError
from .preview import Preview

AROUND = 3  # paragraphs that a seam shows on each side
FIELDS = "into."  # what the names of the form's fields for an agreement begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The places of an agreement: how each is named and shown; whether an annex is in it already."""

    places: tuple[tuple[str, str], ...] = ()
    older: bool = False
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """The paragraphs on both sides of a seam."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What came of putting the annex in."""

    merged: Merged | None = None
    seams: tuple[Seam, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def outline_of(name: str, data: bytes) -> Outline:
    """The places that an agreement has."""
    try:
        host = Host(open_host(data, name))
    except (PackageError, Refused) as problem:
        return Outline(problems=(refused(problem, name),))
    return Outline(places=tuple(listed_places(host)), older=bool(older_annexes(host)))


def put_in(
    preview: Preview, library: Library, name: str, data: bytes, asked: Mapping[str, str], now: datetime | None
) -> Put:
    """The agreement with the annex of the page in it, at the place that was chosen."""
    if preview.profile is None:
        return Put(problems=(refused(Refused("the profile has errors, so there is no annex to put in"), name),))
    choices = Choices(
        at=asked.get(f"{FIELDS}at", ""),
        instead=f"{FIELDS}instead" in asked,
        tracked=f"{FIELDS}track" in asked,
        date=now,
    )
    merged, problems = merge(preview.profile, library, data, name=name, choices=choices)
    if merged is None:
        return Put(problems=tuple(p for p in problems if p.severity == Severity.ERROR))
    return Put(merged=merged, seams=_seams(merged))


def _seams(merged: Merged) -> tuple[Seam, ...]:
    facts = Facts(merged.spliced.package)
    begins, ends = facts.bounds(merged.spliced.tag)
    lines = [f"{f.number} {f.text}".strip() for f in facts.paragraphs]
    return (
        Seam(
            name="Where the annex begins",
            before=_some(lines, begins - AROUND, begins),
            after=_some(lines, begins, begins + AROUND),
        ),
        Seam(
            name="Where it ends",
            before=_some(lines, ends + 1 - AROUND, ends + 1),
            after=_some(lines, ends + 1, ends + 1 + AROUND),
        ),
    )


def _some(lines: list[str], first: int, end: int) -> tuple[str, ...]:
    return tuple(line for line in lines[max(0, first) : max(0, end)] if line)
