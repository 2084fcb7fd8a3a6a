"""Two markups of one file → one file: all accepted it has both sides' changes, all rejected it is the file that was sent.

The first markup becomes a redline of what was sent; each change of the second is tracked on top of it. Where both changed
the same words the first one's stay, the other's are put in behind them, and a comment shows the conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from lxml import etree

from ..compare.wording import TOKEN
from ..compare.words import diff_tokens
from ..model.findings.review import ChangeKind, Faces, Finding
from ..ooxml.namespaces import w
from ..ooxml.output import Output
from ..ooxml.package.package import Package, serialize_xml
from ..ooxml.revisions import accept_all, list_revisions
from ..redline import RedlineOptions, redline
from ..redline.parts.comments import Comments
from .answer.beside import put_back_beside
from .answer.edits import Fields, cut, loose, rewrite, stream
from .answer.marked import Marked
from .answer.places import Places
from .answer.putback import PutBack
from .answer.stretches import NumberedMarker, is_stretch, take_out
from .find.findings import review
from .find.outside import SECTION

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A file that came back, and the name on what it changes."""

    package: Package
    name: str
    author: str = ""

    @property
    def by(self) -> str:
        """The name on its changes: as given, else whoever tracked most in it, else the name of the file."""
        found = Counter(r.author for r in list_revisions(self.package.xml(self.package.main_part)) if r.author)
        return self.author or (found.most_common(1)[0][0] if found else self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Words that both changed, or that one changed and the other took out."""

    place: str
    sent: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Both markups in one file; `changes` counts those of each, `unmerged` are changes that no text can show."""

    package: Package
    by: tuple[str, str]
    changes: tuple[int, int]
    conflicts: tuple[Conflict, ...]
    unmerged: tuple[str, ...]


def merge(base: Package, first: Markup, second: Markup, *, date: datetime) -> Merged:
    """Both markups of a file as tracked changes of that file."""
    second = replace(second, package=_accepted(second.package), author=second.by)  # what it tracked is ours to track
    marked = redline(base, first.package, author=first.by, date=date, options=RedlineOptions(moves=False)).package
    return _Merging(base, marked, first, second, date).run()


def _accepted(package: Package) -> Package:
    """The file with its tracked changes made final."""
    parts = {s.part: serialize_xml(accept_all(package.xml(s.part))) for s in package.stories()}
    return replace(package, parts=MappingProxyType({**package.parts, **parts}))


class _Merging:
    def __init__(self, base: Package, marked: Package, first: Markup, second: Markup, date: datetime) -> None:
        by = second.by if second.by != first.by else f"{second.by} ({second.name})"
        self.first, self.second, self.by = first, second, (first.by, by)
        self.marker = NumberedMarker(by, date)
        self.output = Output(marked)
        self.comments = Comments(self.output, self.marker)
        self.base = Marked(base)
        self.ours = Marked(second.package, self.base.units)
        self.file = Marked(marked, self.base.units)
        self.marker.beyond(self.file.trees.values())
        for part, root in self.file.trees.items():
            self.output.put_tree(part, root)
        mine = review(base, second.package, read_as="accepted")
        theirs = review(base, first.package, read_as="accepted")
        self.found = [f for f in mine.findings if f.kind != "renumbered"]
        self.theirs = [f for f in theirs.findings if f.source != "comment" and f.kind != "renumbered"]
        self.touched = {i for f in self.theirs for i in f.of}
        now = theirs.standing  # base unit → unit of the first markup
        back = {j: i for i, j in enumerate(mine.standing) if j >= 0}
        standing = [now[back[j]] if j in back and back[j] < len(now) else -1 for j in range(len(self.ours.units.units))]
        self.now = now
        self.putback = PutBack(self.ours, self.file, standing, self.marker)
        self.places = Places(second.package, marked, self.putback)
        self.conflicts: list[Conflict] = []
        self.unmerged: list[str] = []
        self.remarks: list[tuple[etree._Element, str]] = []
        self.done: set[Faces] = set()

    def run(self) -> Merged:
        new: list[tuple[Faces, Finding]] = []
        for finding in (f for f in self.found if f.source != "comment"):
            if not finding.faces:
                self._beside(finding)
            for faces in finding.faces:
                if faces not in self.done:
                    self.done.add(faces)
                    if not self._change(faces, finding):
                        new.append((faces, finding))
        self.putback.put(sorted({j for (_, at), _ in new for j in at}))
        for finding in (f for f in self.found if f.source == "comment"):
            place = next((e for j in finding.at for e in self._here(j)), self.places.first())
            if place is not None:
                self.remarks.append((place, "\n".join((finding.after, *finding.thread))))
        for place, text in self.remarks:
            self.comments.add(place, text)
        return Merged(
            package=self.output.finish(),
            by=self.by,
            changes=(len(self.theirs), sum(f.source != "comment" for f in self.found)),
            conflicts=tuple(self.conflicts),
            unmerged=tuple(self.unmerged),
        )

    def _here(self, unit: int) -> list[etree._Element]:
        """The paragraphs of the merged file for a unit of the second markup."""
        copy = self.putback.copies.get(unit)
        if copy is not None:
            return [copy] if copy.tag == w("p") else list(copy.iter(w("p")))
        now = self.putback.standing[unit]
        return self.file.of(now) if now >= 0 else []

    def _change(self, faces: Faces, finding: Finding) -> bool:
        """Track what the second markup changes there; False where it is to be put in whole."""
        of, at = faces
        if self._same(of, at):
            return True  # both made the same change
        disputed = bool(self.touched.intersection(of))
        units = [self.now[i] for i in of if i < len(self.now)]
        if len(of) == len(at) == 1 and units[0] >= 0 and finding.kind != "moved":
            return self._reworded(of[0], at[0], units[0], finding)
        if disputed:
            self._conflict(of, at, finding, next((e for k in units if k >= 0 for e in self.file.of(k)), None))
            return not at
        for unit in dict.fromkeys(k for k in units if k >= 0):
            take_out(self.file, unit, self.marker)
        return not at

    def _same(self, of: Sequence[int], at: Sequence[int]) -> bool:
        """Whether the first markup has made of these units what the second makes of them."""
        wanted = [self.ours.unit(j).text for j in at]
        if not of:
            return any(f.kind == "new" and f.after == "\n".join(wanted) for f in self.theirs)
        theirs = [f for f in self.theirs if set(of) & set(f.of)]
        if not at:
            return bool(theirs) and all(self.now[i] < 0 for i in of)
        return bool(theirs) and wanted == [self.file.unit(self.now[i]).text for i in of if self.now[i] >= 0]

    def _reworded(self, base: int, unit: int, here: int, finding: Finding) -> bool:
        cells = self.base.cells(base), self.file.cells(here), self.ours.cells(unit)
        if len({len(c) for c in cells}) > 1 or not all(map(is_stretch, cells[1])):
            self._conflict((base,), (unit,), finding, next(iter(self.file.of(here)), None))
            return False
        for sent, now, wanted in zip(*cells):
            if not self._in_place(sent, now, wanted):
                self._conflict((base,), (unit,), finding, now[0])
                return self.ours.unit(unit).kind == "row"
        return True

    def _in_place(self, sent: list[etree._Element], now: list[etree._Element], wanted: list[etree._Element]) -> bool:
        """Track in the paragraphs of the file what the second markup makes of those sent; False where both changed the same."""
        fields = Fields()
        before, there, ours = stream(sent, fields), stream(now, fields), stream(wanted, fields)
        old, first, second = ("".join(p.text for p in pieces) for pieces in (before, there, ours))
        parts = _three_way(old, first, second)
        if parts is None:
            return False
        target = [p for side, span in parts for p in cut(loose(there if side == 1 else ours), *span)]
        rewrite(now, target, fields, self.marker)
        return True

    def _conflict(self, of: Sequence[int], at: Sequence[int], finding: Finding, place: etree._Element | None) -> None:
        sent = "\n".join(self.base.unit(i).text for i in of)
        first = "\n".join(self.file.unit(self.now[i]).text for i in of if self.now[i] >= 0)
        second = "\n".join(self.ours.unit(j).text for j in at)
        number = finding.number or " ".join(sent.split()[:6])
        self.conflicts.append(Conflict(place=number, sent=sent, first=first, second=second))
        text = f"Conflict.\n{self.by[0]}: {_quoted(first)}\n{self.by[1]}: {_quoted(second)}"
        place = self.places.first() if place is None else place
        if place is not None:
            self.remarks.append((place, text))

    def _beside(self, finding: Finding) -> None:
        """Track a change of words next to the body; what no text can show, or both changed, is listed."""
        kinds: dict[ChangeKind, ChangeKind] = {"new": "deleted", "deleted": "new"}
        turned = replace(
            finding,
            before=finding.after,
            after=finding.before,
            kind=kinds.get(finding.kind, finding.kind),
        )
        rivals = [f for f in self.theirs if not f.faces and (f.what, f.before) == (finding.what, finding.before)]
        if any(f.after == finding.after for f in rivals):
            return
        if rivals and finding.before:
            self.conflicts.append(
                Conflict(place=finding.what, sent=finding.before, first=rivals[0].after, second=finding.after)
            )
            place = self.places.of(turned)
            text = f"Conflict in the {finding.what}.\n{self.by[0]}: {_quoted(rivals[0].after)}\n{self.by[1]}: {_quoted(finding.after)}"
            if place is not None:
                self.remarks.append((place, text))
        elif finding.kind in ("file", "field") or not put_back_beside(
            turned, self.ours, self.file, self.marker, self.places
        ):
            what = finding.after or finding.before
            self.unmerged.append(f"{self.by[1]}: {finding.what} {finding.kind}: {what}".replace(f" {SECTION}:", ":"))


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "taken out"


def _three_way(old: str, first: str, second: str) -> list[tuple[int, _Span]] | None:
    """The text with both changes as stretches of the first (1) and the second (2); None where both change the same words."""
    if first == old:
        return [(2, (0, len(second)))]
    if first == second:
        return [(1, (0, len(first)))]
    mine, theirs = _hunks(old, second), _hunks(old, first)
    for start, end, _ in mine:
        for low, high, _ in theirs:
            if start <= high and low <= end:
                return None
    out: list[tuple[int, _Span]] = []
    at = 0  # in the first
    for start, end, span in mine:
        # Nothing of the first is changed at these places, so that they lie there as many characters further on.
        shift = sum((s[1] - s[0]) - (high - low) for low, high, s in theirs if high < start)
        out.append((1, (at, start + shift)))
        out.append((2, span))
        at = end + shift
    out.append((1, (at, len(first))))
    return [(side, span) for side, span in out if span[0] < span[1]]


def _hunks(old: str, new: str) -> list[tuple[int, int, _Span]]:
    """Where the old text is changed, in characters, and what is there in the new one."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    places = [list(_starts(tokens)) for tokens in (a, b)]
    out: list[tuple[int, int, _Span]] = []
    for op in (op for op in diff_tokens(a, b) if op.kind != "equal"):
        start, end = places[0][op.a0], places[0][op.a1]
        span = places[1][op.b0], places[1][op.b1]
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end, (out[-1][2][0], span[1]))
        else:
            out.append((start, end, span))
    return out


def _starts(tokens: Iterable[str]) -> Iterator[int]:
    at = 0
    yield at
    for token in tokens:
        at += len(token)
        yield at
