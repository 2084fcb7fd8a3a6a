"""Annex → outline: one line a paragraph, style role first; what golden tests compare and a person can review."""

from __future__ import annotations

from ccclauses.model.annex import Annex, DefinitionBlock, Table, plain_text
from ccclauses.write.labels import title_details
from ccclauses.write.plain.blocks import Heading, Placed, style_role, walk


def write_outline(annex: Annex) -> str:
    """The outline of an annex."""
    out = [f"title: {annex.title}", *(f"detail: {name}: {text}" for name, text in title_details(annex))]
    for item in walk(annex):
        if isinstance(item, Heading):
            number = f"{item.number} " if item.number else ""
            out.append(f"{item.role}: <#{item.anchor}>{number}{item.title}")
        elif isinstance(item, DefinitionBlock):
            out.append(f"definition: <#{item.anchor}>“{item.term}” {plain_text(item.inlines)}")
        else:
            out += _block(item)
    return "\n".join(" ".join(line.split()) for line in out) + "\n"


def _block(placed: Placed) -> list[str]:
    block, role = placed.block, style_role(placed)
    if isinstance(block, Table):
        rows = (tuple(block.header), *(tuple(cell.text for cell in row) for row in block.rows))
        return [f"{'table_head' if i == 0 else 'table_text'}: {' | '.join(row)}" for i, row in enumerate(rows)]
    mark = f"<#{block.anchor}>" if block.anchor else ""
    number = f"{block.number} " if block.number else ""
    return [f"{role}: {mark}{number}{block.text}"]
