"""The paragraphs and table rows of a clause as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..compare.contents import masked, printed, tidy_text
from ..model.annex import Block, Inline, Paragraph, Reference, Value, plain_text


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a row of a table."""

    anchor: str
    number: str
    inlines: tuple[Inline, ...]

    def says(self, other: Unit) -> bool:
        """Whether both say the same; references that some program turned into words are compared by their numbers."""
        return masked(self.inlines) == masked(other.inlines) or printed(self.inlines) == printed(other.inlines)


def units_of(blocks: Iterable[Block]) -> list[Unit]:
    """The paragraphs and rows of some blocks, in order."""
    out = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(Unit(block.anchor, block.full_number, block.inlines))
        else:
            out += [Unit("", "", tuple(i for cell in row for i in cell.inlines)) for row in block.rows]
    return out


def same_units(one: Sequence[Unit], other: Sequence[Unit]) -> bool:
    """Whether two lists say the same."""
    return len(one) == len(other) and all(a.says(b) for a, b in zip(one, other))


def pattern_of(inlines: Iterable[Inline], *, references: bool = True) -> re.Pattern[str]:
    """A pattern of a paragraph: its words as they were, a group of anything short for each value and each reference.

    Without `references` their numbers are words like others.
    """
    parts = []
    for inline in inlines:
        if isinstance(inline, Value):
            parts.append(r"(.{1,80}?)")
        elif isinstance(inline, Reference) and references:
            parts.append(re.escape(tidy_inside(inline.noun)) + r"(.{1,40}?)")
        else:
            parts.append(re.escape(tidy_inside(plain_text((inline,)))))
    return re.compile("".join(parts))


def tidy_inside(text: str) -> str:
    """A text as texts are compared, with the spaces at its ends."""
    return tidy_text(f"x{text}x")[1:-1]
