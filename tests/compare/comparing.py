"""Annexes of the small library, and small annexes by hand, for the tests of comparison."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ccclauses.compare.contents import Contents, Line, Part
from ccclauses.compare.whole import compare_contents
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Annex, Text
from ccclauses.model.diagnostic import errors
from ccclauses.model.findings.comparison import Comparison
from ccclauses.report.diff.diff_text import write_diff_text
from ccclauses.resolve import resolve

TESTS = Path(__file__).parent.parent
SMALL = TESTS / "library"
FULL = (TESTS / "profiles" / "full.yaml").read_text(encoding="utf-8")


@lru_cache
def small_library():
    return load_library(SMALL)[0]


def annex(folder: Path, *changes: tuple[str, str], library: Path | None = None) -> Annex:
    """The annex of the full profile with these replacements in its text."""
    text = FULL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "deal.yaml"
    path.write_text(text, encoding="utf-8")
    known = load_library(library)[0] if library else small_library()
    profile, problems = load_profile(path, known)
    assert profile is not None, problems
    resolution, problems = resolve(profile, known)
    assert resolution is not None, errors(problems)
    composed, problems = compose_annex(resolution)
    assert composed is not None, errors(problems)
    return composed


def part(id_: str, *lines: str, title: str = "", number: str = "1") -> Part:
    """A clause whose paragraphs are these texts, numbered in order."""
    return Part(
        id=id_,
        title=title or id_.capitalize(),
        number=number,
        lines=tuple(Line(number=f"{number}.{n}", inlines=(Text(t),)) for n, t in enumerate(lines, 1)),
    )


def compare(before: list[Part], after: list[Part], **more) -> Comparison:
    """Two lists of clauses compared."""
    return compare_contents(Contents(parts=tuple(before)), Contents(parts=tuple(after)), names=("A", "B"), **more)


def told(before: list[Part], after: list[Part], only="substantive", **more) -> str:
    """The report on two lists of clauses."""
    return write_diff_text(compare(before, after, **more), only)
