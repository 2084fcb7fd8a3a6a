"""The lines of an annex with their keys and values, as versions of it are set side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ...model.annex import (
    Block,
    Cell,
    Inline,
    Paragraph,
    Reference,
    Table,
    Text,
    Value,
    plain_text,
)
from .same import Key, block_key, row_key


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, the head of a table or a row of one, so that schedules can be merged line by line."""

    key: Key
    block: Block
    row: tuple[Cell, ...] | None = None
    inlines: tuple[Inline, ...] = ()


def item_with_values(was: Item, own: Item, now: Item) -> Item | None:
    """The words of `own` with the values of `now`, where nothing else changed and `own` prints what `was` did; else None."""
    if [_unvalued(i) for i in was.inlines] != [_unvalued(i) for i in now.inlines] or not isinstance(
        own.block, Paragraph
    ):
        return None
    values = ((a, b) for a, b in zip(was.inlines, now.inlines) if isinstance(a, Value) and isinstance(b, Value))
    inlines = own.inlines
    for before, after in {(a, b) for a, b in values if a.text != b.text}:
        alone = re.compile(rf"(?<![\w-]){re.escape(before.text)}(?![\w-])")
        stated = sum(1 for i in was.inlines if isinstance(i, Value) and i.text == before.text)
        texts = (plain_text(was.inlines), plain_text(inlines))
        if any(len(alone.findall(text)) != stated for text in texts):
            return None  # the agreed words don't state it, or what they state is not this value
        inlines = tuple(new for i in inlines for new in _with_value(i, alone, after))
    block = replace(own.block, inlines=inlines)
    return replace(own, key=block_key(block), block=block, inlines=inlines)


def _with_value(inline: Inline, alone: re.Pattern[str], value: Value) -> Iterator[Inline]:
    """An inline with a value in place of each text that prints what it was."""
    if isinstance(inline, Value):
        yield value if alone.fullmatch(inline.text) else inline
        return
    if not isinstance(inline, Text):
        yield inline
        return
    first, *rest = alone.split(inline.text)
    yield replace(inline, text=first)
    for text in rest:
        yield value
        yield replace(inline, text=text)


def _unvalued(inline: Inline) -> tuple[str, str]:
    """What an inline says, whatever the value that it prints and the number that it refers to."""
    if isinstance(inline, Value):
        return "value", inline.parameter
    return ("reference", inline.target) if isinstance(inline, Reference) else ("words", inline.text)


def items(blocks: Iterable[Block]) -> list[Item]:
    """The blocks line by line."""
    out = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(Item(block_key(block), block, inlines=block.inlines))
            continue
        out.append(Item(("head", block.header), block))
        out += [Item(row_key(r), block, r, tuple(i for c in r for i in c.inlines)) for r in block.rows]
    return out


def blocks_of(lines: Iterable[Item]) -> tuple[Block, ...]:
    """Lines as blocks again: rows are under the head before them."""
    out: list[Block] = []
    for line in lines:
        last = out[-1] if out else None
        if line.row is None:
            out.append(replace(line.block, rows=()) if isinstance(line.block, Table) else line.block)
        elif isinstance(last, Table):
            out[-1] = replace(last, rows=(*last.rows, line.row))
        else:
            assert isinstance(line.block, Table)
            out.append(replace(line.block, rows=(line.row,)))
    return tuple(out)
