"""The drafts of a clause at their place in the annex: numbers, anchors, and the references that lead to them.

Nothing here depends on a profile's values, so it is done once for a clause at a place and kept: annexes of a batch mostly
have the same clauses at the same places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from ...model.annex import Cell, Inline, Paragraph, Reference, Table, Term
from ...model.diagnostic import Diagnostic, Position
from ...model.library.library import Level
from ..parts.schedules import table
from ..texts.markup import Draft, Drafts, DraftTable, OpenValue, open_among
from .anchors import clause_anchor, paragraph_anchor
from .numbering import Counter


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A paragraph whose inlines at the given indexes still wait for their text."""

    paragraph: Paragraph
    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a clause is in the annex: under which heading, and after how many numbered paragraphs there."""

    ordinal: int  # of the heading
    article: str  # the clause that has the heading; a clause that is joined to it has none of its own
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A clause with its numbers, its values and references still open where it has some."""

    number: str  # of its heading
    paragraphs: int  # at the level below the heading, those of clauses before it under the same heading included
    blocks: tuple[Paragraph | Table | Open | DraftTable, ...]
    targets: Mapping[str, Reference]  # what ref() may name here → the settled reference
    labels: frozenset[str]
    printed: Mapping[str, str]  # parameter → the target of the paragraph that prints it first, in the order of the text
    terms: tuple[str, ...]  # that the text uses, each once
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """The levels by which clauses count; made by `scheme_of`, so that equal levels are one object, quick to look up by."""

    levels: tuple[Level, ...]


scheme_of = lru_cache(maxsize=64)(Scheme)


@lru_cache(maxsize=8192)
def number_clause(clause: str, title: str, file: str, drafts: Drafts, scheme: Scheme, place: Place) -> Numbered:
    """The drafts of a clause at its place in an annex, numbered."""
    levels = scheme.levels
    counter = Counter(levels)
    counter.counts[0] = place.ordinal - 1
    number, full = counter.next(1)
    counter.counts[1] = place.before
    targets = {clause: Reference(clause_anchor(place.article), levels[0].noun, full)}
    blocks: list[Paragraph | Table | Open | DraftTable] = []
    printed: dict[str, str] = {}
    within: list[tuple[int, str]] = []  # the labelled paragraphs around, by level
    labels: set[str] = set()
    terms: dict[str, None] = {}
    problems: list[Diagnostic] = []
    for draft in drafts:
        if not isinstance(draft, Draft):
            cells = [cell for row in draft.rows for cell in row]
            blocks.append(draft if any(map(open_among, cells)) else settled_table(draft, title, draft.rows))
            for cell in cells:
                terms |= _terms(cell)
                for inline in cell:
                    if isinstance(inline, OpenValue):
                        printed.setdefault(inline.parameter, within[-1][1] if within else clause)
            continue
        own, full = counter.next(draft.level) if draft.level else ("", "")
        anchor = paragraph_anchor(clause, draft.label) if draft.label and draft.level else ""
        if anchor:
            if f"{clause}#{draft.label}" in targets:
                at = Position(file=file, line=draft.line)
                problems.append(
                    Diagnostic(rule="duplicate-label", message=f"two paragraphs are labelled `{draft.label}`", at=at)
                )
            targets[f"{clause}#{draft.label}"] = Reference(anchor, levels[draft.level - 1].noun, full)
        if draft.label:
            labels.add(draft.label)
        paragraph = settled(draft, (own, full), anchor, file)
        blocks.append(Open(paragraph, draft.open) if draft.open else paragraph)
        terms |= _terms(draft.inlines)
        within = [(level, target) for level, target in within if level < draft.level]
        if anchor:
            within.append((draft.level, f"{clause}#{draft.label}"))
        nearest = within[-1][1] if within else clause
        for inline in draft.inlines:
            if isinstance(inline, OpenValue):
                printed.setdefault(inline.parameter, nearest)
    return Numbered(
        number=number,
        paragraphs=counter.counts[1],
        blocks=tuple(blocks),
        targets=MappingProxyType(targets),
        labels=frozenset(labels),
        printed=MappingProxyType(printed),
        terms=tuple(terms),
        problems=tuple(problems),
    )


def settled_table(draft: DraftTable, title: str, rows: tuple[tuple[tuple[Inline, ...], ...], ...]) -> Table:
    """The table of a draft, its cells filled with the inlines of `rows`."""
    return table(title, draft.header, tuple(tuple(Cell(inlines=c) for c in row) for row in rows), draft.align)


def _terms(inlines: tuple[Inline, ...]) -> dict[str, None]:
    return {inline.term: None for inline in inlines if isinstance(inline, Term)}


def settled(draft: Draft, number: tuple[str, str], anchor: str, file: str) -> Paragraph:
    """The paragraph of a draft with its own and its full number, its inlines as they are."""
    return Paragraph(
        level=draft.level,
        number=number[0],
        full_number=number[1],
        label=draft.label,
        anchor=anchor,
        inlines=draft.inlines,
        at=Position(file=file, line=draft.line) if draft.line else None,
    )
