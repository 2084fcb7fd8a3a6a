"""Makes the elements that say who changed what and when, with ids counted in order."""

from __future__ import annotations

from datetime import datetime, timezone

from lxml import etree

from ..ooxml.namespaces import make, w


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
