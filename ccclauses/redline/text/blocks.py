"""Takes a story apart into blocks: paragraphs, tables, content controls, and what else is between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ...ooxml.namespaces import m, w
from ...ooxml.shown.shown import text_of
from .stream import NO_WIDTH, OBJECT

BLOCK_ANCHORS = NO_WIDTH | {w("proofErr")}
TRANSPARENT = frozenset({w("customXml"), w("ins"), w("moveTo")})
# The first character of a block that is not a paragraph, so that it never equals one.
SIGNS = {"tbl": "\ue001", "sdt": "\ue002", "other": "\ue003"}
# Attributes that say when or by which editor something was written, not what.
EDIT_MARKS = re.compile(rb'\s[\w.-]+:(?:rsid\w*|paraId|textId)="[^"]*"')
# Bookmarks and comment anchors of the later file stay in place whatever the earlier one had.
ANCHORS = re.compile(
    rb"<(?:[\w-]+:)?(?:bookmark(?:Start|End)|commentRange(?:Start|End))\b[^>]*></[^>]*>"
    rb"|<(\w+:)?r>(?:<\w+:rPr>(?:(?!</\w+:rPr>).)*</\w+:rPr>)?<(\w+:)?commentReference\b[^>]*></[^>]*></(\w+:)?r>"
)
_READ = (
    w("t"),
    m("t"),
    w("tab"),
    w("br"),
    w("cr"),
    w("noBreakHyphen"),
    w("drawing"),
    w("pict"),
    w("object"),
    w("footnoteReference"),
    w("endnoteReference"),
    w("sym"),
    w("p"),
)


@dataclass(slots=True, eq=False)
class Block:
    """One block and the anchors that come before it at block level."""

    kind: str  # "p", "tbl", "sdt" or "other"
    element: etree._Element
    text: str  # what it is aligned by
    anchors: list[etree._Element] = field(default_factory=list)


def read_blocks(
    container: etree._Element, opened: frozenset[etree._Element] = frozenset()
) -> tuple[list[Block], list[etree._Element]]:
    """Return the blocks of a container and the anchors after the last one; controls in `opened` show their content."""
    blocks: list[Block] = []
    anchors: list[etree._Element] = []
    for child in _children(container, opened):
        if child.tag in BLOCK_ANCHORS:
            anchors.append(child)
            continue
        kind = {w("p"): "p", w("tbl"): "tbl", w("sdt"): "sdt"}.get(child.tag, "other")
        text = plain_text(child)
        if kind != "p":
            text = SIGNS[kind] + (text if kind != "other" else child.tag)
        blocks.append(Block(kind, child, text, anchors))
        anchors = []
    return blocks, anchors


def _children(container: etree._Element, opened: frozenset[etree._Element]) -> Iterator[etree._Element]:
    for child in container:
        if child.tag in TRANSPARENT:
            yield from _children(child, opened)
        elif child.tag == w("sdt") and child in opened:
            inside = child.find(w("sdtContent"))
            if inside is not None:
                yield from _children(inside, opened)
        elif child.tag not in (w("sectPr"), w("tcPr"), w("customXmlPr")):
            yield child


def plain_text(element: etree._Element) -> str:
    """Return the words under `element` for alignment, with a line for each further paragraph."""
    out: list[str] = []
    for found in element.iter(*_READ):
        tag = found.tag
        if tag in (w("t"), m("t")):
            out.append(text_of(found))
        elif tag == w("p"):
            if found is not element:
                out.append("\n")
        elif tag == w("tab"):
            if found.getparent().tag == w("r"):
                out.append("\t")
        elif tag in (w("br"), w("cr")):
            out.append("\n")
        else:
            out.append(OBJECT)
    return "".join(out)


def fingerprint(element: etree._Element, anchors: bool = True) -> bytes:
    """Return the element's content as bytes that are equal for equal content, whoever saved it."""
    data = EDIT_MARKS.sub(b"", etree.tostring(element, method="c14n", exclusive=True, with_tail=False))
    return data if anchors else ANCHORS.sub(b"", data)
