"""Words that are drawn: charts and diagrams, which are parts of their own, lettering, and the texts of shapes.

They are read plainly, a line for each paragraph or series, so that a figure in a chart is no place to hide a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from ...ooxml.namespaces import A, R, V
from ...ooxml.package.package import Package
from .document import ReadParagraph, Segment

_DRAWN = ("chart", "chartEx", "diagramData", "chartUserShapes")
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SERIES = f"{{{_CHART}}}ser"
_CACHED = f"{{{_CHART}}}v"


def drawn_words(package: Package, stories: Mapping[str, etree._Element]) -> Iterator[ReadParagraph]:
    """What the drawings of the main part and of other stories say; `stories` holds each part as it is read."""
    # A watermark is in the header of each kind of page, and of how many kinds a program writes is its own affair.
    lettering = (path.get("string", "") for root in stories.values() for path in root.iter(f"{{{V}}}textpath"))
    yield from _paragraphs(dict.fromkeys(lettering))
    for part, root in stories.items():
        yield from _paragraphs(_lines(root))
        yield from _beneath(package, part, root, deep=1)


def _beneath(package: Package, part: str, root: etree._Element, *, deep: int) -> Iterator[ReadParagraph]:
    """The charts and diagrams that a part shows, and the shapes drawn on top of a chart."""
    shown = set(root.xpath("//@r:id | //@r:dm", namespaces={"r": R}))
    for relationship in package.relationships(part):
        target = relationship.target
        if (
            relationship.id in shown
            and relationship.kind in _DRAWN
            and not relationship.external
            and target in package.parts
        ):
            drawn = package.xml(target)
            yield from _paragraphs(_lines(drawn))
            if deep:
                yield from _beneath(package, target, drawn, deep=deep - 1)


def _paragraphs(lines: Iterable[str]) -> Iterator[ReadParagraph]:
    yield from (ReadParagraph(story="drawing", segments=(Segment(line),)) for line in lines if line.strip())


def _lines(root: etree._Element) -> Iterator[str]:
    """The paragraphs of a drawing, and the names and figures of each series of a chart."""
    for element in root.iter(f"{{{A}}}p", _SERIES):
        if element.tag == _SERIES:
            yield " | ".join(value.text or "" for value in element.iter(_CACHED))
        else:
            yield "".join(words.text or "" for words in element.iter(f"{{{A}}}t"))
