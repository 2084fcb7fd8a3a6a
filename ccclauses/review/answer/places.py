"""Findings next to the body or about the file itself → the paragraph of the body where a comment on them is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from ...model.findings.review import Finding
from ...ooxml.namespaces import R, w
from ...ooxml.package.package import Package
from ...ooxml.package.targets import TAKEN_IN
from .marked import Marked
from .putback import PutBack

NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


class Places:
    """Finds paragraphs of the returned file, those put back among them."""

    def __init__(self, sent: Package, returned: Package, putback: PutBack) -> None:
        self.putback = putback
        self.ours, self.theirs, self.standing = putback.sent, putback.theirs, putback.standing
        self.packages = {id(self.ours): sent, id(self.theirs): returned}

    def of(self, finding: Finding) -> etree._Element | None:
        """The paragraph of the returned file for a finding: where it is, else where it was, else the first one."""
        for side, text in ((self.theirs, finding.after), (self.ours, finding.before)):
            for element in self._elements(side, finding, text) if text else ():
                place = self.here(side, element)
                if place is not None:
                    return place
        return self.first()

    def first(self) -> etree._Element | None:
        """The first paragraph of the returned file."""
        return self.theirs.first()

    def here(self, side: Marked, element: etree._Element) -> etree._Element | None:
        """The paragraph of the returned file's body that holds an element, or represents the one that held it."""
        paragraphs = [p for p in (element, *element.iterancestors(w("p"))) if p.tag == w("p")]
        if not paragraphs or element.getroottree().getroot() is not side.root:
            return None
        if side is self.theirs:
            return paragraphs[-1]
        stands = [(e, k) for n, k in enumerate(self.standing) if k >= 0 for e in self.ours.of(n)]
        order = {e: n for n, e in enumerate(side.root.iter(w("p")))}
        at = order[paragraphs[-1]]
        # Where its own paragraph is gone: the one before it that is, else the first after it.
        near = min(stands, key=lambda s: (order[s[0]] > at, abs(order[s[0]] - at)), default=None)
        return next(iter(self.theirs.of(near[1])), None) if near else None

    def copies_of(self, element: etree._Element) -> list[etree._Element]:
        """What was put back of the paragraph or row of the sent file that holds an element."""
        unit = next((u for p in element.iterancestors(w("p")) if (u := self._unit(p)) is not None), None)
        copy = self.putback.copies.get(unit) if unit is not None else None
        return [] if copy is None else [copy]

    def _unit(self, paragraph: etree._Element) -> int | None:
        return next((n for n in range(len(self.ours.units.units)) if paragraph in self.ours.of(n)), None)

    def sign(self, side: Marked, line: etree._Element, story: str) -> etree._Element | None:
        """The sign in the body that leads to the note that a line is in."""
        note = next(line.iterancestors(w(story)), None) if story in NOTES else None
        if note is None:
            return None
        return next((s for s in side.root.iter(w(NOTES[story])) if s.get(w("id")) == note.get(w("id"))), None)

    def _elements(self, side: Marked, finding: Finding, text: str) -> Iterator[etree._Element]:
        for story, words, line in side.stories:
            if (story, words) == (finding.what, text):
                sign = self.sign(side, line, story)
                yield line if sign is None else sign
        if finding.what == "field":
            code = " ".join(text[1:].partition("}")[0].split())
            yield from (p for p in side.root.iter(w("p")) if code and code in _codes(p))
        elif finding.what in ("object", "link"):
            yield from self._pointing(side, text.removeprefix(TAKEN_IN))
            shown = text.partition("”")[0].removeprefix("“")
            yield from (p for p in side.root.iter(w("p")) if finding.what == "link" and shown in "".join(p.itertext()))

    def _pointing(self, side: Marked, target: str) -> Iterator[etree._Element]:
        """What refers to a part or an address by a relationship of the main part."""
        package = self.packages[id(side)]
        ids = {r.id for r in package.relationships(package.main_part) if target and (r.target in target)}
        yield from (e for e in side.root.iter() if ids.intersection(_references(e)))


def _references(element: etree._Element) -> Iterable[str]:
    return (v for k, v in element.attrib.items() if str(k).startswith(f"{{{R}}}"))


def _codes(paragraph: etree._Element) -> str:
    simple = (e.get(w("instr"), "") for e in paragraph.iter(w("fldSimple")))
    return " ".join(" ".join((*simple, "".join(t.text or "" for t in paragraph.iter(w("instrText"))))).split())
