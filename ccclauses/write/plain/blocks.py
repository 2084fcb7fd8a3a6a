"""What the plain writers share: the annex walked once, as a run of headings, paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Union

from ...model.annex import Annex, Block, DefinitionBlock, Paragraph, Table
from ..labels import has_opening, label

Part = Literal["preliminaries", "key-terms", "clause", "definitions", "schedule", "signatures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: level 1 is a part or schedule, level 2 a clause. `role` is its style role; parts have no number."""

    level: Literal[1, 2]
    role: Literal["heading", "clause", "schedule"]
    number: str = ""
    title: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paragraph or table with the part it is in and an id that stays the same while its clause does."""

    part: Part
    id: str
    block: Block


Item = Union[Heading, Placed, DefinitionBlock]


def walk(annex: Annex) -> Iterator[Item]:
    """Each heading, paragraph, table and definition, in order; the signature block is a heading only."""
    if annex.preliminaries and not has_opening(annex):
        yield _part(annex, "how-to-read")
    for placed in _placed("preliminaries", "how-to-read", annex.preliminaries):
        block = placed.block
        if isinstance(block, Paragraph) and block.role == "heading":
            yield Heading(level=1, role="heading", title=block.text, anchor=placed.id)
        else:
            yield placed
    if annex.key_terms.header:
        yield _part(annex, "key-terms")
        yield from _placed("key-terms", "key-terms", (annex.key_terms, *annex.key_values))
    group = ""
    for clause in annex.clauses:
        if clause.group != group and clause.group in annex.groups:
            yield Heading(level=1, role="heading", title=annex.groups[clause.group], anchor=f"group-{clause.group}")
        group = clause.group
        if not clause.joined:
            yield Heading(level=2, role="clause", number=clause.number, title=clause.title, anchor=clause.anchor)
        yield from _placed("clause", clause.id, clause.blocks)
    if annex.definitions:
        yield _part(annex, "definitions")
        yield from annex.definitions
    for schedule in annex.schedules:
        yield Heading(level=1, role="schedule", number=schedule.number, title=schedule.title, anchor=schedule.anchor)
        yield from _placed("schedule", f"schedule-{schedule.id}", schedule.blocks)
    if annex.signatures:
        yield _part(annex, "signatures")
        yield from _placed("signatures", "signatures", annex.testimonium)


def style_role(placed: Placed) -> str:
    """The style role of a paragraph: its level in its list, or the role that it names."""
    block = placed.block
    if isinstance(block, Table):
        return "table"
    if block.level >= 2 and block.number:
        return f"{'schedule' if placed.part == 'schedule' else 'level'}_{block.level}"
    role = block.role.replace("-", "_")
    return "clause_text" if role == "body" and placed.part == "clause" else role


def _part(annex: Annex, name: Part | Literal["how-to-read"]) -> Heading:
    return Heading(level=1, role="heading", title=label(annex, name), anchor=name)


def _placed(part: Part, owner: str, blocks: tuple[Block, ...]) -> Iterator[Placed]:
    for index, block in enumerate(blocks, 1):
        own = block.anchor or (f"{owner}.{block.label}" if block.label else "") if isinstance(block, Paragraph) else ""
        yield Placed(part=part, id=own or f"{owner}.{index}", block=block)
