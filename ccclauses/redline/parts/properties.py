"""Compares formatting and writes its changes: run, paragraph, section, table, row and cell properties.

Two properties are equal when they say the same in any order; the proofing language and kin say nothing a reader
sees. The new properties are in the file, the old ones inside a `*PrChange`, as Word keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import local_name, make, w
from ...ooxml.revisions import CELL_MARKS, CONTENT, PROPERTY_CHANGES
from ..text.marks import Marker

UNSEEN = frozenset({w("lang"), w("noProof"), w("webHidden"), w("rsid")})
SAVE_ATTRIBUTES = ("rsid", "rsidR", "rsidRPr", "rsidSect", "rsidDel", "tplc", "durableId")  # differ with every save
# Each change element, and what of its owner it does not hold.
NOT_HELD = {
    "rPrChange": CONTENT,
    "pPrChange": frozenset({w("rPr"), w("sectPr")}),
    "sectPrChange": frozenset({w("headerReference"), w("footerReference")}),
    "tblPrChange": frozenset(),
    "tblPrExChange": frozenset(),
    "trPrChange": CONTENT,
    "tcPrChange": CELL_MARKS,
    "tblGridChange": frozenset(),
}


def canonical(element: etree._Element | None, skipped: frozenset[str] = UNSEEN) -> str:
    """Return what properties say, the same for any order of children and attributes."""
    if element is None or not len(element):
        return ""
    said = []
    for child in element:
        if child.tag in skipped or child.tag in PROPERTY_CHANGES:
            continue
        attributes = sorted(item for item in child.attrib.items() if not item[0].endswith(SAVE_ATTRIBUTES))
        said.append(f"{child.tag}{attributes or ''}{{{canonical(child, skipped)}}}")
    said.sort()
    return ";".join(said)


def paragraph_key(properties: etree._Element | None) -> str:
    """Return what w:pPr says apart from its mark and its section."""
    return canonical(properties, UNSEEN | NOT_HELD["pPrChange"])


def section_key(properties: etree._Element | None) -> str:
    """Return what w:sectPr says apart from its headers and footers."""
    return canonical(properties, UNSEEN | NOT_HELD["sectPrChange"])


def former(name: str, old: etree._Element | None) -> etree._Element:
    """Return the old properties as they are inside the change element `name`."""
    holder = make(name.removesuffix("Change"))
    if old is not None:
        if name == "tblGridChange":
            holder = make("tblGrid")
        for child in old:
            if child.tag not in NOT_HELD[name] and child.tag not in PROPERTY_CHANGES:
                holder.append(deepcopy(child))
    return holder


def track(marker: Marker, name: str, new: etree._Element, old: etree._Element | None) -> None:
    """Append to the properties `new` the change element `name` that holds `old`."""
    change = marker.element(name)
    if name == "tblGridChange":  # the one change element without author and date
        for attribute in ("author", "date"):
            del change.attrib[w(attribute)]
    change.append(former(name, old))
    new.append(change)


def copied(element: etree._Element | None, name: str) -> etree._Element:
    """Return a copy of properties, or empty ones."""
    return make(name) if element is None else deepcopy(element)


def without(element: etree._Element, tags: Iterable[str]) -> etree._Element:
    """Remove the children of these tags, in place."""
    for child in [child for child in element if child.tag in tags]:
        element.remove(child)
    return element


def insert_ordered(parent: etree._Element, child: etree._Element, order: dict[str, int]) -> None:
    """Insert a child where the schema's `order` of local names wants it."""
    rank = order.get(local_name(child.tag), len(order))
    for at, sibling in enumerate(parent):
        if order.get(local_name(sibling.tag), len(order)) > rank:
            parent.insert(at, child)
            return
    parent.append(child)
