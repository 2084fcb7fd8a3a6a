"""The forms of an annex: the full one, and those that say the same in fewer words under the headings of an outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..diagnostic import Position
from .condition import Condition

FULL = "full"  # the form of a wording, a profile or a library that names none
SCHEDULES = ("processing", "sites", "subcontractors", "systems", "contacts", "penalties", "compliance")  # as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Facts that propose a form, and why they do, in words for the person who decides."""

    when: Condition
    because: str
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A clause in its place in an outline. With `when`, that condition decides in this form whether the clause is in."""

    clause: str
    when: Condition | None = None
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A heading of an outline with the clauses that are joined under it."""

    title: str
    of: tuple[Member, ...]
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the annex. The full form has no outline: it prints each clause under a heading of its own."""

    id: str
    title: str
    meaning: str
    propose: tuple[Reason, ...] = ()
    outline: tuple[Article, ...] = ()
    schedules: tuple[str, ...] = ()  # those that it prints; none: all
    at: Position

    def members(self) -> Iterator[tuple[Article, Member]]:
        """Every clause of the outline under its heading, in order."""
        return ((article, member) for article in self.outline for member in article.of)

    def member(self, clause: str) -> Member | None:
        """The place of a clause in the outline."""
        return next((m for _, m in self.members() if m.clause == clause), None)

    def carries(self, clause: str) -> bool:
        """Whether a clause may be in an annex of this form."""
        return not self.outline or self.member(clause) is not None
