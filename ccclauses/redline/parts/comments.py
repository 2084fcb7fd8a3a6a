"""Comments put into a Word file: at a paragraph, by an author, at a moment."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from ...ooxml.namespaces import W, make, w
from ...ooxml.output import Output
from ..text.marks import Marker


class Comments:
    """The comments of a file under construction."""

    def __init__(self, output: Output, marker: Marker) -> None:
        self.output, self.marker = output, marker
        self.added = 0

    def add(self, paragraph: etree._Element, text: str, marks: Sequence[etree._Element] = ()) -> None:
        """Anchor a comment in a paragraph: from the first to the last of the `marks` in it, else at the whole of it."""
        root = self.output.tree(self._part())
        used = [int(c.get(w("id"))) for c in root.iter(w("comment")) if c.get(w("id"), "").lstrip("-").isdigit()]
        id_ = str(max(used, default=-1) + 1)
        comment = etree.SubElement(root, w("comment"))
        for key, value in (
            ("id", id_),
            ("author", self.marker.author),
            ("date", self.marker.date),
            ("initials", _initials(self.marker.author)),
        ):
            comment.set(w(key), value)
        for line in text.split("\n"):
            run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
            etree.SubElement(run, w("t")).text = line
        start, end, reference = make("commentRangeStart"), make("commentRangeEnd"), make("r")
        for mark in (start, end):
            mark.set(w("id"), id_)
        etree.SubElement(reference, w("commentReference")).set(w("id"), id_)
        ends = [top for m in marks if (top := _top(m, paragraph)) is not None]
        if ends:
            ends.sort(key=paragraph.index)
            ends[0].addprevious(start)
            ends[-1].addnext(end)
        else:
            paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
            paragraph.append(end)
        end.addnext(reference)
        self.added += 1

    def _part(self) -> str:
        part = self.output.related("comments")
        if part is None:
            root = etree.Element(w("comments"), nsmap={"w": W})
            part, _ = self.output.add_own("comments", root)
        return part


def _top(mark: etree._Element, paragraph: etree._Element) -> etree._Element | None:
    """The child of a paragraph that holds a mark; None for one of its properties, or of another paragraph."""
    while mark is not None and mark.getparent() is not paragraph:
        mark = mark.getparent()
    return None if mark is None or mark.tag == w("pPr") else mark


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:3]).upper()
