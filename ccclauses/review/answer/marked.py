"""A Word package whose paragraphs bear marks, so that what a review found leads back to the elements of the file."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from types import MappingProxyType

from lxml import etree

from ...ooxml.namespaces import make, w
from ...ooxml.package.package import Package, serialize_xml
from ...read.within import alone
from ...read.word.document import ReadRow
from ...read.word.docx import read_docx
from ..find.outside import story_text
from ..find.units import Unit, Units, read_units

_MARK = "_at_"
STORIES = frozenset(
    {"header", "footer", "footnotes", "endnotes"}
)  # kinds of the parts that hold words next to the body's


class Marked:
    """The trees of a file's stories, changed in place, and the elements of each unit of it as it reads accepted."""

    def __init__(self, package: Package, sent: Units | None = None, *, inside: bool = False) -> None:
        """`sent` are the units that these face; `inside` reads the annex in an agreement, whose elements are all here."""
        self.inside = inside
        names = [package.main_part, *(r.target for r in package.relationships(package.main_part) if r.kind in STORIES)]
        self.trees = {name: package.xml(name) for name in dict.fromkeys(names) if name in package.parts}
        self.root = self.trees[package.main_part]
        self.paragraphs = [p for root in self.trees.values() for p in root.iter(w("p"))]
        numbers = iter(range(len(self.paragraphs)))
        marked = replace(package, parts=MappingProxyType({**package.parts, **dict(self._marked(numbers))}))
        document = read_docx(alone(marked)[0] if inside else marked)
        self.units = read_units(document, sent)
        self.stories = [
            (p.story, story_text(p, sent.numbers if sent else {}), e)
            for p in document.stories
            for e in self._elements(p.anchors)
        ]
        self._blocks = document.blocks

    def _marked(self, numbers: Iterator[int]) -> Iterator[tuple[str, bytes]]:
        """Each tree as bytes, with the number of every paragraph as a bookmark in it."""
        for name, root in self.trees.items():
            marked = deepcopy(root)
            for paragraph in marked.iter(w("p")):
                number = next(numbers)
                mark = make("bookmarkStart")
                mark.set(w("id"), str(-1 - number))
                mark.set(w("name"), f"{_MARK}{number}")
                paragraph.append(mark)
            yield name, serialize_xml(marked)

    def first(self) -> etree._Element | None:
        """The first paragraph of what was read: of the annex, where an agreement stands around it."""
        found = (e for n in range(len(self.units.units)) for e in self.of(n))
        return next(found, None) if self.units.units else next(self.root.iter(w("p")), None)

    def unit(self, number: int) -> Unit:
        """The unit of that number."""
        return self.units.units[number]

    def of(self, number: int) -> list[etree._Element]:
        """The paragraphs of a unit, more than one where tracked changes join them or where it is a row."""
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
