"""How long an annex is: its words, and an estimate of its pages where nothing lays it out.

The estimate counts lines as the house styles set them on A4 or Letter paper: characters to a line of text or of a table's
cell, and lines to a page. For every example in both styles it is within a page of what LibreOffice counts, which a style of
one's own may not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from ..model.annex import Annex, Block, Inline, Paragraph, Table, plain_text

_LINE = 104  # characters of text to a line
_CELL = 110  # characters of a table's text to a line, over all its columns
_PAGE = {"A4": 58.0, "Letter": 56.0}  # lines to a page
_BETWEEN = 0.4  # lines of space below a paragraph
_ROW = 0.3  # lines of space in a row of a table
_HEADING = 2.0  # lines that a heading takes, with the space around it
_SIGNATURE = 1.6  # lines that a line of the execution takes
_FRONT = 7.0  # lines of the title block


def words_of(annex: Annex) -> int:
    """The words of the preliminaries, key terms, clauses, definitions and schedules, without headings and numbers."""
    counts: list[int] = [len(plain_text(inlines).split()) for inlines in _inlines(annex)]
    return sum(counts)


def estimated_pages(annex: Annex) -> float:
    """About how many pages the annex takes in a house style."""
    heads = annex.headed
    lines = _FRONT + _HEADING * (len(heads) + len(annex.schedules) + len(annex.headings))
    lines += sum(_paragraph(plain_text(d.inlines), 0, len(d.term) + 3) for d in annex.definitions)
    lines += sum(_block(b) for b in _blocks(annex))
    lines += sum(1.5 + _SIGNATURE * len(s.lines) for s in annex.execution) / 2
    pages = lines / _PAGE[annex.page]
    if not annex.compact:
        # The contents list and the schedules begin on pages of their own.
        pages += (len(heads) + len(annex.schedules) + len(annex.headings)) / _PAGE[annex.page] + (
            1.0 if annex.schedules else 0.5
        )
    return pages


def _blocks(annex: Annex) -> Iterator[Block]:
    yield from annex.preliminaries
    yield from (annex.key_terms, *annex.key_values)
    yield from (b for c in annex.clauses for b in c.blocks)
    yield from (b for s in annex.schedules for b in s.blocks)
    yield from annex.testimonium


def _inlines(annex: Annex) -> Iterator[tuple[Inline, ...]]:
    for block in _blocks(annex):
        if isinstance(block, Paragraph):
            yield block.inlines
        else:
            yield from (cell.inlines for row in block.rows for cell in row)
    yield from (d.inlines for d in annex.definitions)


def _block(block: Block) -> float:
    if isinstance(block, Paragraph):
        return _paragraph(block.text, block.level)
    return _table(block)


def _paragraph(text: str, level: int, more: int = 0) -> float:
    indented = _LINE - 5 * max(0, level - 1)
    return ceil((len(text) + more) / indented) + _BETWEEN


def _table(table: Table) -> float:
    whole = sum(table.widths) or 1
    widths = [max(6, _CELL * w / whole - 2) for w in table.widths]
    rows = ([cell.text for cell in row] for row in table.rows)
    texts = [list(table.header), *rows] if any(table.header) else list(rows)
    return sum(max((ceil(len(t) / w) for t, w in zip(row, widths)), default=1) + _ROW for row in texts)
