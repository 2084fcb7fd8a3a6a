"""Returned file × answers → our answer in Word on top of theirs: their changes stay, ours are tracked, refusals commented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from lxml import etree

from ..model.review import Answer, Done, Faces, Finding, Point, Review
from ..ooxml.namespaces import w
from ..ooxml.package import Package
from ..redline.marks import Marker
from ..redline.output import Output
from .answering import told
from .beside import put_back_beside
from .blocks import carry_bookmarks, delete_paragraph, delete_row
from ..redline.comments import Comments
from .edits import Fields, Piece, is_deleted, pieces, rewrite, stream
from .marked import Marked, around
from .outside import SECTION
from .putback import PutBack

_PUT_BACK = frozenset(
    {"reworded", "retitled", "hidden", "struck through", "field", "new", "deleted", "moved", "split", "merged"}
)


def respond(
    sent: Package, returned: Package, review: Review, answers: Mapping[int, Answer], *, author: str, date: datetime
) -> tuple[Package, tuple[Point, ...]]:
    """The answered file, and each point with what was done about it; `review` is of these two files, read as marked."""
    return _Response(sent, returned, review, author, date).answered(review, answers)


class _Response:
    """The returned file under our hands."""

    def __init__(self, sent: Package, returned: Package, review: Review, author: str, date: datetime) -> None:
        self.output = Output(returned)
        self.marker = _Numbered(author, date)
        self.comments = Comments(self.output, self.marker)
        self.sent = Marked(sent)
        self.theirs = Marked(returned, self.sent.units)
        self.marker.beyond(self.theirs.trees.values())
        for part, root in self.theirs.trees.items():
            self.output.put_tree(part, root)
        self.putback = PutBack(self.sent, self.theirs, review.standing, self.marker)
        self.places: dict[Faces, etree._Element] = {}  # where each stretch that was put back now begins

    def answered(self, review: Review, answers: Mapping[int, Answer]) -> tuple[Package, tuple[Point, ...]]:
        titles = {s.id: f"{s.number} {s.title}".strip() for s in review.sections}
        found = review.numbered()
        kept = {
            u for n, f in found if f.source != "comment" and answers[n].decision != "refuse" for u in _touched(f.faces)
        }
        refused = [
            f
            for n, f in found
            if answers[n].decision == "refuse"
            and f.faces
            and f.kind in _PUT_BACK
            and not kept.intersection(_touched(f.faces))
        ]
        self._restore(refused)
        beside = [
            f
            for n, f in found
            if answers[n].decision == "refuse" and put_back_beside(f, self.sent, self.theirs, self.marker)
        ]
        restored = {id(f) for f in (*refused, *beside)}
        placed = [(n, f, *self._answer(f, answers[n], id(f) in restored)) for n, f in found]
        for n, finding, _, place in placed:
            if place is not None:
                self.comments.add(place, told(finding, answers[n]))
        points = (
            Point(number=n, section=f.section, title=titles.get(f.section, ""), finding=f, answer=answers[n], done=done)
            for n, f, done, _ in placed
        )
        return self.output.finish(), tuple(points)

    def _answer(self, finding: Finding, answer: Answer, is_restored: bool) -> tuple[Done, etree._Element | None]:
        """What was done about a finding, and the paragraph that bears our comment on it."""
        if answer.decision == "accept":
            return "left", None
        place: etree._Element | None = None
        if is_restored:
            place = next(
                (e for faces, e in self.places.items() if _touched((faces,)).intersection(_touched(finding.faces))),
                None,
            )
        elif answer.decision == "counter":
            place = self._countered(finding, answer.text)
        if place is not None or (is_restored and finding.section == SECTION):  # Word has no comments beside the body
            return ("restored" if is_restored else "countered"), place
        place = next((e for j in finding.at for e in self.theirs.of(j)), None)
        return ("listed" if place is None else "commented"), place

    # -- what is put back ----------------------------------------------------------------------------------------

    def _restore(self, refused: list[Finding]) -> None:
        """Track the changes that put back what was sent wherever one of these findings is."""
        moved = {u for f in refused if f.kind == "moved" and f.what != "sentence" for u in _touched(f.faces)}
        exact = {u for f in refused if f.kind == "field" for u in _touched(f.faces)}
        gone: list[Faces] = []
        for faces in _joined(x for f in refused for x in f.faces):
            touched = _touched((faces,))
            if touched & moved or not self._in_place(faces, shown=bool(touched & exact)):
                self._take_out(faces)
                gone.append(faces)
        copies = self.putback.put(sorted(i for of, _ in gone for i in of))
        for faces in gone:
            first = next((copies[i] for i in faces[0] if i in copies), None)
            place = next(first.iter(w("p")), None) if first is not None else None
            if place is not None:
                self.places[faces] = place

    def _in_place(self, faces: Faces, *, shown: bool) -> bool:
        """Rewrite what stands there, and say whether that could be done."""
        pairs = self._faced(faces)
        for own, other in pairs:
            fields = Fields(shown=shown)
            parted = rewrite(other, stream(own, fields), fields, self.marker)
            for source, target in (*parted, *zip(own[-1:], other[-1:])):
                carry_bookmarks(source, target, self.marker, self.putback.bookmarks)
        if pairs:
            self.places[faces] = pairs[0][1][0]
        return bool(pairs)

    def _faced(self, faces: Faces) -> list[tuple[list[etree._Element], list[etree._Element]]]:
        """Stretches of paragraphs that face each other, in a row cell by cell; none where that can't be done in place."""
        of, at = faces
        if not of or not at:
            return []
        kinds = {self.sent.unit(i).kind == "row" for i in of} | {self.theirs.unit(j).kind == "row" for j in at}
        if kinds == {True}:
            own, other = self.sent.cells(of[0]), self.theirs.cells(at[0])
            if len(of) > 1 or len(at) > 1 or len(own) != len(other) or not all(map(_is_stretch, other)):
                return []
            return list(zip(own, other))
        own_, other_ = (
            [e for n in numbers for e in side.of(n)] for side, numbers in ((self.sent, of), (self.theirs, at))
        )
        return [(own_, other_)] if len(kinds) == 1 and own_ and _is_stretch(other_) else []

    def _take_out(self, faces: Faces) -> None:
        for unit in faces[1]:
            elements = self.theirs.of(unit)
            row = around(elements[0], "tr") if elements and self.theirs.unit(unit).kind == "row" else None
            if elements:
                self.places.setdefault(faces, elements[0])
            if row is not None:
                delete_row(row, self.marker)
            else:
                for element in elements:
                    delete_paragraph(element, self.marker)

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
        rewrite(elements, list(_worded(text, {p.text: p for p in have if p.shown})), fields, self.marker)
        return elements[0]


def _touched(faces: Iterable[Faces]) -> set[tuple[str, int]]:
    """The units of either side that some faces name."""
    return {u for of, at in faces for u in (*(("sent", i) for i in of), *(("returned", j) for j in at))}


def _joined(faces: Iterable[Faces]) -> list[Faces]:
    """The faces, those that share a unit made one: what is put back is put back once."""
    out: list[tuple[set[int], set[int]]] = []
    for of, at in faces:
        own, other = set(of), set(at)
        apart = []
        for group in out:
            if group[0] & own or group[1] & other:
                own |= group[0]
                other |= group[1]
            else:
                apart.append(group)
        out = [*apart, (own, other)]
    return [(tuple(sorted(of)), tuple(sorted(at))) for of, at in out]


def _is_stretch(paragraphs: list[etree._Element]) -> bool:
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

    def beyond(self, roots: Iterable[etree._Element]) -> None:
        """Start behind every number that is used as an id under these roots."""
        used = (e.get(w("id"), "") for root in roots for e in root.iter() if isinstance(e.tag, str))
        self._last = max((int(n) for n in used if n.isdigit() and len(n) < 9), default=0)
