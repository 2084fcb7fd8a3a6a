"""What a new clause library means for signed annexes: for each annex what changes, what stays, and who has to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..library.clause import Change
from .comparison import Exposure

NOT_USED = "Not used"  # the heading of a clause that is gone, whose number stays
AMENDMENT_ANCHOR = "_ca_part_"  # how the bookmarks of an amendment's own headings begin

State = Literal["affected", "unaffected", "unknown", "unreadable"]
What = Literal["replaced", "inserted", "deleted", "renumbered"]
Why = Literal["negotiated", "taken out", "not known", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A clause, definition, schedule or other part that the new library changes; `why` is for the client alone."""

    kind: Literal["clause", "definition", "schedule", "front"]
    id: str  # of the clause or schedule; the term of a definition
    number: str
    title: str
    what: What
    why: tuple[str, ...]
    changes: tuple[Change, ...] = ()  # the library's reason for each version since the signed one
    about: str = ""  # what the clause is for
    words: tuple[tuple[str, str], ...] = ()  # each line that changes, before and after; empty where there is none

    @property
    def name(self) -> str:
        """The part as a reader names it: "33 Breach handling"."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A part that the new library words otherwise and that stays as it was signed, and why."""

    kind: Literal["clause", "definition", "schedule", "front"]
    id: str
    number: str
    title: str
    why: Why
    reason: str
    changes: tuple[Change, ...] = ()  # the library's reason for each version since the signed one
    signed: str  # the words of the signed annex
    library: str  # those of the new library; empty where it has none

    @property
    def name(self) -> str:
        """The part as a reader names it."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A value of the signed annex and what the new library says against it, with the rule and its source."""

    parameter: str
    label: str
    value: str
    kind: Literal["unmet", "advised", "out of range", "moved"]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Whose signature an amendment needs; a name may be unknown."""

    party: str
    name: str
    capacity: str

    def __str__(self) -> str:
        who = ", ".join(filter(None, (self.name, self.capacity)))
        return f"{self.party} ({who})" if who else self.party


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the new library means for one signed annex, and the files that were written for it."""

    file: str  # below the folder
    state: State
    went_by: tuple[str, ...] = ()  # how text, profile and library of the annex became known
    supplier: str = ""
    client: str = ""
    reference: str = ""
    date: str = ""  # ISO 8601
    amended: tuple[Amended, ...] = ()
    left: tuple[Left, ...] = ()
    concerns: tuple[Concern, ...] = ()
    before: Exposure = Exposure(month=None, year=None)
    after: Exposure = Exposure(month=None, year=None)
    terms: tuple[str, ...] = ()  # what the annex itself says of its amendment
    signatories: tuple[Signatory, ...] = ()
    problems: tuple[str, ...] = ()  # why a file was not written, or the annex not read
    files: tuple[str, ...] = ()
