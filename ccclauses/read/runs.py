"""The words of one paragraph as they are shown, with its fields, bookmarks, links, drawings and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from lxml import etree

from ..ooxml.namespaces import MC, M, local_name, r, w
from ..ooxml.shown.as_shown import chosen
from ..ooxml.shown.shown import form_choice, text_of
from ..ooxml.style_sheet import is_on
from .word.boxes import box_of, fill_of, is_unseen, objects_of
from .word.document import ReadField, ReadParagraph, ReadRow, Segment, SegmentKind
from .word.formulas import linear, seen_of
from .word.looks import Ground
from .word.symbols import sign, signs

if TYPE_CHECKING:
    from .word.walker import Walker

_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "",
}
_INSERTED, _DELETED = (w("ins"), w("moveTo")), (w("del"), w("moveFrom"))
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
SKIPPED = frozenset(
    w(n) for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "proofErr")
)
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+\"?(?P<target>[^\s\"\\]+)", re.IGNORECASE)
COUNTED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})  # fields that show the number of a page
_CONTENTS = frozenset({"TOC", "INDEX", "TOA"})
# Figures with something between them, the order of which turns with the direction of writing.
_TURNED = re.compile(r"\d\W+\d")
_FORMULAS = (f"{{{M}}}oMath", f"{{{M}}}oMathPara")
_DRAWN = (w("drawing"), w("pict"), w("object"))
_RAISED = {"superscript": "^", "subscript": "_"}
# Raised endings of words, which are read as if they stood on the line.
_ENDINGS = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "e", "ème", "o", "a", "º", "ª", "®", "©", "tm", "sm", "™", "*")
)


class Runs:
    """The words of one paragraph, with its fields, anchors and comments."""

    def __init__(self, walker: Walker, style: str, properties: etree._Element | None) -> None:
        self.walker = walker
        self.style = style
        self.is_rtl = properties is not None and is_on(properties.find(w("bidi")))
        ground = walker.ground
        self.shading, out_of_sight = walker.looks.paragraph(style, properties)
        if out_of_sight and not ground.faint:
            ground = Ground(ground.colour, ground.properties, ground.hidden, True)
        self.ground = ground
        self.plain = walker.looks.of(None, style, ground, self.shading)
        self.look = self.plain
        self.segments: list[Segment] = []
        self.anchors: list[str] = []
        self.comments: list[str] = []
        self.lists_contents = False
        self.open = walker.open
        self.marks: dict[str, int] = {}  # where the bookmarks begin that do so here, by id

    def walk(self, element: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                self._run(child, kind, author, date)
            elif tag in _INSERTED or tag in _DELETED:
                new: SegmentKind = "inserted" if tag in _INSERTED else "deleted"
                self.walk(child, new, child.get(w("author"), ""), child.get(w("date"), ""))
            elif tag == w("fldSimple"):
                self._simple_field(child, kind, author, date)
            elif tag == w("bdo") and child.get(w("val")) == "rtl":
                self._backwards(child, kind, author, date)
            elif tag == w("hyperlink") and (child.get(w("anchor")) or child.get(r("id"))):
                begun = len(self.segments)
                self.walk(child, kind, author, date)
                if not lists_contents(self.open):
                    shown = "".join(s.text for s in self.segments[begun:])
                    id_, targets = child.get(r("id")), self.walker.targets
                    where = targets.of(id_) if id_ and targets is not None else child.get(w("anchor"), "")
                    self.walker.links.append((shown, where))
            elif tag == w("bookmarkStart"):
                self.anchors.append(child.get(w("name"), ""))
                self.marks[child.get(w("id"), "")] = len(self.segments)
                self.walker.begin_mark(child)
            elif tag == w("bookmarkEnd"):
                self.walker.end_mark(child, self.segments[self.marks.get(child.get(w("id"), ""), 0) :])
            elif tag == w("commentRangeStart"):
                self.comments.append(child.get(w("id"), ""))
            elif tag in _FORMULAS:
                self.look = self.plain
                self._add(linear(seen_of(child, self._is_seen)), kind, author, date)
            elif tag == f"{{{MC}}}AlternateContent":
                self.walk(chosen(child), kind, author, date)
            elif tag == w("txbxContent"):
                self.walker.boxes += [p for b in self.walker.blocks(child, "text box") for p in _paragraphs(b)]
            elif isinstance(tag, str) and tag not in SKIPPED and tag != w("p"):
                self.walk(child, kind, author, date)

    def _is_seen(self, properties: etree._Element) -> bool:
        look = self.walker.looks.of(properties, self.style, self.ground, self.shading)
        return look.hidden == self.plain.hidden and look.faint == self.plain.faint

    def _backwards(self, element: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        """Words that are set from right to left whatever their script, as a reader sees them."""
        begun = len(self.segments)
        self.walk(element, kind, author, date)
        self.segments[begun:] = [replace(s, text=s.text[::-1]) for s in reversed(self.segments[begun:])]

    def _run(self, run: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        properties = run.find(w("rPr"))
        self.look = self.plain
        if properties is not None:
            self.look = self.walker.looks.of(properties, self.style, self.ground, self.shading)
            if is_on(properties.find(w("rtl"))) and not self.is_rtl:
                words = "".join(t.text or "" for t in run.iter(w("t")))
                if _TURNED.search(words):
                    self.walker.notes.append(
                        f"figures are set from right to left, so their order may differ: “{words}”"
                    )
        self._content(run, kind, author, date)

    def _content(self, run: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        for child in run:
            tag = child.tag
            if tag == w("t") or tag == w("delText"):
                self._add(text_of(child), kind, author, date)
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], kind, author, date)
            elif tag == w("fldChar"):
                if child.get(w("fldCharType")) == "end" and self.open and not self.open[-1][1]:
                    # A page number is counted even where no program has counted yet.
                    counted = "#" if _keyword(self.open[-1][0]) in COUNTED else ""
                    self.open[-1][2] = "shown" if counted else self.open[-1][2]
                    self._add(self.open[-1][3] or counted, kind, author, date)
                self._field_char(child)
            elif tag == w("instrText") or tag == w("delInstrText"):
                if self.open:
                    self.open[-1][0] += child.text or ""
            elif tag == w("sym"):
                self._add(_symbol(child), kind, author, date)
            elif tag in _NOTES:
                places = self.walker.references[_NOTES[tag]].setdefault(child.get(w("id"), ""), [])
                places.append("".join(s.text for s in self.segments))
                sign = str(sum(map(len, self.walker.references[_NOTES[tag]].values())))
                self.walker.signs |= {self.walker.marks[id_][0]: sign for id_ in self.marks if id_ in self.walker.marks}
                if self.look.hidden or self.look.faint:
                    self.segments.append(Segment("", kind, author, date, object="sign of a note that can't be seen"))
            elif tag == w("commentReference"):
                if child.get(w("id"), "") not in self.comments:
                    self.comments.append(child.get(w("id"), ""))
            elif tag == f"{{{MC}}}AlternateContent":
                self._content(chosen(child), kind, author, date)
            elif isinstance(tag, str) and tag not in SKIPPED and len(child):
                drawn = tuple(objects_of(child, self.walker.targets)) if tag in _DRAWN and self.walker.targets else ()
                self.walker.drawings += drawn
                self.segments += (
                    Segment("", kind, author, date, hidden=self.look.hidden, faint=self.ground.faint, object=d.what)
                    for d in drawn
                )
                self.walk_inside(child, kind, author, date)

    def walk_inside(self, element: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        """Look for words inside drawings, pictures and what else a run may hold."""
        outer = self.walker.ground
        for box in element.iter(w("txbxContent")):
            if _nearest_box(box, element) is None:
                self.walker.ground = Ground(
                    fill_of(box, self.walker.looks), (), self.look.hidden, self.ground.faint or is_unseen(element)
                )
                here = "".join(s.text for s in self.segments).strip() or self.walker.last
                found = [p for b in self.walker.blocks(box, "text box") for p in _paragraphs(b)]
                self.walker.boxes += [replace(p, about=here) for p in found[:1]] + found[1:]
                self.walker.drawings.append(box_of(element, " ".join(p.text for p in found)))
                self.walker.ground = outer
        if local_name(element.tag) == "ruby":
            self.walk(element, kind, author, date)

    def _simple_field(self, element: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        self.open.append([element.get(w("instr"), ""), "", "shown", ""])
        self.walk(element, kind, author, date)
        if not self.open[-1][1] and _keyword(self.open[-1][0]) in COUNTED:
            self._add("#", kind, author, date)
        self._close()

    def _field_char(self, mark: etree._Element) -> None:
        what = mark.get(w("fldCharType"), "")
        if what == "begin":
            self.open.append(["", "", "code", form_choice(mark)])
        elif what == "separate" and self.open:
            self.open[-1][2] = "shown"
        elif what == "end" and self.open:
            self._close()

    def _close(self) -> None:
        code, shown, _, _ = self.open.pop()
        self.walker.fields.append(ReadField(code=" ".join(code.split()), shown=shown))

    def _add(self, text: str, kind: SegmentKind, author: str, date: str) -> None:
        look = self.look
        if look.font and text.strip():
            text = signs(text, look.font)
        if look.raised in _RAISED and text.strip().casefold() not in _ENDINGS and text.strip():
            last = self.segments[-1] if self.segments else None
            if last is None or last.raised != look.raised or last.kind != kind:
                text = _RAISED[look.raised] + text
        target = keyword = ""
        for field_ in self.open:
            if field_[2] == "shown":
                field_[1] += text
        if self.open:
            match = _REFERENCE.match(self.open[-1][0])
            target = match["target"] if match and match[0].strip().upper().startswith("REF") else ""
            keyword = _keyword(self.open[-1][0])
            self.lists_contents = self.lists_contents or lists_contents(self.open)
        if text:
            self.segments.append(
                Segment(text, kind, author, date, target, look.hidden, keyword, look.faint, look.struck, look.raised)
            )


def shown_words(segments: list[Segment]) -> str:
    return "".join(s.text for s in segments if not s.hidden)


def _keyword(code: str) -> str:
    """The keyword of a field: REF, PAGE, TOC."""
    return next(iter(code.split(None, 1)), "").upper()


def lists_contents(fields: list[list[str]]) -> bool:
    return any(_keyword(f[0]) in _CONTENTS for f in fields)


def _nearest_box(box: etree._Element, root: etree._Element) -> etree._Element | None:
    """The text box around a text box, below `root`."""
    parent = box.getparent()
    while parent is not None and parent is not root:
        if parent.tag == w("txbxContent"):
            return parent
        parent = parent.getparent()
    return None


def _paragraphs(block: ReadParagraph | ReadRow) -> Iterator[ReadParagraph]:
    """The paragraphs of a block, a table's cell by cell."""
    if isinstance(block, ReadRow):
        for cell in block.cells:
            yield from cell
    else:
        yield block


def joined(segments: list[Segment]) -> Iterator[Segment]:
    """Neighbours that differ in nothing but their words, as one."""
    last: Segment | None = None
    for segment in segments:
        if last and not segment.object and _looks(last) == _looks(segment):
            last = replace(last, text=last.text + segment.text)
            continue
        if last:
            yield last
        last = segment
    if last:
        yield last


_looks = attrgetter(*(f.name for f in fields(Segment) if f.name != "text"))


def _symbol(element: etree._Element) -> str:
    try:
        return sign(int(element.get(w("char"), ""), 16), element.get(w("font"), ""))
    except ValueError:
        return ""
