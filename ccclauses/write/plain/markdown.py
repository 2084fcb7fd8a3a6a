"""Annex → Markdown (CommonMark with tables): readable as it is, and rendered with the numbers of the annex.

Numbers are words here, since Markdown counts for itself and differently; references are links to anchors.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from ...common.markup import render_page
from ...model.annex import Annex, DefinitionBlock, Emphasis, Inline, Reference, Table
from ..labels import label, signature_rows, title_details
from .blocks import Heading, Placed, walk

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_MARK = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s|$)|^(=+|-{3,})$")
_INDENT = {2: "", 3: "  ", 4: "    "}


def write_markdown(annex: Annex) -> str:
    """The annex as Markdown."""
    out = [f"# {_words(annex.title)}", ""]
    out += [f"- **{_words(name)}:** {_words(text)}" for name, text in title_details(annex)]
    if annex.status == "draft":
        out += ["", f"**{_words(label(annex, 'watermark'))}**"]
    in_list = False
    for item in walk(annex):
        if isinstance(item, Heading):
            out += [
                "",
                _anchor(item.anchor),
                "",
                f"{'#' * (item.level + 1)} {_heading(item)}",
                "",
            ]
            in_list = False
        elif isinstance(item, DefinitionBlock):
            out += [f"{_anchor(item.anchor)}“**{_words(item.term)}**” {_inlines(item.inlines)}", ""]
        else:
            in_list = _block(item, out, in_list)
    if annex.signatures:
        out += _signatures(annex)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def _heading(item: Heading) -> str:
    return _line_start(f"{_words(item.number)} {_words(item.title)}".strip())


def _block(placed: Placed, out: list[str], in_list: bool) -> bool:
    """Write a block; returns whether a list is open after it."""
    block = placed.block
    if isinstance(block, Table):
        out += ["", *_table(block), ""]
        return False
    anchor = _anchor(block.anchor) if block.anchor else ""
    if block.level in _INDENT and block.number:
        if not in_list:
            out.append("")
        out.append(f"{_INDENT[block.level]}- {anchor}{_line_start(_words(block.number))} {_inlines(block.inlines)}")
        return True
    number = f"{_line_start(_words(block.number))} " if block.number else ""
    out += ["", anchor + (number + _inlines(block.inlines) if number else _line_start(_inlines(block.inlines))), ""]
    return False


def _inlines(inlines: tuple[Inline, ...]) -> str:
    out = []
    for inline in inlines:
        if isinstance(inline, Reference):
            out.append(f"[{_words(inline.noun + inline.text)}](#{inline.target})")
        elif isinstance(inline, Emphasis):
            out.append(f"*{_words(inline.text)}*")
        else:
            out.append(_words(inline.text))
    return "".join(out)


def _words(text: str) -> str:
    """Text that Markdown takes literally, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def _anchor(name: str) -> str:
    """What a link leads to; Markdown has no anchors of its own."""
    return render_page("anchor.html", id=name)


def _line_start(text: str) -> str:
    """Text that begins no list and no rule at the start of a line."""
    return _LIST_MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[0]}", text)


def _table(table: Table) -> list[str]:
    rules = " | ".join("---:" if a == "right" else "---" for a in table.align)
    out = [f"| {' | '.join(map(_words, table.header))} |", f"| {rules} |"]
    return out + [f"| {' | '.join(_inlines(cell.inlines) for cell in row)} |" for row in table.rows]


def _signatures(annex: Annex) -> list[str]:
    out = [f"| {_words(label(annex, 'client'))} | {_words(label(annex, 'provider'))} |", "| --- | --- |"]
    for row in signature_rows(annex):
        columns = [[b.lead, *(f"{n}: {t}".rstrip() for n, t in b.lines)] if b else [] for b in row]
        out += [f"| {_words(one)} | {_words(other)} |" for one, other in zip_longest(*columns, fillvalue="")]
    return out
