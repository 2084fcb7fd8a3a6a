"""What an earlier annex left behind in an agreement, taken out with it: styles, lists, headers and its record."""

from __future__ import annotations

from lxml import etree

from ..ooxml.namespaces import r, w
from ..ooxml.package import Package, rels_name
from ..ooxml.record import ANNEX_STYLE, read_records
from ..ooxml.style_sheet import value
from ..redline.output import Output
from .parts import peek

_LINKS = ("basedOn", "next", "link")


def forget(output: Output, tag: str, *, last: bool) -> None:
    """Take out what nothing uses any more of the annex of that mark, whose blocks are gone already.

    `last` says that the last section of the agreement was the annex's too, so that its headers go.
    """
    sections = list(output.tree(output.main_part).iter(w("sectPr")))
    sections = sections[:-1] if last else sections
    banners = {e.get(r("id")) for s in sections for e in s.iter(w("headerReference"), w("footerReference"))}
    rows = output.relationships(output.main_part)
    lost = [x for x in rows if x.kind in ("header", "footer") and x.id not in banners]
    package = Package(parts=output.parts, main_part=output.main_part, main_type="document")
    records = read_records(package)
    if tag in records:
        lost += [x for x in rows if x.kind == "customXml" and x.target == records[tag][0]]
    output.set_relationships(output.main_part, [x for x in rows if x not in lost])
    for row in lost:
        _drop(output, row.target)
    _styles(output)


def _drop(output: Output, part: str) -> None:
    """Take a part out, and what only it points to of its own kind of data."""
    package = Package(parts=output.parts, main_part=output.main_part, main_type="document")
    for row in package.relationships(part):
        if row.kind == "customXmlProps" and not row.external:
            _drop(output, row.target)
    for name in (part, rels_name(part)):
        output.parts.pop(name, None)
        output.trees.pop(name, None)
        for declared in list(output.types):
            if declared.get("PartName", "").lstrip("/") == name:
                output.types.remove(declared)


def _styles(output: Output) -> None:
    """Take out styles that an annex brought and nothing uses, then lists that nothing counts on."""
    name, lists = output.related("styles"), output.related("numbering")
    if not name:
        return
    root = output.tree(name)
    used = set()
    kinds = ("header", "footer", "footnotes", "endnotes", "comments")
    parts = [x.target for x in output.relationships(output.main_part) if x.kind in kinds and x.target in output.parts]
    for part in (output.main_part, *parts):
        used |= {e.get(w("val"), "") for e in peek(output, part).iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    styles = {s.get(w("styleId"), ""): s for s in root.findall(w("style"))}
    ours = {i for i, s in styles.items() if s.get(w("customStyle")) == "1" and value(s, "name").startswith(ANNEX_STYLE)}
    waiting = [i for i in styles if i in used or i not in ours]
    kept = set(waiting)
    while waiting:
        for link in _LINKS:
            target = value(styles.get(waiting[-1]), link)
            if target in styles and target not in kept:
                kept.add(target)
                waiting.insert(0, target)
        waiting.pop()
    counted = {e.get(w("val"), "") for i in ours - kept for e in styles[i].iter(w("numId"))}
    for style in ours - kept:
        root.remove(styles[style])
    if lists:
        _lists(output, output.tree(lists), counted, (root, *(peek(output, p) for p in (output.main_part, *parts))))


def _lists(output: Output, root: etree._Element, gone: set[str], others: tuple[etree._Element, ...]) -> None:
    used = {e.get(w("val"), "") for other in others for e in other.iter(w("numId"))}
    for number in root.findall(w("num")):
        if number.get(w("numId"), "") in gone - used:
            root.remove(number)
            kind = value(number, "abstractNumId")
            if kind not in {value(n, "abstractNumId") for n in root.findall(w("num"))}:
                for abstract in root.findall(w("abstractNum")):
                    if abstract.get(w("abstractNumId")) == kind:
                        root.remove(abstract)
