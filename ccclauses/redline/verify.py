"""Checks what was written by its own accept and reject, before anybody else does."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ..ooxml.namespaces import make, w
from ..ooxml.revisions import accept_all, reject_all
from .inline import OutParagraph
from .paragraphs import finish_paragraph
from .properties import paragraph_key
from .scope import Scope
from .stream import Keys, Stream, read_stream

LOOSE = Keys(special=lambda element: (element.tag,), link=lambda element: "")
Shown = list[tuple[str, str, list[tuple[str, str]]]]


def paragraphs_hold(scope: Scope, written: Sequence[OutParagraph], before: Stream, after: Stream) -> bool:
    """Return whether accepting `written` gives the paragraphs of `after`, and rejecting it those of `before`."""
    box = make("body")
    box.extend(finish_paragraph(scope, paragraph) for paragraph in written)
    end = etree.SubElement(box, w("p"))
    for resolve, stream in ((accept_all, after), (reject_all, before)):
        found = resolve(deepcopy(box))
        formatting = scope.options.formatting
        if shown(found.findall(w("p")), formatting) != shown([*stream.marks.values(), end], formatting):
            return False
    return True


def shown(paragraphs: Sequence[etree._Element], formatting: bool) -> Shown:
    """Return what a reader sees of some paragraphs: text, paragraph properties, formatted spans."""
    out: Shown = []
    for paragraph in paragraphs:
        stream = read_stream([paragraph], LOOSE)
        spans: list[tuple[str, str]] = []
        if formatting:
            edges = [*stream.run_starts, len(stream.text)]
            spans = [(stream.text[lo:hi], run.key) for lo, hi, run in zip(edges, edges[1:], stream.runs)]
        out.append((stream.text, paragraph_key(paragraph.find(w("pPr"))) if formatting else "", spans))
    return out
