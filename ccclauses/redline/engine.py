"""The redline of two Word packages, from reading both to the finished package and its list of changes.

read both, accepting what is tracked in them     →  stories.py
pair notes and text boxes, carry anchors over    →  notes.py, drawings.py, anchors.py
redline the body, then headers, then notes       →  container.py and what it calls
merge styles, numbering, media, relationships    →  definitions.py, output.py
show moved paragraphs as moves                   →  moves.py
read the finished file both ways, list changes   →  changes.py
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime

from lxml import etree

from ..ooxml.namespaces import WP, make, w
from ..ooxml.output import Output
from ..ooxml.package.package import Package
from ..ooxml.package.targets import Targets
from ..ooxml.revisions import accept_all, has_revisions, list_revisions
from ..ooxml.shown.as_shown import as_shown
from .carrier import Carrier, with_namespaces
from .changes import list_changes
from .model import Redline, RedlineOptions, Untracked
from .parts.anchors import keep_own_bookmarks, merge_comments
from .parts.comments import Comments
from .parts.definitions import merge_numbering, merge_styles
from .parts.drawings import make_keys, pair_objects
from .parts.notes import NoteLedger, notes_part
from .parts.sections import FROM_AFTER, FROM_BEFORE, read_sections, write_references
from .text.container import redline_blocks
from .text.marks import Marker
from .text.moves import show_moves
from .text.paragraphs import plain_attributes, track_section
from .text.scope import Notes, Purse, Scope
from .text.stream import NOTES
from .untracked import places, untracked

COMMENTED = 100  # differences that a redline marks by comments; the report lists all
NOISE = (w("proofErr"), w("lastRenderedPageBreak"))  # what a program noted for itself


def redline(
    before: Package,
    after: Package,
    *,
    author: str = "ccclauses",
    date: datetime,
    options: RedlineOptions = RedlineOptions(),
) -> Redline:
    """Return AFTER with every difference from BEFORE as a tracked change by `author` at `date`."""
    return _Redliner(before, after, Marker(author, date), options).run()


class _Redliner:
    def __init__(self, before: Package, after: Package, marker: Marker, options: RedlineOptions):
        self.before, self.after, self.marker, self.options = before, after, marker, options
        self.output = Output(after)
        self.remarks: list[str] = []
        self.purse = Purse(options.tidy)
        self.renumber = merge_numbering(self.output, before)
        self.headers: dict[tuple[str | None, str | None, bool], str] = {}  # those already written

    def run(self) -> Redline:
        main_b, main_a = self._read(self.before, self.before.main_part), self._read(self.after, self.after.main_part)
        keep_own_bookmarks(main_b, main_a)
        merge_comments(self.output, self.before, self.after, main_b, self.remarks)
        sections_b = read_sections(self.before, main_b, FROM_BEFORE)
        sections_a = read_sections(self.after, main_a, FROM_AFTER)
        notes_b, notes_a = self._notes(self.before), self._notes(self.after)
        for kind in notes_b:
            keep_own_bookmarks(notes_b[kind], notes_a.get(kind, main_a))
        ledger = NoteLedger(main_b, main_a, notes_b, notes_a)
        root = self._body(main_b, main_a, ledger)
        write_references(self.output, root, sections_b, sections_a, self._header)
        for kind in NOTES.values():
            if ledger.touched(kind):
                self._write_notes(kind, ledger)
        merge_styles(self.output, self.before, self.renumber)
        if self.after.main_type != "document":
            self.output.without_macros()
            self.remarks.append("The redline is a plain document: macros and the template type were left behind.")
        roots = self._stories()
        if self.options.moves:
            show_moves(roots, self.marker)
        _number_drawings(roots)
        if any([_release(root) for root in roots]):
            self.remarks.append(
                "A content control that the file fills from its data no longer is, since Word would fill it again and undo the change."
            )
        if self.options.ignore_no_break_space:
            self.remarks.append("No-break spaces were taken for spaces.")
        package = self.output.finish()
        left = tuple(untracked(self.before, self.after, package))
        if left:
            self._comment(root, left)
            package = self.output.finish()
        return Redline(
            package=package, changes=list_changes(package), notes=tuple(dict.fromkeys(self.remarks)), untracked=left
        )

    def _comment(self, root: etree._Element, left: tuple[Untracked, ...]) -> None:
        """Mark the place of each difference that can't be tracked; those without one are reported at the start."""
        comments = Comments(self.output, self.marker)
        there = places(root.find(w("body")))
        by_place: dict[int, list[Untracked]] = {}
        for difference in left:
            by_place.setdefault(difference.place or 0, []).append(difference)
        for place, found in by_place.items():
            if place < len(there):
                comments.add(
                    there[place], "\n".join(("Changed without a tracked change:", *map(str, found[:COMMENTED])))
                )
            if comments.added == COMMENTED:
                break

    # -------------------------------------------------------------- reading

    def _read(self, package: Package, part: str) -> etree._Element:
        """Return a part's tree with its own tracked changes accepted and editors' private notes dropped."""
        root = as_shown(package.xml(part), package)
        if has_revisions(root):
            side = "earlier" if package is self.before else "later"
            found = list(list_revisions(root))
            authors = ", ".join(sorted({change.author for change in found if change.author})) or "unnamed authors"
            self.remarks.append(
                f"The {side} file has {len(found)} tracked changes of its own ({authors}) in {part}; "
                "they were taken as accepted."
            )
            accept_all(root)
        for noise in list(root.iterdescendants(*NOISE)):
            noise.getparent().remove(noise)
        return plain_attributes(root) if package is self.before else root

    def _notes(self, package: Package) -> dict[str, etree._Element]:
        return {
            kind: self._read(package, part)
            for kind in NOTES.values()
            if (part := package.related(kind + "s")) is not None
        }

    # -------------------------------------------------------------- writing

    def _scope(
        self,
        source: str,
        own: str,
        target: str,
        before: etree._Element,
        after: etree._Element,
        ledger: NoteLedger | None = None,
    ) -> Scope:
        """Return what is shared while a story is written into the part `target`; `own` is AFTER's part."""
        paired_b, paired_a = pair_objects(before, after)
        return Scope(
            marker=self.marker,
            options=self.options,
            purse=self.purse,
            remarks=self.remarks,
            carrier=Carrier(self.output, self.before, source, target),
            before=make_keys(Targets(self.before, source), paired_b, ledger, "b"),
            after=make_keys(Targets(self.after, own), paired_a, ledger, "a"),
            notes=ledger if ledger is not None else Notes(),
            renumber=self.renumber,
        )

    def _body(self, main_b: etree._Element, main_a: etree._Element, ledger: NoteLedger) -> etree._Element:
        root = with_namespaces(_frame(main_a), main_b)
        scope = self._scope(self.before.main_part, self.after.main_part, self.output.main_part, main_b, main_a, ledger)
        old, new, body = (tree.find(w("body")) for tree in (main_b, main_a, root))
        section = body.find(w("sectPr"))
        content = redline_blocks(scope, old, new)
        former = old.find(w("sectPr"))
        if section is not None and former is not None:
            track_section(scope, section, former)
        body[:] = content + ([section] if section is not None else [])
        self.output.put_tree(self.output.main_part, root)
        return root

    def _header(self, before: str | None, after: str | None, marked: bool) -> str:
        """Return the part that shows a header or footer as it was and as it is; one of the two is given."""
        if (before, after, marked) not in self.headers:
            part = self._header_part(before, after)
            self.headers[before, after, marked] = part
            if marked:
                self._write_header(before, after, part)
            elif after is None and before is not None:
                source = self._read(self.before, before)
                self.output.put_tree(part, Carrier(self.output, self.before, before, part).carry(source))
        return self.headers[before, after, marked]

    def _header_part(self, before: str | None, after: str | None) -> str:
        """Return AFTER's part, or a new one when AFTER has none or it already shows something else."""
        if after is not None and after not in self.headers.values():
            return after
        base, package = (after, self.after) if after is not None else (before, self.before)
        assert base is not None
        part = self.output.add_part(base, package.parts[base], package.content_type(base))
        if package is self.after:
            self.output.set_relationships(part, list(self.output.relationships(base)))
        return part

    def _write_header(self, before: str | None, after: str | None, part: str) -> None:
        old = self._read(self.before, before) if before is not None else None
        new = self._read(self.after, after) if after is not None else None
        shape = old if new is None else new
        assert shape is not None
        nothing = etree.Element(shape.tag, nsmap=shape.nsmap)
        old, new = nothing if old is None else old, nothing if new is None else new
        keep_own_bookmarks(old, new)
        scope = self._scope(before or "", after or "", part, old, new)
        root = with_namespaces(deepcopy(new if after is not None else nothing), old)
        root[:] = redline_blocks(scope, old, new)
        self.output.put_tree(part, root)

    def _write_notes(self, kind: str, ledger: NoteLedger) -> None:
        part = notes_part(self.output, self.before, kind)
        if part is None:
            return
        source = self.before.related(kind + "s") or ""
        old = self.before.xml(source) if source else make(kind + "s")
        new = self.after.xml(part) if part in self.after.parts else self.output.tree(part)
        root = with_namespaces(deepcopy(new), old)
        accept_all(root)
        scope = self._scope(
            source,
            self.after.related(kind + "s") or "",
            part,
            ledger.roots["b"].get(kind, old),
            ledger.roots["a"].get(kind, new),
        )
        ledger.write(kind, root, scope, redline_blocks)
        self.output.put_tree(part, root)

    def _stories(self) -> list[etree._Element]:
        """Return the trees of the redline that hold text, the body first."""
        return [
            self.output.trees[part]
            for part in self.output.trees
            if self.output.trees[part].tag in (w("document"), w("hdr"), w("ftr"), w("footnotes"), w("endnotes"))
        ]


