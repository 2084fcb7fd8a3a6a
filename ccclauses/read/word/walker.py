"""Word markup → paragraphs and rows: every place in which Word keeps words, walked once in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...ooxml.namespaces import MC, r, w
from ...ooxml.package.targets import Targets
from ...ooxml.shown.as_shown import chosen
from ...ooxml.style_sheet import StyleSheet, is_on
from ..runs import SKIPPED, Runs, joined, lists_contents, shown_words
from .document import ReadDrawing, ReadField, ReadParagraph, ReadRow, Segment
from .looks import ASKED, Ground, Looks, TableLook, row_ground
from .numbering import UNNUMBERED, Numbers
from .symbols import signs

_APART = frozenset({"header", "footer", "footnote", "endnote", "text box", "comment"})  # fields don't reach into these
_LONGEST_MARK = 200  # paragraphs that a bookmark is followed through, and bookmarks that are open at once
_DEEPEST = 16  # open fields that are remembered from one paragraph to the next
_CONTENTS_STYLE = re.compile(r"toc ?\d", re.IGNORECASE)


class Walker:
    """Walks the stories of one document; keeps the counters of lists and the fields it met."""

    def __init__(self, styles: StyleSheet, numbers: Numbers, looks: Looks, ground: Ground = Ground()) -> None:
        self.styles = styles
        self.numbers = numbers
        self.looks = looks
        self.ground = ground
        self.targets: Targets | None = None  # what the part that is being walked points to
        self.bookmarks: dict[str, str] = {}  # the words that each bookmark holds
        self.marks: dict[str, tuple[str, list[str]]] = {}  # bookmarks that are open, by id, and their words so far
        self.signs: dict[str, str] = {}  # the number of the note whose reference each bookmark holds
        self.fields: list[ReadField] = []
        self.boxes: list[ReadParagraph] = []
        self.drawings: list[ReadDrawing] = []
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
                if self.targets is not None:
                    taken = f"file taken in {self.targets.of(child.get(r('id'), ''))[:8]}"
                    yield ReadParagraph(story=story, segments=(Segment("", object=taken),))
            elif child.tag == w("bookmarkStart"):  # one that begins between paragraphs is that of the next
                self.pending.append(child.get(w("name"), ""))
                self.begin_mark(child)
            elif child.tag == w("bookmarkEnd"):
                self.end_mark(child, [])
            elif child.tag == f"{{{MC}}}AlternateContent":
                yield from self.blocks(chosen(child), story)
            elif child.tag not in SKIPPED and len(child):
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

    def begin_mark(self, begin: etree._Element) -> None:
        """Note a bookmark that begins here; of very many that never end the last are not followed."""
        if len(self.marks) < _LONGEST_MARK:
            self.marks[begin.get(w("id"), "")] = begin.get(w("name"), ""), []

    def end_mark(self, end: etree._Element, segments: list[Segment]) -> None:
        """Note the words of a bookmark that ends after these segments of its last paragraph."""
        name, words = self.marks.pop(end.get(w("id"), ""), ("", []))
        if name:
            self.bookmarks[name] = " ".join(filter(None, (*words, shown_words(segments))))

    # -- paragraphs --------------------------------------------------------------------------------------------

    def paragraph(self, element: etree._Element, story: str) -> ReadParagraph:
        """One paragraph with its number, its anchors and its words."""
        properties = element.find(w("pPr"))
        style_element = properties.find(w("pStyle")) if properties is not None else None
        style = style_element.get(w("val"), "") if style_element is not None else self.styles.default
        outer, self.open = self.open, [] if story in _APART else self.open
        run = Runs(self, style, properties)
        run.anchors, self.pending = self.pending, []
        in_contents = lists_contents(self.open)
        run.walk(element, "plain", "", "")
        for id_, (_, words) in self.marks.items():
            if len(words) < _LONGEST_MARK:
                words.append(shown_words(run.segments[run.marks.get(id_, 0) :]))
        in_contents = in_contents or run.lists_contents
        self.open = outer if story in _APART else self.open[-_DEEPEST:]
        self.last = "".join(s.text for s in run.segments).strip() or self.last
        number, full, level = self._number(style, properties, story, run)
        return ReadParagraph(
            story=story,
            segments=tuple(joined(run.segments)),
            style=style,
            number=number,
            full_number=full,
            level=level,
            heading=self.styles.heading(style, properties),
            anchors=tuple(run.anchors),
            comments=tuple(run.comments),
            contents=in_contents or bool(_CONTENTS_STYLE.fullmatch(self.styles.name(style))),
        )

    def _number(self, style: str, properties: etree._Element | None, story: str, run: Runs) -> tuple[str, str, int]:
        """Count a paragraph, an empty one too; not one that is hidden with its mark, which Word passes over.

        A number that is the only thing in its paragraph that can't be seen is not shown.
        """
        mark = properties.find(w("rPr")) if properties is not None else None
        if mark is not None and is_on(mark.find(w("vanish"))) and not is_on(mark.find(w("specVanish"))):
            if not any(s.text.strip() and not s.hidden for s in run.segments):
                return UNNUMBERED
        stays = mark is None or (mark.find(w("del")) is None and mark.find(w("moveFrom")) is None)
        place = f"box {len(self.boxes)}" if story == "text box" else story
        number, full, level = self.numbers.count(style, properties, place, stays=stays)
        if not number:
            return UNNUMBERED
        # A number looks like the mark of its paragraph, and as its level says (17.9.24).
        stated = [e for e in (() if mark is None else mark) if e.tag != w("vanish")]
        stated += () if self.numbers.label is None else self.numbers.label
        if any(e.tag in ASKED for e in stated):
            look = self.looks.of(stated, style, run.ground, run.shading)
            if (look.hidden, look.faint) != (run.plain.hidden, run.plain.faint):
                return "", full, level
            if look.font:
                return signs(number, look.font), "", level
        return number, full, level


def _inside(parent: etree._Element, wanted: str, stop: str) -> Iterator[etree._Element]:
    """Descendants of that name, not looking into nested ones or past `stop`."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag != stop and child.tag not in SKIPPED:
            yield from _inside(child, wanted, stop)
