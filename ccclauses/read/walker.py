"""Word markup → paragraphs and rows: every place in which Word keeps words, walked once in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from operator import attrgetter

from lxml import etree

from ..ooxml.namespaces import MC, M, local_name, w
from ..ooxml.shown import form_choice, text_of
from ..ooxml.style_sheet import StyleSheet, is_on
from .document import ReadField, ReadParagraph, ReadRow, Segment
from .numbering import UNNUMBERED, Numbers

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
ON = ("1", "true", "on", None)
_APART = frozenset({"header", "footer", "footnote", "endnote", "text box", "comment"})  # fields don't reach into these
_DEEPEST = 16  # open fields that are remembered from one paragraph to the next
_CONTENTS = frozenset({"TOC", "INDEX", "TOA"})
_CONTENTS_STYLE = re.compile(r"toc ?\d", re.IGNORECASE)
_KNOWN = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/")
_SMALLEST = 4  # half-points; smaller words can't be read


class Walker:
    """Walks the stories of one document; keeps the counters of lists and the fields it met."""

    def __init__(self, styles: StyleSheet, numbers: Numbers) -> None:
        self.styles = styles
        self.numbers = numbers
        self.fields: list[ReadField] = []
        self.boxes: list[ReadParagraph] = []
        self.notes: list[str] = []
        # By the kind of a note and its id: the words of the paragraph before the reference, in the order of references.
        self.references: dict[str, dict[str, str]] = {"footnote": {}, "endnote": {}}
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
            elif child.tag == f"{{{MC}}}AlternateContent":
                yield from self.blocks(_chosen(child), story)
            elif child.tag not in _SKIPPED and len(child):
                yield from self.blocks(child, story)

    def _rows(self, table: etree._Element, story: str, number: int) -> Iterator[ReadRow]:
        for row in _inside(table, w("tr"), w("tbl")):
            cells = tuple(tuple(self._cell(cell, story)) for cell in _inside(row, w("tc"), w("tbl")))
            header = row.find(f"{w('trPr')}/{w('tblHeader')}")
            yield ReadRow(cells=cells, table=number, header=header is not None and header.get(w("val")) in ON)

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
        run = _Runs(self, self.styles.toggle(style, "vanish"))
        in_contents = _lists_contents(self.open)
        run.walk(element, "plain", "", "")
        in_contents = in_contents or run.lists_contents
        self.open = outer if story in _APART else self.open[-_DEEPEST:]
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

    def __init__(self, walker: Walker, hidden: bool = False) -> None:
        self.walker = walker
        self.hidden = hidden
        self.segments: list[Segment] = []
        self.anchors: list[str] = []
        self.comments: list[str] = []
        self.lists_contents = False
        self.faint = self.struck = False
        self.open = walker.open

    def walk(self, element: etree._Element, kind: str, author: str, date: str) -> None:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                self._run(child, kind, author, date)
            elif tag in _INSERTED or tag in _DELETED:
                new = "inserted" if tag in _INSERTED else "deleted"
                self.walk(child, new, child.get(w("author"), ""), child.get(w("date"), ""))
            elif tag == w("fldSimple"):
                self._simple_field(child, kind, author, date)
            elif tag == w("bookmarkStart"):
                self.anchors.append(child.get(w("name"), ""))
            elif tag == w("commentRangeStart"):
                self.comments.append(child.get(w("id"), ""))
            elif tag == f"{{{M}}}t":
                self._add(child.text or "", kind, author, date, False)
            elif tag == f"{{{MC}}}AlternateContent":
                self.walk(_chosen(child), kind, author, date)
            elif tag == w("txbxContent"):
                self.walker.boxes += [b for b in self.walker.blocks(child, "text box") if isinstance(b, ReadParagraph)]
            elif isinstance(tag, str) and tag not in _SKIPPED and tag != w("p"):
                self.walk(child, kind, author, date)

    def _run(self, run: etree._Element, kind: str, author: str, date: str) -> None:
        properties = run.find(w("rPr"))
        hidden, self.faint, self.struck = self.hidden, False, False
        if properties is not None:
            hidden, self.faint, self.struck = self._hides(properties), pale(properties), struck_through(properties)
        self._content(run, kind, author, date, hidden)

    def _content(self, run: etree._Element, kind: str, author: str, date: str, hidden: bool) -> None:
        for child in run:
            tag = child.tag
            if tag == w("t") or tag == w("delText"):
                self._add(text_of(child), kind, author, date, hidden)
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], kind, author, date, hidden)
            elif tag == w("fldChar"):
                if child.get(w("fldCharType")) == "end" and self.open and not self.open[-1][1]:
                    self._add(self.open[-1][3], kind, author, date, hidden)
                self._field_char(child)
            elif tag == w("instrText") or tag == w("delInstrText"):
                if self.open:
                    self.open[-1][0] += child.text or ""
            elif tag == w("sym"):
                self._add(_symbol(child.get(w("char"), "")), kind, author, date, hidden)
            elif tag in _NOTES:
                self.walker.references[_NOTES[tag]].setdefault(
                    child.get(w("id"), ""), "".join(s.text for s in self.segments)
                )
            elif tag == w("commentReference"):
                if child.get(w("id"), "") not in self.comments:
                    self.comments.append(child.get(w("id"), ""))
            elif tag == f"{{{MC}}}AlternateContent":
                self._content(_chosen(child), kind, author, date, hidden)
            elif isinstance(tag, str) and tag not in _SKIPPED and len(child):
                self.walk_inside(child, kind, author, date)

    def _hides(self, properties: etree._Element) -> bool:
        """Whether the words of a run are hidden: by itself, by its style, or by that of its paragraph."""
        own = properties.find(w("vanish"))
        if own is not None:
            return own.get(w("val")) in ON
        style = properties.find(w("rStyle"))
        return self.hidden or (style is not None and self.walker.styles.toggle(style.get(w("val"), ""), "vanish"))

    def walk_inside(self, element: etree._Element, kind: str, author: str, date: str) -> None:
        """Look for words inside drawings, pictures and what else a run may hold."""
        for box in element.iter(w("txbxContent")):
            if _nearest_box(box, element) is None:
                self.walker.boxes += [b for b in self.walker.blocks(box, "text box") if isinstance(b, ReadParagraph)]
        if local_name(element.tag) == "ruby":
            self.walk(element, kind, author, date)

    def _simple_field(self, element: etree._Element, kind: str, author: str, date: str) -> None:
        self.open.append([element.get(w("instr"), ""), "", "shown", ""])
        self.walk(element, kind, author, date)
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

    def _add(self, text: str, kind: str, author: str, date: str, hidden: bool) -> None:
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
            self.segments.append(Segment(text, kind, author, date, target, hidden, keyword, self.faint, self.struck))  # type: ignore[arg-type]


def _keyword(code: str) -> str:
    """The keyword of a field: REF, PAGE, TOC."""
    return next(iter(code.split(None, 1)), "").upper()


def _lists_contents(fields: list[list[str]]) -> bool:
    return any(_keyword(f[0]) in _CONTENTS for f in fields)


def pale(properties: etree._Element) -> bool:
    """Whether words are white or too small to be read, by their own formatting."""
    colour, size = properties.find(w("color")), properties.find(w("sz"))
    if colour is not None and colour.get(w("val"), "").upper() == "FFFFFF" and properties.find(w("shd")) is None:
        return True
    return size is not None and size.get(w("val"), "").isdigit() and int(size.get(w("val"), "")) <= _SMALLEST


def struck_through(properties: etree._Element) -> bool:
    """Whether words are struck through, by their own formatting."""
    marks = (properties.find(w("strike")), properties.find(w("dstrike")))
    return any(mark is not None and mark.get(w("val")) in ON for mark in marks)


def _joined(segments: list[Segment]) -> Iterator[Segment]:
    """Neighbours that differ in nothing but their words, as one."""
    last: Segment | None = None
    for segment in segments:
        if last and _looks(last) == _looks(segment):
            last = replace(last, text=last.text + segment.text)
            continue
        if last:
            yield last
        last = segment
    if last:
        yield last


_looks = attrgetter(*(f.name for f in fields(Segment) if f.name != "text"))


def _chosen(alternate: etree._Element) -> etree._Element:
    """The branch of an AlternateContent that holds words: the first choice, or the fallback where only it has any."""
    branches = [
        b for b in alternate if local_name(b.tag) == "Fallback" or (local_name(b.tag) == "Choice" and _understood(b))
    ]
    worded = [b for b in branches if next(b.iter(w("t"), w("delText")), None) is not None]
    return (worded or branches or [alternate])[0]


def _understood(choice: etree._Element) -> bool:
    """Whether Word takes a choice: it knows the namespaces that the choice requires (ISO/IEC 29500-3, 9.3)."""
    return all((choice.nsmap.get(p) or "").startswith(_KNOWN) for p in choice.get("Requires", "").split())


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


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    # Symbol fonts keep their signs in the private-use area, 0xF000 above the plain ones.
    number -= 0xF000 if 0xF000 <= number <= 0xF0FF else 0
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