def _frame(document: etree._Element) -> etree._Element:
    """Return a copy of a document without the content of its body, which is written anew."""
    frame = etree.Element(document.tag, attrib=dict(document.attrib), nsmap=document.nsmap)
    for child in document:
        if child.tag != w("body"):
            frame.append(deepcopy(child))
            continue
        body = etree.SubElement(frame, w("body"))
        if child.find(w("sectPr")) is not None:
            body.append(deepcopy(child.find(w("sectPr"))))
    return frame


def _release(root: etree._Element) -> bool:
    """Take controls that hold a tracked change off the data that would overwrite it."""
    found = [b for b in root.iter(w("dataBinding")) if has_revisions(b.getparent().getparent())]
    for binding in found:
        binding.getparent().remove(binding)
    return bool(found)


def _number_drawings(roots: list[etree._Element]) -> None:
    """Give drawings that came from both files ids of their own."""
    seen: set[str] = set()
    repeated = []
    for root in roots:
        for drawing in root.iter(f"{{{WP}}}docPr"):
            if drawing.get("id", "") in seen:
                repeated.append(drawing)
            seen.add(drawing.get("id", ""))
    last = max((int(id_) for id_ in seen if id_.isdigit()), default=0)
    for number, drawing in enumerate(repeated, last + 1):
        drawing.set("id", str(number))
