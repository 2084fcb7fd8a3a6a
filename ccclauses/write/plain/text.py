"""Annex → plain text: for an e-mail, a terminal or a search index. Paragraphs hang under their numbers."""

from __future__ import annotations

import textwrap

from ...model.annex import Annex, DefinitionBlock, Table, plain_text
from ..labels import label, signature_blocks, title_details
from .blocks import Heading, Placed, walk
from .text_table import text_table

WIDTH = 88
_COLUMNS = {2: (0, 8), 3: (8, 14), 4: (14, 20)}  # level → where its number and its text begin
_PLAIN_INDENT = {"clause": 8}


def write_text(annex: Annex) -> str:
    """The annex as plain text, at most 88 characters a line where words allow."""
    out = [annex.title, "=" * min(WIDTH, len(annex.title)), ""]
    details = title_details(annex)
    column = max(len(name) for name, _ in details) + 3
    for name, text in details:
        out += _hanging(f"{name}:", text, 0, column)
    if annex.status == "draft":
        out += ["", label(annex, "watermark")]
    for item in walk(annex):
        if isinstance(item, Heading):
            out += _heading(item)
        elif isinstance(item, DefinitionBlock):
            out += ["", *textwrap.wrap(f"“{item.term}” {plain_text(item.inlines)}", WIDTH, subsequent_indent="    ")]
        else:
            out += ["", *_block(item)]
    if annex.signatures:
        out += _signatures(annex)
    return "\n".join(line.rstrip() for line in out) + "\n"


def _heading(item: Heading) -> list[str]:
    if item.role == "clause":
        return ["", "", *_hanging(item.number, item.title.upper(), 0, max(8, len(item.number) + 2))]
    words = f"{item.number}   {item.title}" if item.number else item.title
    return ["", "", words, "-" * min(WIDTH, len(words))]


def _hanging(head: str, text: str, start: int, column: int) -> list[str]:
    first = " " * start + head
    first = first.ljust(column) if len(first) < column else first + " "
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * column,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first]


def _block(placed: Placed) -> list[str]:
    block = placed.block
    if isinstance(block, Table):
        return text_table(block.header, [[cell.text for cell in row] for row in block.rows], WIDTH, block.align)
    if block.level in _COLUMNS and block.number:
        return _hanging(block.number, block.text, *_COLUMNS[block.level])
    if block.number:
        return _hanging(block.number, block.text, 0, 6)
    return (
        _hanging("", block.text, 0, _PLAIN_INDENT[placed.part])
        if placed.part in _PLAIN_INDENT
        else textwrap.wrap(block.text, WIDTH)
    )


def _signatures(annex: Annex) -> list[str]:
    out = []
    for block in signature_blocks(annex):
        out += ["", *textwrap.wrap(block.lead, WIDTH)]
        out += [f"    {name + ':':<12} {text or '_' * 40}" for name, text in block.lines]
    return out
