"""The values that go into and come out of a redline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ..ooxml.package.package import Package, write_package

Granularity = Literal["word", "sentence", "clause"]
Kind = Literal["inserted", "deleted", "replaced", "moved", "formatted"]
Category = Literal["text", "paragraph", "table", "note", "header-footer", "text-box", "object", "formatting"]

# Two texts of the library differ in whole phrases, so scraps of words that they share help no reader: whole stretches
# may cost this share of changed characters more. Files from elsewhere are shown as exactly as their texts allow.
READABLE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class RedlineOptions:
    """What to show, and how."""

    moves: bool = True  # a moved paragraph as a move, not as a deletion and an insertion
    formatting: bool = True  # track changes of formatting; otherwise AFTER's is taken silently
    ignore_no_break_space: bool = False  # take a no-break space for a space; the report says so
    granularity: Granularity = "word"  # what is shown as replaced whole where anything in it changed
    tidy: float = 0.01  # share of changed characters that may be added so that changes read well


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change as a reader of the redline sees it."""

    number: int  # from 1, in reading order
    kind: Kind
    category: Category
    where: str  # the heading it is under, or the story: "Footnotes", "Header"
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untracked:
    """A difference that Word can't track: a number that a list now counts otherwise, words that a style hides, a stale field."""

    what: str
    before: str
    after: str
    place: int | None  # which paragraph of the body as it reads rejected; None where it has no place in it
    words: str = ""  # of that paragraph

    def __str__(self) -> str:
        at = f" at “{self.words[:60]}{'…' if len(self.words) > 60 else ''}”" if self.words else ""
        return f"{self.what}{at}: {self.before or 'none'} → {self.after or 'none'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """A Word file with tracked changes, and what they are."""

    package: Package
    changes: tuple[Change, ...]
    notes: tuple[str, ...]  # what a reader should know of how it was made
    untracked: tuple[Untracked, ...] = ()  # what differs all the same; each is marked by a comment where it has a place

    @property
    def data(self) -> bytes:
        """The bytes of the Word file."""
        return write_package(self.package.parts)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many changes there are of each kind."""
        return dict(sorted(Counter(change.kind for change in self.changes).items()))
