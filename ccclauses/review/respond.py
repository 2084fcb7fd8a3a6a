"""Returned file × answers → our answer in Word, on top of theirs: their changes stay, ours are tracked, each refusal has its comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from ..model.review import Answer, Done, Finding, Point, Review
from ..ooxml.namespaces import w
from ..ooxml.package import Package
from ..redline.marks import Marker
from ..redline.output import Output
from .answering import told
from .comments import Comments
from .edits import (
    Fields,
    Piece,
    delete_paragraph,
    delete_row,
    inserted_paragraph,
    inserted_row,
    pieces,
    rewrite,
)
from .marked import Marked, around

_IN_PLACE = frozenset({"reworded", "retitled", "hidden", "field"})


def respond(
    sent: Package, returned: Package, review: Review, answers: Mapping[int, Answer], *, author: str, date: datetime
) -> tuple[Package, tuple[Point, ...]]:
    """The answered file and each point with what was done about it. `review` must be of these two files, read as marked."""
    return _Response(sent, returned, author, date).answered(review, answers)


class _Response:
    """The returned file under our hands."""

    def __init__(self, sent: Package, returned: Package, author: str, date: datetime) -> None:
        self.output = Output(returned)
        self.marker = _Numbered(author, date)
        self.comments = Comments(self.output, self.marker)
        self.sent = Marked(sent)
        self.theirs = Marked(returned, self.sent.units)
        self.marker.beyond(self.theirs.root)
        self.output.put_tree(returned.main_part, self.theirs.root)
        self.bookmarks = {b.get(w("name"), ""): b for b in self.theirs.root.iter(w("bookmarkStart"))}
        self.last: dict[int, etree._Element] = {}  # what was put in behind a unit last

    def answered(self, review: Review, answers: Mapping[int, Answer]) -> tuple[Package, tuple[Point, ...]]:
        titles = {s.id: f"{s.number} {s.title}".strip() for s in review.sections}
        points = []
        for number, finding in review.numbered():
            answer = answers[number]
            done = self._answer(finding, answer)
            points.append(Point(number=number, section=finding.section, title=titles.get(finding.section, ""), finding=finding, answer=answer, done=done))
        return self.output.finish(), tuple(points)

    def _answer(self, finding: Finding, answer: Answer) -> Done:
        if answer.decision == "accept":
            return "left"
        place: etree._Element | None = None
        if answer.decision == "refuse":
            place = self._restored(finding)
        elif answer.decision == "counter":
            place = self._countered(finding, answer.text)
        done: Done = "listed" if place is None else "restored" if answer.decision == "refuse" else "countered"
        if place is None and finding.at:
            place = next(iter(self.theirs.of(finding.at[0])), None)
            done = "listed" if place is None else "commented"
        if place is not None:
            self.comments.add(place, told(finding, answer))
        return done

    # -- what is put back ----------------------------------------------------------------------------------------

    def _restored(self, finding: Finding) -> etree._Element | None:
        """The paragraph where what was sent stands again; None where that can't be done in place."""
        if finding.kind in _IN_PLACE and len(finding.of) == len(finding.at) > 0:
            pairs = [self._faced(i, j) for i, j in zip(finding.of, finding.at)]
            if any(p is None for p in pairs):
                return None
            for own, other in (pair for found in pairs for pair in found or ()):
                fields = Fields()
                rewrite(other, pieces(own, fields), fields, self.marker)
            return next((other for found in pairs for _, other in found or ()), None)
        if finding.kind == "new" and finding.at:
            return self._taken_out(finding)
        if finding.kind == "deleted" and finding.of:
            return self._put_back(finding)
        return None

    def _faced(self, sent: int, now: int) -> list[tuple[etree._Element, etree._Element]] | None:
        """The paragraphs of two units that face each other; None where they are not alike."""
        own, other = self.sent.cells(sent), self.theirs.cells(now)
        if len(own) != len(other) or any(len(a) != len(b) for a, b in zip(own, other)):
            return None
        found = [(a, b) for cells in zip(own, other) for a, b in zip(*cells)]
        return found or None

    def _taken_out(self, finding: Finding) -> etree._Element | None:
        first = None
        for unit in finding.at:
            elements = self.theirs.of(unit)
            first = first if first is not None else next(iter(elements), None)
            row = around(elements[0], "tr") if elements and self.theirs.unit(unit).kind == "row" else None
            if row is not None:
                delete_row(row, self.marker)
            else:
                for element in elements:
                    delete_paragraph(element, self.marker)
        return first

    def _put_back(self, finding: Finding) -> etree._Element | None:
        rows = [self._row(i) for i in finding.of]
        behind = self.last.get(finding.behind)
        if behind is None and finding.behind >= 0:
            elements = self.theirs.of(finding.behind)
            behind = elements[-1] if elements else None
            if behind is not None and self.theirs.unit(finding.behind).kind == "row":
                row, table = around(behind, "tr"), around(behind, "tbl")
                own = around(rows[0], "tbl") if rows[0] is not None else None
                part = own is not None and set(own.iter(w("tr"))) - set(filter(None, rows))
                behind = row if part else table
        if behind is None:
            return None
        first = None
        tables = set()
        for row, unit in zip(rows, finding.of):
            made = None
            if row is None:
                source = self.sent.of(unit)
                if behind.tag == w("tr") or len(source) != 1:
                    return first
                made = inserted_paragraph(source[0], self.marker, self.bookmarks)
            elif behind.tag == w("tr"):
                made = inserted_row(row, self.marker, self.bookmarks)
            else:
                table = around(row, "tbl")
                if table in tables:
                    continue
                tables.add(table)
                if set(table.iter(w("tr"))) - {r for r in rows if r is not None}:
                    return first
                made = self._table(table)
            behind.addnext(made)
            behind = made
            first = first if first is not None else made if made.tag == w("p") else next(made.iter(w("p")), None)
        self.last[finding.behind] = behind
        return first

    def _row(self, unit: int) -> etree._Element | None:
        elements = self.sent.of(unit) if self.sent.unit(unit).kind == "row" else []
        return around(elements[0], "tr") if elements else None

    def _table(self, table: etree._Element) -> etree._Element:
        made = etree.Element(table.tag, nsmap=table.nsmap)
        for child in table:
            made.append(inserted_row(child, self.marker, self.bookmarks) if child.tag == w("tr") else etree.fromstring(etree.tostring(child)))
        return made

    def _countered(self, finding: Finding, text: str) -> etree._Element | None:
        """The paragraph that now says our text; references that it still shows stay live."""
        elements = self.theirs.of(finding.at[0]) if len(finding.at) == 1 else []
        if len(elements) != 1:
            return None
        fields = Fields()
        have = pieces(elements[0], fields)
        for piece in have:
            if piece.shown and piece.shown in text:
                text = text.replace(piece.shown, piece.text, 1)
        rewrite(elements[0], list(_worded(text, {p.text: p for p in have if p.shown})), fields, self.marker)
        return elements[0]


def _worded(text: str, fields: Mapping[str, Piece]) -> Iterator[Piece]:
    """A text as pieces, with fields where their characters stand."""
    words = ""
    for character in text:
        if character in fields:
            if words:
                yield _plain(words)
            words = ""
            yield fields[character]
        else:
            words += character
    if words:
        yield _plain(words)


def _plain(words: str) -> Piece:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("t")).text = words
    return Piece([run], words)


class _Numbered(Marker):
    """A marker whose ids begin beyond those that the file has."""

    def beyond(self, root: etree._Element) -> None:
        """Start behind every number that is used as an id under `root`."""
        used = (e.get(w("id"), "") for e in root.iter() if isinstance(e.tag, str))
        self._last = max((int(n) for n in used if n.isdigit() and len(n) < 9), default=0)
