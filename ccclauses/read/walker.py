"""Word markup → paragraphs and rows: every place in which Word keeps words, walked once in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from operator import attrgetter

from lxml import etree

from ..ooxml.as_shown import chosen
from ..ooxml.namespaces import MC, A, M, V, local_name, r, w
from ..ooxml.shown import form_choice, text_of
from ..ooxml.style_sheet import StyleSheet, is_on
from ..ooxml.targets import Targets
from .boxes import fill_of, is_unseen
from .document import ReadField, ReadParagraph, ReadRow, Segment, SegmentKind
from .formulas import linear
from .looks import Ground, Looks, TableLook, row_ground
from .numbering import UNNUMBERED, Numbers
from .symbols import sign, signs

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
_SKIPPED = frozenset(
    w(n) for n in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "proofErr")
)
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+\"?(?P<target>[^\s\"\\]+)", re.IGNORECASE)
COUNTED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})  # fields that show the number of a page
_APART = frozenset({"header", "footer", "footnote", "endnote", "text box", "comment"})  # fields don't reach into these
_DEEPEST = 16  # open fields that are remembered from one paragraph to the next
_CONTENTS = frozenset({"TOC", "INDEX", "TOA"})
_CONTENTS_STYLE = re.compile(r"toc ?\d", re.IGNORECASE)
_OFFICE = "urn:schemas-microsoft-com:office:office"
_FORMULAS = (f"{{{M}}}oMath", f"{{{M}}}oMathPara")
_DRAWN = (w("drawing"), w("pict"), w("object"))
_RAISED = {"superscript": "^", "subscript": "_"}
# Raised endings of words, which are read as if they stood on the line.
_ENDINGS = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "e", "ème", "o", "a", "º", "ª", "®", "©", "tm", "sm", "™", "*")
)


class Walker:
    """Walks the stories of one document; keeps the counters of lists and the fields it met."""

    def __init__(self, styles: StyleSheet, numbers: Numbers, looks: Looks) -> None:
        self.styles = styles
        self.numbers = numbers
        self.looks = looks
        self.ground = Ground()
        self.targets: Targets | None = None  # what the part that is being walked points to
        self.bookmarks: dict[
            str, str
        ] = {}  # the words that each bookmark holds, where it begins and ends in one paragraph
        self.fields: list[ReadField] = []
        self.boxes: list[ReadParagraph] = []
        self.notes: list[str] = []
        self.pending: list[str] = []  # bookmarks that began between paragraphs
        self.links: list[tuple[str, str]] = []  # what each link within the document shows, and its bookmark
        # By the kind of a note and its id: the words of the paragraph before each reference, in the order of references.
        self.references: dict[str, dict[str, list[str]]] = {"footnote": {}, "endnote": {}}
        self.last = ""  # the words of the paragraph before
        self.tables = 0
        # Fields that are open: code, shown text, which of the two is being read, and the choice of a form's field.
        self.open: list[list[str]] = []

    # -- blocks ------------------------------------------------------------------------------------------------

    def blocks(self, container: etree._Element, story: str) -> Iterator[ReadParagraph | ReadRow]:
        """The paragraphs and rows of a container, whatever wraps them."""
        for child in container:
            if child.tag == w("p"):
                yield self.paragraph(child, story)
            elif child.tag == w("tbl"):
                self.tables += 1
                yield from self._rows(child, story, self.tables)
            elif child.tag == w("altChunk"):
                self.notes.append("the file takes in another file (altChunk), which was not read")
            elif child.tag == w("bookmarkStart"):  # one that begins between paragraphs is that of the next
                self.pending.append(child.get(w("name"), ""))
            elif child.tag == f"{{{MC}}}AlternateContent":
                yield from self.blocks(chosen(child), story)
            elif child.tag not in _SKIPPED and len(child):
                yield from self.blocks(child, story)

    def _rows(self, table: etree._Element, story: str, number: int) -> Iterator[ReadRow]:
        outer = self.ground
        look = TableLook(table, self.looks, outer)
        for at, row in enumerate(_inside(table, w("tr"), w("tbl"))):
            ground = row_ground(row, outer)
            cells = list(_inside(row, w("tc"), w("tbl")))
            texts = []
            for column, cell in enumerate(cells):
                self.ground = look.cell(cell, ground, at, column, len(cells))
                texts.append(tuple(self._cell(cell, story)))
                self.ground = outer
            header = row.find(f"{w('trPr')}/{w('tblHeader')}")
            yield ReadRow(cells=tuple(texts), table=number, header=is_on(header))

    def _cell(self, cell: etree._Element, story: str) -> Iterator[ReadParagraph]:
        for block in self.blocks(cell, story):
            if isinstance(block, ReadRow):  # a table in a cell: its words, row by row
                for inner in block.cells:
                    yield from inner
            else:
                yield block

    # -- paragraphs --------------------------------------------------------------------------------------------

    def paragraph(self, element: etree._Element, story: str) -> ReadParagraph:
        """One paragraph with its number, its anchors and its words."""
        properties = element.find(w("pPr"))
        style_element = properties.find(w("pStyle")) if properties is not None else None
        style = style_element.get(w("val"), "") if style_element is not None else self.styles.default
        outer, self.open = self.open, [] if story in _APART else self.open
        run = _Runs(self, style, properties)
        run.anchors, self.pending = self.pending, []
        in_contents = _lists_contents(self.open)
        run.walk(element, "plain", "", "")
        in_contents = in_contents or run.lists_contents
        self.open = outer if story in _APART else self.open[-_DEEPEST:]
        self.last = "".join(s.text for s in run.segments).strip() or self.last
        number, full, level = self._number(style, properties, story, run.segments)
        return ReadParagraph(
            story=story,
            segments=tuple(_joined(run.segments)),
            style=style,
            number=number,
            full_number=full,
            level=level,
            heading=self.styles.heading(style, properties),
            anchors=tuple(run.anchors),
            comments=tuple(run.comments),
            contents=in_contents or bool(_CONTENTS_STYLE.fullmatch(self.styles.name(style))),
        )

    def _number(
        self, style: str, properties: etree._Element | None, story: str, segments: list[Segment]
    ) -> tuple[str, str, int]:
        """Count a paragraph, an empty one too; not one that is hidden with its mark, which Word passes over."""
        mark = properties.find(w("rPr")) if properties is not None else None
        if mark is not None and is_on(mark.find(w("vanish"))) and not is_on(mark.find(w("specVanish"))):
            if not any(s.text.strip() and not s.hidden for s in segments):
                return UNNUMBERED
        stays = mark is None or (mark.find(w("del")) is None and mark.find(w("moveFrom")) is None)
        place = f"box {len(self.boxes)}" if story == "text box" else story
        return self.numbers.count(style, properties, place, stays=stays)


class _Runs:
    """The words of one paragraph, with its fields, anchors and comments."""

    def __init__(self, walker: Walker, style: str, properties: etree._Element | None) -> None:
        self.walker = walker
        self.style = style
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
        self.marks: dict[str, tuple[str, int]] = {}  # bookmarks that are open: their names and where they begin

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
            elif tag == w("hyperlink") and child.get(w("anchor")):
                begun = len(self.segments)
                self.walk(child, kind, author, date)
                if not _lists_contents(self.open):
                    shown = "".join(s.text for s in self.segments[begun:])
                    self.walker.links.append((shown, child.get(w("anchor"), "")))
            elif tag == w("bookmarkStart"):
                self.anchors.append(child.get(w("name"), ""))
                self.marks[child.get(w("id"), "")] = (child.get(w("name"), ""), len(self.segments))
            elif tag == w("bookmarkEnd"):
                name, begun = self.marks.pop(child.get(w("id"), ""), ("", 0))
                if name:
                    self.walker.bookmarks[name] = "".join(s.text for s in self.segments[begun:] if not s.hidden)
            elif tag == w("commentRangeStart"):
                self.comments.append(child.get(w("id"), ""))
            elif tag in _FORMULAS:
                self.look = self.plain
                self._add(linear(child), kind, author, date)
            elif tag == f"{{{MC}}}AlternateContent":
                self.walk(chosen(child), kind, author, date)
            elif tag == w("txbxContent"):
                self.walker.boxes += [p for b in self.walker.blocks(child, "text box") for p in _paragraphs(b)]
            elif isinstance(tag, str) and tag not in _SKIPPED and tag != w("p"):
                self.walk(child, kind, author, date)

    def _backwards(self, element: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        """Words that are set from right to left whatever their script, as a reader sees them."""
        begun = len(self.segments)
        self.walk(element, kind, author, date)
        self.segments[begun:] = [replace(s, text=s.text[::-1]) for s in reversed(self.segments[begun:])]

    def _run(self, run: etree._Element, kind: SegmentKind, author: str, date: str) -> None:
        properties = run.find(w("rPr"))
        self.look = (
            self.plain
            if properties is None
            else self.walker.looks.of(properties, self.style, self.ground, self.shading)
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
            elif tag == w("commentReference"):
                if child.get(w("id"), "") not in self.comments:
                    self.comments.append(child.get(w("id"), ""))
            elif tag == f"{{{MC}}}AlternateContent":
                self._content(chosen(child), kind, author, date)
            elif isinstance(tag, str) and tag not in _SKIPPED and len(child):
                for shown in self._pictures(child) if tag in _DRAWN else ():
                    self.segments.append(
                        Segment("", kind, author, date, hidden=self.look.hidden, faint=self.ground.faint, object=shown)
                    )
                self.walk_inside(child, kind, author, date)

    def _pictures(self, drawing: etree._Element) -> Iterator[str]:
        """The pictures and objects of a drawing by what they hold; one that can't be seen is told as such."""
        if self.walker.targets is None:
            return
        unseen = " that can't be seen" if is_unseen(drawing) else ""
        for element in drawing.iter(f"{{{A}}}blip", f"{{{V}}}imagedata", f"{{{_OFFICE}}}OLEObject"):
            id_ = element.get(r("embed")) or element.get(r("link")) or element.get(r("id")) or ""
            if id_:
                what = "object" if element.tag == f"{{{_OFFICE}}}OLEObject" else "picture"
                yield f"{what} {self.walker.targets.of(id_)[:8]}{unseen}"

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
            self.lists_contents = self.lists_contents or _lists_contents(self.open)
        if text:
            self.segments.append(
                Segment(text, kind, author, date, target, look.hidden, keyword, look.faint, look.struck, look.raised)
            )


def _keyword(code: str) -> str:
    """The keyword of a field: REF, PAGE, TOC."""
    return next(iter(code.split(None, 1)), "").upper()


def _lists_contents(fields: list[list[str]]) -> bool:
    return any(_keyword(f[0]) in _CONTENTS for f in fields)


def _joined(segments: list[Segment]) -> Iterator[Segment]:
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


def _inside(parent: etree._Element, wanted: str, stop: str) -> Iterator[etree._Element]:
    """Descendants of that name, not looking into nested ones or past `stop`."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag != stop and child.tag not in _SKIPPED:
            yield from _inside(child, wanted, stop)


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


def _symbol(element: etree._Element) -> str:
    try:
        return sign(int(element.get(w("char"), ""), 16), element.get(w("font"), ""))
    except ValueError:
        return ""
