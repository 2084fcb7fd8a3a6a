"""Returned file × answers → our answer in Word on top of theirs: their changes stay, ours are tracked, refusals commented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from ...compare.contents import tidy_text
from ...model.findings.review import Answer, Done, Faces, Finding, Point, Review
from ...ooxml.namespaces import w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ...read.within import annex_within
from ...redline.parts.comments import Comments
from .answering import told
from .beside import put_back_beside
from .blocks import carry_bookmarks
from .edits import Fields, Piece, pieces, rewrite, stream
from .inside import bear_inside
from .marked import Marked, around
from .places import Places
from .putback import PutBack
from .revealed import before_tracking, turned
from .stretches import NumberedMarker, is_stretch, take_out

_PUT_BACK = frozenset(
    {"reworded", "retitled", "hidden", "struck through", "field", "new", "deleted", "moved", "split", "merged"}
)
_PARTS = frozenset({"new", "deleted", "moved", "split", "merged"})  # tracked, they leave no paragraph to look into


def respond(
    sent: Package, returned: Package, review: Review, answers: Mapping[int, Answer], *, author: str, date: datetime
) -> tuple[Package, tuple[Point, ...]]:
    """The answered file, and each point with what was done about it; `review` is of these two files, read as marked.

    Where `returned` is an agreement, the review is of the annex in it, and nothing outside of the annex is touched.
    """
    return _Response(sent, returned, review, author, date).answered(review, answers)


@dataclass(slots=True)
class _Stretch:
    """Facing units where something was put back or shown: the paragraph where it begins, and the marks that do it."""

    units: set[tuple[str, int]]
    place: etree._Element | None = None
    marks: list[etree._Element] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether any of its marks is in the file."""
        return any(m.getparent() is not None for m in self.marks)


