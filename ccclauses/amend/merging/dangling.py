"""Clauses that must stay as signed, since a reference between old and new wording would lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ...compose.annex import block_inlines
from ...model.annex import Annex, Block, ClauseBlock, Paragraph, Reference, Schedule
from ...model.diagnostic import Diagnostic
from ...model.library.library import Library
from .merged import Merged
from .numbers import anchors_of
from .same import same_clause

_LACKS = re.compile(r"no paragraph of `([\w-]+)` is labelled ")


def lost_references(problems: list[Diagnostic], kept: frozenset[str], new: Library) -> dict[str, str]:
    """Clauses that must stay since old and new wording can't stand side by side: one refers to what the other lacks."""
    found: dict[str, str] = {}
    for problem in problems:
        lacking = _LACKS.match(problem.message)
        if problem.rule != "dangling-reference" or lacking is None:
            return {}
        referring = Path(problem.at.file).stem
        for id_, other in ((lacking[1], referring), (referring, lacking[1])):
            if id_ not in kept and id_ in new.clauses:
                title = new.clauses[other].title if other in new.clauses else other
                found[id_] = (
                    f"its new wording and “{title}”, which stays, refer to each other where one lacks a paragraph"
                )
                break
    return found


def dangling_references(merged: Merged, signed: Mapping[str, ClauseBlock]) -> dict[str, str]:
    """Clauses that must stay as signed, since a reference between them and a new wording would lead nowhere."""
    annex = merged.annex
    there = anchors_of(annex)
    owners = {a: c for c in (*merged.taken.annex.clauses, *merged.signed.clauses) for a in anchors_in(c)}
    found: dict[str, str] = {}
    for clause in annex.clauses:
        for target in _targets(clause.blocks):
            owner = owners.get(target)
            if target in there or owner is None:
                continue
            untouched = clause.id in signed and same_clause(clause, signed[clause.id])
            if untouched and owner.id in signed and owner.id not in merged.held:
                found[owner.id] = (
                    f"{clause.number} {clause.title}, which stays, refers to a paragraph that the new wording lacks"
                )
            elif not untouched and clause.id not in merged.held:
                found[clause.id] = (
                    f"its new wording refers to a paragraph of “{owner.title}” that the signed annex does not have"
                )
    return found


def anchors_in(part: ClauseBlock | Schedule) -> Iterator[str]:
    yield part.anchor
    yield from (b.anchor for b in part.blocks if isinstance(b, Paragraph) and b.anchor)


def _targets(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (i.target for i in block_inlines(block) if isinstance(i, Reference) and i.target)


def all_targets(annex: Annex) -> set[str]:
    """All that the texts of an annex refer to."""
    owners: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    blocks = (*annex.preliminaries, annex.key_terms, *annex.key_values, *(b for o in owners for b in o.blocks))
    defined = {i.target for d in annex.definitions for i in d.inlines if isinstance(i, Reference)}
    return defined.union(_targets(blocks))
