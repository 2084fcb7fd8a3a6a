"""The numbers of the paragraphs that a statement cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.annex import Annex, ClauseBlock, Paragraph
from ..model.credits.credit import Sanction


def paragraph_of(sanction: Sanction) -> tuple[str, str]:
    return sanction.clause, f"{sanction.paragraph}/{sanction.cls}"


def noun_of(annex: Annex) -> str:
    """The word before the number of a paragraph: "clause ", "Section "."""
    levels = annex.numbering.clause
    return levels[1].noun if len(levels) > 1 else ""


def number_of(annex: Annex, block: ClauseBlock, label: str) -> str:
    found = next((b for b in block.blocks if isinstance(b, Paragraph) and b.label == label), None)
    return noun_of(annex) + found.full_number if found else ""


def _below(paragraphs: Sequence[Paragraph], index: int) -> Iterable[Paragraph]:
    """The paragraphs one level below the one at `index`, up to the next of its own level."""
    level = paragraphs[index].level
    for paragraph in paragraphs[index + 1 :]:
        if paragraph.level and paragraph.level <= level:
            return
        if paragraph.level == level + 1:
            yield paragraph
