"""Makes the elements that say who changed what and when, with ids counted in order."""

from __future__ import annotations

from datetime import datetime, timezone

from lxml import etree

from ...ooxml.namespaces import make, w


class Marker:
    """Hands out revision elements of one author and one moment; ids count up from 1."""

    def __init__(self, author: str, date: datetime):
        self.author = author
        moment = date.astimezone(timezone.utc) if date.tzinfo else date
        self.date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._last = 0

    def number(self) -> str:
        """Return the next unused id."""
        self._last += 1
        return str(self._last)

    def element(self, name: str) -> etree._Element:
        """Return a new revision element such as w:ins, w:del or w:rPrChange."""
        made = make(name)
        made.set(w("id"), self.number())
        made.set(w("author"), self.author)
        made.set(w("date"), self.date)
        return made


def mark_paragraph(paragraph: etree._Element, kind: str, marker: Marker) -> None:
    """Say that the paragraph's mark is new or gone; another author's word on it stays."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    run = properties.find(w("rPr"))
    if run is None:
        run = make("rPr")
        later = next((c for c in properties if c.tag in (w("sectPr"), w("pPrChange"))), None)
        if later is not None:
            later.addprevious(run)
        else:
            properties.append(run)
    if run.find(w(kind)) is not None:  # one word of each kind is all that a mark can carry
        return
    first = [c for c in run if c.tag == w("ins")] if kind == "del" else []
    run.insert(len(first), marker.element(kind))
