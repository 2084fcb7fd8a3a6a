"""Comments put into a Word file: at a paragraph, by an author, at a moment."""

from __future__ import annotations

from lxml import etree

from ..ooxml.namespaces import R, W, make, w
from .marks import Marker
from .output import Output

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PART = "word/comments.xml"


class Comments:
    """The comments of a file under construction."""

    def __init__(self, output: Output, marker: Marker) -> None:
        self.output, self.marker = output, marker
        self.added = 0

    def add(self, paragraph: etree._Element, text: str) -> None:
        """Anchor a comment at the whole of a paragraph."""
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
        properties = paragraph.find(w("pPr"))
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.append(end)
        paragraph.append(reference)
        self.added += 1

    def _part(self) -> str:
        part = self.output.related("comments")
        if part is None:
            root = etree.Element(w("comments"), nsmap={"w": W})
            part = self.output.add_part(_PART, b"", _TYPE)
            self.output.put_tree(part, root)
            self.output.relate(self.output.main_part, f"{R}/comments", part)
        return part


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:3]).upper()
