"""Stretches of paragraphs in a file that answers are written into, and the marker of what is done to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from ...ooxml.namespaces import w
from ...redline.text.marks import Marker
from .blocks import delete_paragraph, delete_row
from .edits import is_deleted
from .marked import Marked, around


def take_out(file: Marked, unit: int, marker: Marker) -> None:
    """Track the deletion of a unit: a row, or its paragraphs."""
    elements = file.of(unit)
    row = around(elements[0], "tr") if elements and file.unit(unit).kind == "row" else None
    if row is not None:
        delete_row(row, marker)
    else:
        for element in elements:
            delete_paragraph(element, marker)


def is_stretch(paragraphs: list[etree._Element]) -> bool:
    """Whether paragraphs follow each other with nothing that stays between them: only then marks can come and go."""
    if not paragraphs or (len(paragraphs) > 1 and any(next(p.iter(w("sdt")), None) is not None for p in paragraphs)):
        return False
    for one, other in zip(paragraphs, paragraphs[1:]):
        after = one.getnext()
        while after is not None and after is not other and (after.tag != w("p") or is_deleted(after)):
            if after.tag == w("tbl"):
                return False
            after = after.getnext()
        if after is not other:
            return False
    return True


class NumberedMarker(Marker):
    """A marker whose ids begin beyond those that the file has, and that knows what it made."""

    def __init__(self, author: str, date: datetime) -> None:
        super().__init__(author, date)
        self.made: list[etree._Element] = []

    def element(self, name: str) -> etree._Element:
        """A new revision element, noted."""
        self.made.append(super().element(name))
        return self.made[-1]

    def beyond(self, roots: Iterable[etree._Element]) -> None:
        """Start behind every number that is used as an id under these roots."""
        used = (e.get(w("id"), "") for root in roots for e in root.iter() if isinstance(e.tag, str))
        self._last = max((int(n) for n in used if n.isdigit() and len(n) < 9), default=0)
