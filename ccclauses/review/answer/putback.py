"""What is gone or was carried elsewhere, put back as tracked insertions where it stood in the sent file."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import w
from ...redline.text.marks import Marker
from .blocks import inserted_paragraph, inserted_row, settle_bookmarks
from .edits import is_deleted
from .marked import Marked, around


def _whole(block: etree._Element) -> etree._Element:
    """The table around a row; any other block itself."""
    table = around(block, "tbl") if block.tag == w("tr") else None
    return block if table is None else table


class PutBack:
    """Puts back units of the sent file; `standing` tells for each of them the returned unit in its place."""

    def __init__(self, sent: Marked, theirs: Marked, standing: Sequence[int], marker: Marker) -> None:
        self.sent, self.theirs, self.standing, self.marker = sent, theirs, standing, marker
        self.bookmarks = {b.get(w("name"), ""): b for b in theirs.root.iter(w("bookmarkStart"))}
        self.copies: dict[int, etree._Element] = {}

    def put(self, units: Sequence[int]) -> dict[int, etree._Element]:
        """Put units back in order; return the paragraph or row that each became."""
        wanted = set(units)
        for unit in units:
            if unit in self.copies:
                continue
            row = self._row(unit)
            if row is None:
                self._paragraphs(unit)
            else:
                self._put_row(unit, row, wanted)
        return self.copies

    def _paragraphs(self, unit: int) -> None:
        behind = self._behind(unit)
        for source in self.sent.of(unit):
            original = self._original(source, behind)
            copy = inserted_paragraph(source, self.marker, self.bookmarks)
            if original is not None:
                original.addprevious(copy)
            elif behind is None:
                self._at_start(copy)
            else:
                _whole(behind).addnext(copy)
            settle_bookmarks(copy)
            self.copies[unit] = behind = copy

    def _original(self, source: etree._Element, behind: etree._Element | None) -> etree._Element | None:
        """The paragraph that they deleted, where nothing that stays is between; ours goes right before it."""
        marks = (self.bookmarks.get(m.get(w("name"), "")) for m in source.iter(w("bookmarkStart")))
        known = {p for m in marks if m is not None for p in m.iterancestors(w("p"))}
        after = behind.getnext() if behind is not None and behind.tag == w("p") else None
        while (
            after is not None
            and after not in known
            and (after.tag == w("tbl") or is_deleted(after) or after in self.copies.values())
        ):
            after = after.getnext()
        return after if after in known and is_deleted(after) else None

    def _put_row(self, unit: int, row: etree._Element, wanted: set[int]) -> None:
        """A row next to one of its table that is there, else its whole table anew."""
        table = self.sent.unit(unit).table
        rows = [n for n, u in enumerate(self.sent.units.units) if u.kind == "row" and u.table == table]
        if all(n in wanted for n in rows):
            self._put_table(rows, around(row, "tbl"))
            return
        before = next((e for n in reversed(rows) if n < unit and (e := self._stands(n)) is not None), None)
        after = next((e for n in rows if n > unit and (e := self._stands(n)) is not None), None)
        copy = inserted_row(row, self.marker, self.bookmarks)
        if before is not None and before.tag == w("tr"):
            before.addnext(copy)
        elif after is not None and after.tag == w("tr"):
            after.addprevious(copy)
        else:
            return
        self.copies[unit] = copy

    def _put_table(self, rows: Sequence[int], table: etree._Element) -> None:
        behind = self._behind(rows[0])
        copy = etree.Element(table.tag, nsmap=table.nsmap)
        made = {}
        for child in table:
            copied = inserted_row(child, self.marker, self.bookmarks) if child.tag == w("tr") else deepcopy(child)
            made[child] = copied
            copy.append(copied)
        if behind is None:
            self._at_start(copy)
        else:
            _whole(behind).addnext(copy)
        for unit in rows:
            row = self._row(unit)
            if row in made:
                self.copies[unit] = made[row]

    def _behind(self, unit: int) -> etree._Element | None:
        """What represents the nearest unit before that one."""
        return next((e for n in range(unit - 1, -1, -1) if (e := self._stands(n)) is not None), None)

    def _stands(self, unit: int) -> etree._Element | None:
        """The paragraph or row that represents a unit of the sent file, put back or never gone."""
        if unit in self.copies:
            return self.copies[unit]
        now = self.standing[unit] if unit < len(self.standing) else -1
        elements = self.theirs.of(now) if now >= 0 else []
        if not elements:
            return None
        return around(elements[-1], "tr") if self.theirs.unit(now).kind == "row" else elements[-1]

    def _row(self, unit: int) -> etree._Element | None:
        elements = self.sent.of(unit) if self.sent.unit(unit).kind == "row" else []
        return around(elements[0], "tr") if elements else None

    def _at_start(self, copy: etree._Element) -> None:
        body, first = self.theirs.root.find(w("body")), self.theirs.first()
        assert body is not None  # nothing is read of a file without
        around_first = (first, *first.iterancestors()) if first is not None and self.theirs.inside else ()
        block = next((b for b in around_first if b.getparent() is body), None)
        body.insert(0 if block is None else body.index(block), copy)
