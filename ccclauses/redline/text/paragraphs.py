"""Finishes paragraphs: their marks, their properties, and the rule that a story keeps its last mark.

A tracked deletion of a paragraph mark lets the paragraph run into the next one. The last mark of a story, and the
one before a table, have nothing to run into, so they can't be tracked; `settle_end` moves the change to a mark
that can.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Union

from lxml import etree

from ...ooxml.namespaces import W14, make, w
from ..parts.properties import canonical, copied, paragraph_key, section_key, track, without
from ..parts.sections import FROM_BEFORE
from .inline import OutParagraph
from .scope import Scope
from .stream import section_of

Piece = Union[OutParagraph, etree._Element]


def settle_end(scope: Scope, pieces: list[Piece]) -> None:
    """Let the container end in a mark that stays, whether all is accepted or rejected; in place."""
    for status in ("insert", "delete"):
        _settle(scope, pieces, status)


def _settle(scope: Scope, pieces: list[Piece], status: str) -> None:
    """Settle the end for the reading in which everything of `status` vanishes."""
    first = len(pieces)
    while first and _vanishes(pieces[first - 1], status):
        first -= 1
    tail = [piece for piece in pieces[first:] if isinstance(piece, OutParagraph)]
    survivor = pieces[first - 1] if first else None
    if not tail or survivor is None:
        return
    if not isinstance(survivor, OutParagraph):
        _force(scope, tail[-1])
    elif survivor.status == "equal":
        _hand_over(scope, survivor, tail[-1])
    else:
        tail[0].content[:0] = survivor.content
        _unite(tail[-1], survivor)
        del pieces[first - 1]


def _vanishes(piece: Piece, status: str) -> bool:
    if isinstance(piece, OutParagraph):
        return piece.status == status
    if piece.tag != w("tbl"):
        return piece.tag != w("sdt")  # an anchor takes no room
    mark = "ins" if status == "insert" else "del"
    return all(row.find(f"{w('trPr')}/{w(mark)}") is not None for row in piece.iter(w("tr")))


def _hand_over(scope: Scope, kept: OutParagraph, last: OutParagraph) -> None:
    """Let `last`, which comes or goes, have the mark that stays, and `kept` the one that comes or goes."""
    if section_of(kept.after) is not None or section_of(kept.before) is not None:
        _force(scope, last)
        return
    if not kept.content and kept.before is kept.after and kept.after is not None:  # its content is AFTER's no longer
        kept.content = [deepcopy(child) for child in kept.after if child.tag != w("pPr")]
    if last.status == "delete":
        last.after, kept.status = kept.after, "delete"
    else:
        last.before, kept.status = kept.before, "insert"
    last.status = "equal"


def _unite(last: OutParagraph, other: OutParagraph) -> None:
    """Give the last paragraph the mark of one that goes where it comes, or comes where it goes."""
    last.before = last.before if last.before is not None else other.before
    last.after = last.after if last.after is not None else other.after
    last.status = "equal"


def _force(scope: Scope, paragraph: OutParagraph) -> None:
    paragraph.before = paragraph.before if paragraph.before is not None else paragraph.after
    paragraph.after = paragraph.after if paragraph.after is not None else paragraph.before
    paragraph.status = "equal"
    scope.remarks.append(
        "An empty paragraph at the end of a story stays, as the last mark of a story can't be tracked."
    )


def finish_paragraphs(scope: Scope, pieces: list[Piece]) -> list[etree._Element]:
    """Return the blocks with every paragraph written out."""
    return [finish_paragraph(scope, piece) if isinstance(piece, OutParagraph) else piece for piece in pieces]


def finish_paragraph(scope: Scope, paragraph: OutParagraph) -> etree._Element:
    """Return one paragraph with its mark and properties; once written, it is kept until something changes."""
    if paragraph.status == "equal" and paragraph.before is paragraph.after and not paragraph.content:
        return deepcopy(paragraph.after)
    if paragraph.finished is None or paragraph.finished[0] != paragraph.state():
        paragraph.finished = paragraph.state(), _write(scope, paragraph)
    return paragraph.finished[1]


def _write(scope: Scope, paragraph: OutParagraph) -> etree._Element:
    source = paragraph.before if paragraph.status == "delete" else paragraph.after
    assert source is not None  # a paragraph that goes has been in BEFORE, any other is in AFTER
    made = etree.Element(w("p"), nsmap=source.nsmap)
    if paragraph.status != "delete":
        made.attrib.update(source.attrib)
    elif source.get(w("rsidR")) is not None:
        made.set(w("rsidR"), source.get(w("rsidR")))
    properties = copied(source.find(w("pPr")), "pPr")
    if paragraph.status == "delete":
        properties = scope.renumber(scope.carrier.carry(properties))
    _mark(scope, properties, paragraph)
    if paragraph.status == "equal" and paragraph.before is not None and paragraph.after is not None:
        _track_properties(scope, properties, paragraph.before.find(w("pPr")), paragraph.after.find(w("pPr")))
    if len(properties):
        made.append(properties)
    made.extend(paragraph.content)
    return made


def _mark(scope: Scope, properties: etree._Element, paragraph: OutParagraph) -> None:
    """Say in the mark's properties whether it comes or goes, and how its formatting was."""
    if paragraph.status != "equal":
        owner = _mark_properties(properties)
        owner.insert(0, scope.marker.element("ins" if paragraph.status == "insert" else "del"))
        return
    if not scope.options.formatting:
        return
    old, new = (p.find(f"{w('pPr')}/{w('rPr')}") for p in (paragraph.before, paragraph.after) if p is not None)
    if canonical(old) != canonical(new):
        track(scope.marker, "rPrChange", _mark_properties(properties), old)


def _mark_properties(properties: etree._Element) -> etree._Element:
    owner = properties.find(w("rPr"))
    if owner is None:
        owner = make("rPr")
        at = next(
            (i for i, child in enumerate(properties) if child.tag in (w("sectPr"), w("pPrChange"))), len(properties)
        )
        properties.insert(at, owner)
    return owner


def _track_properties(
    scope: Scope, properties: etree._Element, old: etree._Element | None, new: etree._Element | None
) -> None:
    section = properties.find(w("sectPr"))
    former = None if old is None else old.find(w("sectPr"))
    if section is not None and former is not None:
        track_section(scope, section, former)
    if scope.options.formatting and paragraph_key(old) != paragraph_key(new):
        track(
            scope.marker,
            "pPrChange",
            properties,
            None if old is None else scope.renumber(without(deepcopy(old), (w("rPr"), w("sectPr")))),
        )


def track_section(scope: Scope, section: etree._Element, former: etree._Element) -> None:
    """Record in `section`, which is AFTER's, how BEFORE's page was set up and which section it was."""
    section.set(FROM_BEFORE, former.get(FROM_BEFORE, ""))
    if scope.options.formatting and section_key(section) != section_key(former):
        track(scope.marker, "sectPrChange", section, former)


def plain_attributes(element: etree._Element) -> etree._Element:
    """Remove from a tree of BEFORE the paragraph ids that AFTER's paragraphs already have."""
    for found in element.iter(w("p"), w("tr")):
        for name in ("paraId", "textId"):
            found.attrib.pop(f"{{{W14}}}{name}", None)
    return element
