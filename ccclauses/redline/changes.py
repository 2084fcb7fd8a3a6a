"""Lists the changes of a finished redline as a reader meets them: numbered, with the heading they are under.

The list is read from the finished file and not kept while writing, so it can't say anything the file does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..ooxml.namespaces import m, w
from ..ooxml.package.package import Package
from ..ooxml.revisions import DELETED, INSERTED, REVISIONS
from ..ooxml.shown.shown import form_choice
from ..ooxml.style_sheet import StyleSheet, value
from ..read.sections import Cuts
from ..read.word.document import ReadParagraph, Segment
from ..read.word.symbols import sign
from .model import Category, Change, Kind

STORIES: tuple[tuple[str, str, Category], ...] = (
    ("header", "Header", "header-footer"),
    ("footer", "Footer", "header-footer"),
    ("footnotes", "Footnotes", "note"),
    ("endnotes", "Endnotes", "note"),
)
FORMATTING = (w("rPrChange"), w("pPrChange"))
SHOWN = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("sym"): "[symbol]",
    w("drawing"): "[picture]",
    w("pict"): "[picture]",
    w("object"): "[object]",
    w("footnoteReference"): "[footnote]",
    w("endnoteReference"): "[endnote]",
}
WORDS = (w("t"), w("delText"), m("t"))
CODES = (w("instrText"), w("delInstrText"), w("fldChar"))


@dataclass(slots=True)
class _List:
    """The changes so far, and where the reader stands."""

    styles: StyleSheet
    cuts: Cuts = Cuts(anchored=False, styled=False)
    where: str = ""
    found: list[Change] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)  # name of a move -> heading it leaves

    def read(self, paragraph: etree._Element, text: str = "") -> ReadParagraph:
        """A paragraph as far as it tells whether it is a heading."""
        properties = paragraph.find(w("pPr"))
        style = value(properties, "pStyle", self.styles.default)
        place = self.styles.list_place(style, properties)
        return ReadParagraph(
            story="body",
            segments=(Segment(text),),
            style=style,
            heading=self.styles.heading(style, properties),
            level=(place.level or 0) + 1 if place.list_id not in ("", "0") else 0,
            anchors=tuple(mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))),
        )

    def add(self, kind: Kind, category: Category, before: str, after: str, where: str | None = None) -> None:
        self.found.append(
            Change(
                number=len(self.found) + 1,
                kind=kind,
                category=category,
                where=self.where if where is None else where,
                before=before,
                after=after,
            )
        )


def list_changes(package: Package) -> tuple[Change, ...]:
    """Return the changes of a redline, body first, then headers, footers and notes."""
    part = package.related("styles")
    out = _List(StyleSheet(package.xml(part) if part else None))
    root = package.xml(package.main_part)
    out.cuts = Cuts.of(out.read(p) for p in root.iter(w("p")) if not _in_table(p))
    _story(out, root, "text")
    seen: set[str] = set()
    for kind, name, category in STORIES:
        for row in package.relationships(package.main_part):
            if row.kind == kind and not row.external and row.target in package.parts and row.target not in seen:
                seen.add(row.target)
                out.where = name
                _story(out, package.xml(row.target), category)
    return tuple(out.found)


def _story(out: _List, root: etree._Element, category: Category) -> None:
    for element in root.iter(
        w("p"), w("tr"), w("tc"), w("sectPrChange"), w("tblPrChange"), w("trPrChange"), w("tcPrChange")
    ):
        if element.tag == w("tr"):
            _whole(out, element, f"{w('trPr')}/", w("ins"), w("del"))
        elif element.tag == w("tc"):
            _whole(out, element, f"{w('tcPr')}/", w("cellIns"), w("cellDel"))
        elif element.tag != w("p"):
            out.add("formatted", "formatting", "", {w("sectPrChange"): "page layout"}.get(element.tag, "table layout"))
        elif not _in_whole(element):
            _paragraph(out, element, category)


def _whole(out: _List, element: etree._Element, path: str, inserted: str, deleted: str) -> None:
    if element.find(path + inserted) is not None:
        out.add("inserted", "table", "", _plain(element))
    elif element.find(path + deleted) is not None:
        out.add("deleted", "table", _plain(element), "")


def _in_whole(paragraph: etree._Element) -> bool:
    """Return whether the paragraph comes or goes with its row or cell."""
    for owner in paragraph.iterancestors(w("tc"), w("tr")):
        name, marks = ("tcPr", ("cellIns", "cellDel")) if owner.tag == w("tc") else ("trPr", ("ins", "del"))
        if any(owner.find(f"{w(name)}/{w(mark)}") is not None for mark in marks):
            return True
    return False


def _plain(element: etree._Element) -> str:
    lines = ["".join(t.text or "" for t in p.iter(*WORDS)) for p in element.iter(w("p"))]
    return " | ".join(line for line in lines if line)


# ---------------------------------------------------------------- paragraphs


def _paragraph(out: _List, paragraph: etree._Element, category: Category) -> None:
    if next(paragraph.iter(*REVISIONS), None) is None:
        if category == "text" and not _in_table(paragraph):
            _enter(out, paragraph, "".join(t.text or "" for t in paragraph.iter(*WORDS)))
        return
    if next(paragraph.iterancestors(w("txbxContent")), None) is not None:
        category = "text-box"
    pieces = list(_pieces(paragraph))
    if category == "text" and not _in_table(paragraph):
        _enter(out, paragraph, "".join(text for status, text in pieces if status in ("", "insert", "to")))
    if not _moved(out, paragraph, pieces, category):
        _inside(out, paragraph, pieces, category)


def _enter(out: _List, paragraph: etree._Element, text: str) -> None:
    """Note the heading under which what follows stands."""
    heading = out.cuts.heading(out.read(paragraph, text)) if text.strip() else None
    if heading is not None:
        out.where = " ".join(text.split())


def _in_table(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("tc")), None) is not None


def _moved(out: _List, paragraph: etree._Element, pieces: list[tuple[str, str]], category: Category) -> bool:
    """Note a move where it leaves, and list it where it arrives."""
    start = paragraph.find(w("moveFromRangeStart"))
    if start is not None:
        out.moved[start.get(w("name"), "")] = out.where
    arrives = paragraph.find(w("moveToRangeStart"))
    if arrives is not None:
        text = "".join(text for _, text in pieces)
        out.add("moved", category if category != "text" else "paragraph", text, text)
    return start is not None or arrives is not None


def _inside(out: _List, paragraph: etree._Element, pieces: list[tuple[str, str]], category: Category) -> None:
    mark = _mark(paragraph)
    texts = {status: "".join(text for s, text in pieces if s == status) for status in ("", "insert", "delete")}
    whole = category if category != "text" else "paragraph"
    if mark and not texts[""] and not texts["insert" if mark == "delete" else "delete"]:
        before, after = (texts["delete"], "") if mark == "delete" else ("", texts["insert"])
        out.add(
            "deleted" if mark == "delete" else "inserted",
            whole,
            before or _pilcrow(mark == "delete"),
            after or _pilcrow(mark == "insert"),
        )
        return
    before = after = ""
    for status, text in [*pieces, ("", "")]:
        if status == "delete":
            before += text
        elif status == "insert":
            after += text
        elif before or after:
            kind: Kind = "replaced" if before and after else "deleted" if before else "inserted"
            out.add(kind, _kind_of(category, before + after), before, after)
            before = after = ""
    if mark:
        out.add(
            "deleted" if mark == "delete" else "inserted", whole, _pilcrow(mark == "delete"), _pilcrow(mark == "insert")
        )
    if any(next(change.iterancestors(w("p"))) is paragraph for change in paragraph.iter(*FORMATTING)):
        out.add("formatted", "formatting", texts[""], texts[""])


def _pilcrow(shown: bool) -> str:
    return "¶" if shown else ""


def _kind_of(category: Category, text: str) -> Category:
    return "object" if category == "text" and text in SHOWN.values() and text.startswith("[") else category


def _mark(paragraph: etree._Element) -> str:
    properties = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    if properties is not None:
        for child in properties:
            if child.tag in DELETED:
                return "delete"
            if child.tag in INSERTED:
                return "insert"
    return ""


def _pieces(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (status, text) of a paragraph's own content; text boxes in it are paragraphs of their own."""
    for found in paragraph.iter(*WORDS, *SHOWN, *CODES):
        text = _text(found)
        status = ""
        for owner in found.iterancestors():
            if owner.tag == w("p"):
                break
            if owner.tag in INSERTED:
                status = "insert"
            elif owner.tag in DELETED:
                status = "delete"
        # A field's code is reported where it came or went; what stays is reported by what it shows.
        if text and owner is paragraph and found.getparent().tag != w("tabs") and (status or found.tag not in CODES):
            yield status, text


def _text(found: etree._Element) -> str:
    """What an element of a paragraph is reported as: its words, a sign, the code of a field, the choice of a form's field."""
    if found.tag in WORDS:
        return found.text or ""
    if found.tag == w("fldChar"):
        return form_choice(found)
    if found.tag in CODES:
        return f"{{{' '.join((found.text or '').split())}}}" if (found.text or "").strip() else ""
    if found.tag == w("sym"):
        try:
            return sign(int(found.get(w("char"), ""), 16), found.get(w("font"), ""))
        except ValueError:
            return SHOWN[found.tag]
    return SHOWN[found.tag]
