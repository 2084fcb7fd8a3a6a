"""Whether a Word file holds together: what names something finds it, and what must be single is single."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ...ooxml.namespaces import R, w
from ...ooxml.package.package import CONTENT_TYPES_PART, Package, content_type
from ...ooxml.style_sheet import value
from ..host.clear import pointed_at

_RELATIONS = etree.XPath("//@r:*", namespaces={"r": R}, smart_strings=False)
_ROOTS = ("header", "footer", "footnotes", "endnotes", "comments")


def faults(package: Package, root: etree._Element | None = None) -> set[str]:
    """Every fault that is found, in words that tell it apart from others; `root` is the tree of the main part where there is one."""
    return set(_faults(package, package.xml(package.main_part) if root is None else root))


def _faults(package: Package, body_root: etree._Element) -> Iterator[str]:
    rows = package.relationships(package.main_part)
    roots = {package.main_part: body_root}
    roots |= {x.target: package.xml(x.target) for x in rows if x.kind in _ROOTS and x.target in package.parts}
    yield from _relations(package, roots)
    yield from _bookmarks(body_root)
    yield from _styles(package, roots)
    yield from _lists(package, roots)
    names = {b.get(w("name"), "") for root in roots.values() for b in root.iter(w("bookmarkStart"))}
    for target in sorted(set().union(*map(pointed_at, roots.values())) - names):
        yield f"a reference leads to the bookmark {target}, which is not there"
    for cell in body_root.iter(w("tc")):
        if next(cell.iter(w("sectPr")), None) is not None:
            yield "a section ends inside a table"
    body = body_root.find(w("body"))
    if body is None or not len(body) or body[-1].tag != w("sectPr"):
        yield "the text does not end with a section"
    yield from _notes(package, body_root)


def _relations(package: Package, roots: dict[str, etree._Element]) -> Iterator[str]:
    types = package.xml(CONTENT_TYPES_PART)
    for part, root in roots.items():
        known = {x.id: x for x in package.relationships(part)}
        for id_ in sorted(set(_RELATIONS(root)) - known.keys() - {""}):
            yield f"{part} names the relationship {id_}, which is not there"
        for row in known.values():
            if not row.external and row.target not in package.parts and row.kind != "hyperlink":
                yield f"{part} names the part {row.target}, which is not there"
    for row in types:
        name = row.get("PartName", "").lstrip("/")
        if name and name not in package.parts:
            yield f"a content type is declared for {name}, which is not there"
    for name in package.parts:
        if name != CONTENT_TYPES_PART and not content_type(types, name):
            yield f"{name} has no content type"


def _bookmarks(root: etree._Element) -> Iterator[str]:
    starts, ends = list(root.iter(w("bookmarkStart"))), list(root.iter(w("bookmarkEnd")))
    ids = Counter(b.get(w("id"), "") for b in starts)
    for name, count in Counter(b.get(w("name"), "").casefold() for b in starts).items():
        if count > 1:
            yield f"the bookmark {name} is there {count} times"
    for id_, count in ids.items():
        if count > 1:
            yield f"{count} bookmarks bear the number {id_}"
    for id_ in sorted(
        (ids - Counter(b.get(w("id"), "") for b in ends)) + (Counter(b.get(w("id"), "") for b in ends) - ids)
    ):
        yield f"the bookmark with the number {id_} has no beginning or no end"


def _styles(package: Package, roots: dict[str, etree._Element]) -> Iterator[str]:
    name = package.related("styles")
    sheet = package.xml(name) if name else None
    styles = {s.get(w("styleId"), ""): s for s in sheet.iter(w("style"))} if sheet is not None else {}
    used = {e.get(w("val"), "") for root in roots.values() for e in root.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    for style in sorted(used - styles.keys()):
        yield f"the style {style} is used and not there"
    for id_, element in styles.items():
        for link in ("basedOn", "next", "link"):
            if (target := value(element, link)) and target not in styles:
                yield f"the style {id_} names the style {target}, which is not there"
    for (kind, shown), count in Counter(
        (s.get(w("type")), value(s, "name").casefold()) for s in styles.values()
    ).items():
        if count > 1:
            yield f"two {kind} styles are called {shown}"


def _lists(package: Package, roots: dict[str, etree._Element]) -> Iterator[str]:
    name = package.related("numbering")
    numbering = package.xml(name) if name else None
    kinds = (
        [a.get(w("abstractNumId"), "") for a in numbering.findall(w("abstractNum"))] if numbering is not None else []
    )
    nums = [n.get(w("numId"), "") for n in numbering.findall(w("num"))] if numbering is not None else []
    for what, found in (("list", nums), ("kind of list", kinds)):
        for id_, count in Counter(found).items():
            if count > 1:
                yield f"two {what}s bear the number {id_}"
    if numbering is not None:
        for code, count in Counter(e.get(w("val"), "") for e in numbering.iter(w("nsid"))).items():
            if count > 1:
                yield f"two lists bear the code {code}"
        for num in numbering.findall(w("num")):
            if value(num, "abstractNumId") not in kinds:
                yield f"the list {num.get(w('numId'))} is of a kind that is not there"
        order = [c.tag for c in numbering if c.tag in (w("abstractNum"), w("num"))]
        if order != sorted(order, key=lambda t: t == w("num")):
            yield "a kind of list comes after the lists"
    sheet = package.related("styles")
    everywhere = [*roots.values(), *([package.xml(sheet)] if sheet else [])]
    for id_ in sorted(
        {e.get(w("val"), "") for root in everywhere for e in root.iter(w("numId"))} - {"0", ""} - set(nums)
    ):
        yield f"a paragraph or a style counts on the list {id_}, which is not there"


def _notes(package: Package, root: etree._Element) -> Iterator[str]:
    for part, note, reference in (
        ("footnotes", "footnote", "footnoteReference"),
        ("endnotes", "endnote", "endnoteReference"),
        ("comments", "comment", "commentReference"),
    ):
        name = package.related(part)
        there = package.xml(name) if name else None
        kept = (
            {e.get(w("id"), "") for e in there.findall(w(note)) if e.get(w("type")) is None}
            if there is not None
            else set()
        )
        special = {e.get(w("id"), "") for e in there.findall(w(note))} - kept if there is not None else set()
        named = {e.get(w("id"), "") for e in root.iter(w(reference))}
        for id_ in sorted(named - kept - special):
            yield f"the {note} {id_} is named and not there"
        for id_ in sorted(kept - named):
            yield f"the {note} {id_} is there and nothing names it"
    starts, ends = ({e.get(w("id"), "") for e in root.iter(w(f"commentRange{side}"))} for side in ("Start", "End"))
    for id_ in sorted(starts ^ ends):
        yield f"the range of the comment {id_} has one end only"
