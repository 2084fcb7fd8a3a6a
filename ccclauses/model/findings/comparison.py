"""What changed between two annexes, in a lawyer's terms: clauses, values, definitions, references, coverage, money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..words.quantity import Money

ClauseKind = Literal["unchanged", "added", "removed", "moved", "renumbered", "reworded"]
ParagraphKind = Literal["unchanged", "added", "removed", "moved", "renumbered", "reworded", "split", "merged"]
Direction = Literal["stricter", "looser", "different"]


WordKind = Literal["equal", "delete", "insert", "replace", "moved_from", "moved_to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """A stretch of text: equal on both sides, or what is there before and after; `moved_*` stands elsewhere on the other.

    `place` says where, unless the whole paragraph moved.
    """

    kind: WordKind
    before: str
    after: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A parameter whose value differs; `direction` says which side protects the client more, from the library."""

    parameter: str
    label: str
    clause: str
    before: str  # as printed; empty when only one side has it
    after: str
    direction: Direction = "different"

    def __str__(self) -> str:
        if not self.before or not self.after:
            return f"{self.label}: {f'{self.before} dropped' if self.before else f'{self.after} added'}"
        return f"{self.label}: {self.before} → {self.after}" + (
            "" if self.direction == "different" else f", {self.direction}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange:
    """A paragraph or table row: its numbers and texts on both sides, and the words that differ."""

    kind: ParagraphKind
    before_number: str = ""
    after_number: str = ""
    before: str = ""
    after: str = ""
    words: tuple[WordChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    only_values: bool = False  # whether nothing but printed values differs
    references: tuple[tuple[str, str], ...] = ()  # a reference that now points elsewhere: to what before, to what after
    place: str = ""  # of a moved paragraph: where it is on the other side
    follows: bool = False  # whether it only repeats what a change elsewhere says, as the generated schedules do


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """A clause, schedule or other part, with what changed in it. `also` holds further kinds: a clause may be moved and reworded."""

    id: str
    kind: ClauseKind
    also: tuple[ClauseKind, ...] = ()
    before_number: str = ""
    after_number: str = ""
    before_title: str = ""
    after_title: str = ""
    before_version: int = 0
    after_version: int = 0
    paragraphs: tuple[ParagraphChange, ...] = ()

    @property
    def title(self) -> str:
        """The heading as it now stands, or as it stood when the clause is gone."""
        return self.after_title or self.before_title

    @property
    def number(self) -> str:
        """The number as it now stands, or as it stood when the clause is gone."""
        return self.after_number or self.before_number

    @property
    def changed(self) -> tuple[ParagraphChange, ...]:
        """The paragraphs that differ."""
        return tuple(p for p in self.paragraphs if p.kind != "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionChange:
    """A defined term that was added, removed or given other words."""

    term: str
    kind: Literal["added", "removed", "reworded"]
    before: str = ""
    after: str = ""
    words: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChange:
    """A framework reference that is answered on one side only."""

    framework: str
    ref: str
    duty: str
    kind: Literal["gained", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The most that the credits of an annex can come to; None where an annex does not say."""

    month: Money | None
    year: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs between two annexes; two equal annexes give an empty one."""

    before: str  # a name for each side
    after: str
    clauses: tuple[ClauseChange, ...]  # every clause of both sides, in the order of the new one
    schedules: tuple[ClauseChange, ...]
    front: tuple[ClauseChange, ...]  # title, how to read, key terms, signatures
    definitions: tuple[DefinitionChange, ...]
    values: tuple[ValueChange, ...]
    coverage: tuple[CoverageChange, ...]
    exposure_before: Exposure
    exposure_after: Exposure

    @property
    def parts(self) -> tuple[ClauseChange, ...]:
        """Every part of both annexes, in reading order."""
        return (*self.front, *self.clauses, *self.schedules)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        changed = any(c.kind != "unchanged" for c in self.parts)
        return not (
            changed or self.definitions or self.values or self.coverage or self.exposure_before != self.exposure_after
        )
