"""A Word package whose paragraphs bear marks, so that what a review found leads back to the elements of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from lxml import etree

from ..ooxml.namespaces import make, w
from ..ooxml.package import Package, serialize_xml
from ..read.docx import read_docx
from ..read.document import ReadRow
from .units import Unit, Units, read_units

_MARK = "_at_"


class Marked:
    """The main tree of a file, changed in place, and the elements of each unit of it as it reads accepted."""

    def __init__(self, package: Package, sent: Units | None = None) -> None:
        self.root = package.xml(package.main_part)
        self.paragraphs = list(self.root.iter(w("p")))
        marked = etree.fromstring(etree.tostring(self.root))
        for number, paragraph in enumerate(marked.iter(w("p"))):
            mark = make("bookmarkStart")
            mark.set(w("id"), str(-1 - number))
            mark.set(w("name"), f"{_MARK}{number}")
            paragraph.append(mark)
        parts = MappingProxyType({**package.parts, package.main_part: serialize_xml(marked)})
        document = read_docx(replace(package, parts=parts))
        self.units = read_units(document, sent)
        self._blocks = document.blocks

    def unit(self, number: int) -> Unit:
        """The unit of that number."""
        return self.units.units[number]

    def of(self, number: int) -> list[etree._Element]:
        """The paragraphs that a unit consists of, more than one where tracked changes join them or where it is a row."""
        return [p for paragraphs in self.cells(number) for p in paragraphs]

    def cells(self, number: int) -> list[list[etree._Element]]:
        """The paragraphs of each cell of a unit; a paragraph is its own only cell."""
        block = self._blocks[self.unit(number).place]
        if isinstance(block, ReadRow):
            return [[e for p in cell for e in self._elements(p.anchors)] for cell in block.cells]
        return [list(self._elements(block.anchors))]

    def _elements(self, anchors: tuple[str, ...]) -> Iterator[etree._Element]:
        for anchor in anchors:
            if anchor.startswith(_MARK):
                yield self.paragraphs[int(anchor[len(_MARK) :])]


def around(element: etree._Element, name: str) -> etree._Element | None:
    """The nearest element of that name around one."""
    return next(element.iterancestors(w(name)), None)
