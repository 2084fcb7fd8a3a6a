"""Every bound on what comes from outside, in one place: bytes, depth, ratio, amount of work and time.

`docs/explanation/security.md` says why each is what it is. `CCCLAUSES_LIMITS` changes them for a whole run, as in
`CCCLAUSES_LIMITS="text_bytes=16MiB compared=100000"`: the commands read it and set the limits; code calls `set_limits` or works
`under` others for a while.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

from ..model.diagnostic import Diagnostic, Position, nearest

VARIABLE = "CCCLAUSES_LIMITS"
_UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_SETTING = re.compile(r"(?P<name>\w+)=(?P<amount>\d{1,15})(?P<unit>|KiB|MiB|GiB)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may ask of us."""

    # Text: profiles, clause files, templates' style maps, annexes as JSON, ledgers of events, tables of suppliers.
    text_bytes: int = 4 << 20
    text_depth: int = 40  # lists and keys inside each other
    text_values: int = 100_000  # texts, lists and groups of keys in one file
    bases: int = 20  # profiles that extend each other
    library_files: int = 5_000
    rows: int = 20_000  # events of a ledger
    # Clause texts as templates.
    tags: int = 5_000  # of one clause text
    include_depth: int = 4  # parts that include each other
    rendered: int = 1_000_000  # characters of one clause text once its parts and values are in it
    # Word files and workbooks.
    word_bytes: int = 128 << 20
    word_part: int = 64 << 20  # one part, inflated
    word_total: int = 256 << 20  # all parts, inflated
    word_entries: int = 10_000  # zip entries
    word_ratio: int = 200  # inflated to packed, looked at above `word_ratio_from`
    word_ratio_from: int = 4 << 20
    word_depth: int = 256  # elements inside each other
    workbook_total: int = 200 << 20  # all parts of a workbook, inflated
    compared: int = 50_000  # paragraphs of a file that is redlined, reviewed or compared; some 1,600 pages
    # Programs that are called.
    office_seconds: int = 120  # LibreOffice, for one file; a first start on a slow machine takes ten
    git_seconds: int = 60  # Git, for a file of an earlier revision


def read_limits(environment: Mapping[str, str]) -> tuple[Limits, list[Diagnostic]]:
    """The limits that the environment asks for, and what in it is none."""
    found, problems = Limits(), []
    names = {f.name for f in fields(Limits)}
    for word in re.split(r"[\s,;]+", environment.get(VARIABLE, "").strip()):
        if not word:
            continue
        match = _SETTING.fullmatch(word)
        if not match:
            message, hint = f"`{word}` sets no limit", "write `name=number`, such as text_bytes=16MiB"
        elif match["name"] not in names:
            message, hint = (
                f"there is no limit `{match['name']}`",
                nearest(match["name"], names) or "see docs/explanation/security.md",
            )
        elif not int(match["amount"]):
            message, hint = f"`{word}` would refuse everything", "a limit is at least 1"
        else:
            found = replace(found, **{match["name"]: int(match["amount"]) * _UNITS[match["unit"]]})
            continue
        problems.append(Diagnostic(rule="limits", message=message, at=Position(file=VARIABLE), hint=hint))
    return found, problems


_current = Limits()


def limits() -> Limits:
    """The limits in force."""
    return _current


def set_limits(new: Limits) -> None:
    """Put other limits in force, for this process."""
    global _current
    _current = new


@contextmanager
def under(new: Limits) -> Iterator[None]:
    """Work under other limits for a while."""
    before = limits()
    set_limits(new)
    try:
        yield
    finally:
        set_limits(before)