class _Response:
    """The returned file while the answer is written into it."""

    def __init__(self, sent: Package, returned: Package, review: Review, author: str, date: datetime) -> None:
        self.output = Output(returned)
        self.marker = NumberedMarker(author, date)
        self.comments = Comments(self.output, self.marker)
        self.sent = Marked(sent)
        within = annex_within(returned)
        self.theirs = Marked(returned, self.sent.units, inside=within is not None)
        if within is not None:
            bear_inside(self.sent.trees.values(), sent, returned, within.record)
        self.marker.beyond(self.theirs.trees.values())
        for part, root in self.theirs.trees.items():
            self.output.put_tree(part, root)
        self.putback = PutBack(self.sent, self.theirs, review.standing, self.marker)
        self.places = Places(sent, returned, self.putback)
        self.stretches: list[_Stretch] = []

    def answered(self, review: Review, answers: Mapping[int, Answer]) -> tuple[Package, tuple[Point, ...]]:
        titles = {s.id: f"{s.number} {s.title}".strip() for s in review.sections}
        found = review.numbered()
        kept = {
            u for n, f in found if f.source != "comment" and answers[n].decision != "refuse" for u in _touched(f.faces)
        }
        refused = {
            n: f
            for n, f in found
            if answers[n].decision == "refuse"
            and f.faces
            and f.kind in _PUT_BACK
            and not kept.intersection(_touched(f.faces))
        }
        silent = {
            n: f for n, f in found if f.source == "silent" and n not in refused and answers[n].decision != "counter"
        }
        countered = {u for n, f in found if answers[n].decision == "counter" for u in _touched(f.faces)}
        parted = {u for _, f in found if f.source == "tracked" and f.kind in _PARTS for u in _touched(f.faces)}
        shown = self._show({n: f for n, f in silent.items() if not _touched(f.faces) & (countered | parted)}, answers)
        self._restore(list(refused.values()))
        beside = {n: f for n, f in found if answers[n].decision == "refuse" and n not in shown and self._beside(f)}
        restored = {*refused, *beside}
        done = {n: self._done(n, f, answers[n], restored, shown) for n, f in found}
        for n, finding in found:
            text = told(finding, answers[n], done[n])
            place, marks = self._place(finding, answers[n].decision != "accept", done[n])
            if text and place is not None:
                self.comments.add(place, text, marks)
        points = (
            Point(
                number=n, section=f.section, title=titles.get(f.section, ""), finding=f, answer=answers[n], done=done[n]
            )
            for n, f in found
        )
        return self.output.finish(), tuple(points)

    def _done(self, number: int, finding: Finding, answer: Answer, restored: set[int], shown: set[int]) -> Done:
        """What was done about a finding; a counter is written here."""
        if number in restored:
            return "restored"
        if number in shown:
            return "shown"
        if answer.decision == "counter" and self._countered(finding, answer.text):
            return "countered"
        if answer.decision == "accept" and finding.source != "silent":
            return "left"
        place, _ = self._place(finding, True, "commented")
        return "commented" if place is not None else "left" if answer.decision == "accept" else "listed"

    def _place(self, finding: Finding, is_open: bool, done: Done) -> tuple[etree._Element | None, list[etree._Element]]:
        """The paragraph that bears our comment on a finding, and the edit in it."""
        units = _touched(finding.faces)
        if done in ("restored", "shown", "countered"):
            for stretch in self.stretches:
                if stretch.units & (units or {("beside", id(finding))}):
                    within = [m for m in stretch.marks if m.getparent() is not None]
                    place = next((p for m in within for p in m.iterancestors(w("p"))), stretch.place)
                    if place is not None and place.getroottree().getroot() is self.theirs.root and not _is_boxed(place):
                        return place, within
        for unit in finding.at:
            for paragraph in self.theirs.of(unit):
                return paragraph, _marks_of(finding, paragraph)
        # Word has no comments next to the body: what nobody tracked there is reported at the nearest place of it.
        return (self.places.of(finding) if finding.source == "silent" else None), []

    # -- what nobody tracked ---------------------------------------------------------------------------------------

    def _show(self, silent: Mapping[int, Finding], answers: Mapping[int, Answer]) -> set[int]:
        """Show what nobody tracked, and what is not put back, as tracked changes; return what could be shown."""
        first = len(self.marker.made)
        inside = {n: f for n, f in silent.items() if f.faces and f.kind in _PUT_BACK and (f.at or f.kind == "deleted")}
        with before_tracking(self.theirs.trees.values()):
            self._restore(list(inside.values()))
            beside = {
                n for n, f in silent.items() if not f.faces and answers[n].decision != "refuse" and self._beside(f)
            }
        turned(self.marker.made[first:])
        stands = [s.units for s in self.stretches if s.stands]
        return {n for n, f in inside.items() if any(u & _touched(f.faces) for u in stands)} | beside

    # -- what is put back ----------------------------------------------------------------------------------------

    def _beside(self, finding: Finding) -> bool:
        """Put back what a finding tells of words next to the body, and say whether that could be done."""
        first = len(self.marker.made)
        is_done = put_back_beside(finding, self.sent, self.theirs, self.marker, self.places)
        if is_done:
            self.stretches.append(_Stretch(units={("beside", id(finding))}, marks=self.marker.made[first:]))
        return is_done

    def _restore(self, refused: list[Finding]) -> None:
        """Track the changes that put back what was sent wherever one of these findings is."""
        moved = {u for f in refused if f.kind == "moved" and f.what != "sentence" for u in _touched(f.faces)}
        exact = {u for f in refused if f.kind == "field" for u in _touched(f.faces)}
        gone: list[tuple[Faces, _Stretch]] = []
        for faces in _joined(x for f in refused for x in f.faces):
            stretch = _Stretch(units=_touched((faces,)))
            first = len(self.marker.made)
            if stretch.units & moved or not self._in_place(faces, stretch, shown=bool(stretch.units & exact)):
                self._take_out(faces, stretch)
                gone.append((faces, stretch))
            stretch.marks += self.marker.made[first:]
            self.stretches.append(stretch)
        copies = self.putback.put(sorted(i for (of, _), _ in gone for i in of))
        for faces, stretch in gone:
            back = [copies[i] for i in faces[0] if i in copies]
            stretch.marks[:0] = [m for copy in back for m in copy.iter(w("ins"))]
            place = next(back[0].iter(w("p")), None) if back else None
            stretch.place = stretch.place if place is None else place

    def _in_place(self, faces: Faces, stretch: _Stretch, *, shown: bool) -> bool:
        """Rewrite what is there, and say whether that could be done."""
        pairs = self._faced(faces)
        for own, other in pairs:
            fields = Fields(shown=shown)
            parted = rewrite(other, stream(own, fields), fields, self.marker)
            for source, target in (*parted, *zip(own[-1:], other[-1:])):
                carry_bookmarks(source, target, self.marker, self.putback.bookmarks)
        if pairs:
            stretch.place = pairs[0][1][0]
        return bool(pairs)

    def _faced(self, faces: Faces) -> list[tuple[list[etree._Element], list[etree._Element]]]:
        """Stretches of paragraphs that face each other, in a row cell by cell; none where that can't be done in place."""
        of, at = faces
        if not of or not at:
            return []
        kinds = {self.sent.unit(i).kind == "row" for i in of} | {self.theirs.unit(j).kind == "row" for j in at}
        if kinds == {True}:
            own, other = self.sent.cells(of[0]), self.theirs.cells(at[0])
            if len(of) > 1 or len(at) > 1 or len(own) != len(other) or not all(map(is_stretch, other)):
                return []
            return list(zip(own, other))
        own_, other_ = (
            [e for n in numbers for e in side.of(n)] for side, numbers in ((self.sent, of), (self.theirs, at))
        )
        return [(own_, other_)] if len(kinds) == 1 and own_ and is_stretch(other_) else []

    def _take_out(self, faces: Faces, stretch: _Stretch) -> None:
        for unit in faces[1]:
            elements = self.theirs.of(unit)
            if elements and stretch.place is None:
                stretch.place = elements[0]
            take_out(self.theirs, unit, self.marker)

    def _countered(self, finding: Finding, text: str) -> bool:
        """Put our text in the place of theirs, and say whether that could be done; references that it shows stay live."""
        elements = self.theirs.of(finding.at[0]) if len(finding.at) == 1 else []
        if len(elements) != 1:
            return False
        fields = Fields()
        have = pieces(elements[0], fields)
        for piece in have:
            if piece.shown and piece.shown in text:
                text = text.replace(piece.shown, piece.text, 1)
        first = len(self.marker.made)
        rewrite(elements, list(_worded(text, {p.text: p for p in have if p.shown})), fields, self.marker)
        marks = self.marker.made[first:]
        self.stretches.insert(0, _Stretch(units=_touched(finding.faces), place=elements[0], marks=marks))
        return True


def _is_boxed(paragraph: etree._Element) -> bool:
    return around(paragraph, "txbxContent") is not None


def _marks_of(finding: Finding, paragraph: etree._Element) -> list[etree._Element]:
    """The tracked changes of a paragraph that a finding is about, by its words."""
    changed = {tidy_text(t) for c in finding.words if c.kind != "equal" for t in (c.before, c.after) if t.strip()}
    marks = ((m, tidy_text("".join(m.itertext()))) for m in paragraph.iter(w("ins"), w("del")))
    return [m for m, text in marks if text and any(text in c or c in text for c in changed)]


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
