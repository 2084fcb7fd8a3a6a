"""Writes the content of changed paragraphs: runs that stay, go or come, in their links and controls.

Positions and equality come from `stream.py` and `compare/words.py`; this module only turns stretches of two
streams into runs, w:ins and w:del. Paragraphs leave as `OutParagraph`, their marks still to be written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from ...ooxml.namespaces import XML_SPACE, make, w
from ..parts.equations import redline_equation
from ..parts.properties import track
from .scope import Scope
from .stream import NOTES, Run, Special, Stream, Wrap

Status = Literal["equal", "insert", "delete"]
BOX = w("txbxContent")
# A wrapper that is deleted with its words keeps its shell only when that is harmless once it is empty.
KEPT_WHEN_DELETED = w("hyperlink")


@dataclass(slots=True, eq=False)
class OutParagraph:
    """A paragraph of the redline: its content is written, its mark and properties are not."""

    status: Status  # of the mark
    content: list[etree._Element]
    before: etree._Element | None  # whose properties hold when all is rejected
    after: etree._Element | None  # whose properties hold when all is accepted
    finished: tuple[object, etree._Element] | None = None  # the paragraph written out, and the state it was written in

    def state(self) -> object:
        """Return what the written paragraph depends on."""
        return self.status, self.before, self.after, tuple(self.content)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of both streams; an empty side when inserted or deleted."""

    status: Status
    b0: int
    b1: int
    a0: int
    a1: int


class _Content:
    """The content of one paragraph, grown from left to right."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.root = make("p")
        self.stack: list[tuple[Wrap, etree._Element]] = []
        self.change: tuple[Status, etree._Element, etree._Element] | None = None

    def add(self, status: Status, wraps: Sequence[Wrap], node: etree._Element) -> None:
        place = self._open(wraps)
        if status == "equal":
            place.append(node)
            self.change = None
            return
        if self.change is None or self.change[:2] != (status, place):
            holder = self.scope.marker.element("ins" if status == "insert" else "del")
            place.append(holder)
            self.change = (status, place, holder)
        self.change[2].append(node)

    def anchor(self, node: etree._Element) -> None:
        """Add something without width; it never is inside a revision."""
        (self.stack[-1][1] if self.stack else self.root).append(node)
        self.change = None

    def _open(self, wraps: Sequence[Wrap]) -> etree._Element:
        shared = 0
        while shared < min(len(wraps), len(self.stack)) and self.stack[shared][0] is wraps[shared]:
            shared += 1
        if len(self.stack) != shared or len(wraps) != shared:
            self.change = None
        del self.stack[shared:]
        for wrap in wraps[shared:]:
            shell, inside = _shell(wrap.element)
            (self.stack[-1][1] if self.stack else self.root).append(shell)
            self.stack.append((wrap, inside))
        return self.stack[-1][1] if self.stack else self.root


def _shell(element: etree._Element) -> tuple[etree._Element, etree._Element]:
    """Return an empty copy of a wrapper, and where its content goes."""
    shell = etree.Element(element.tag, attrib=dict(element.attrib), nsmap=element.nsmap)
    if element.tag != w("sdt"):
        for name in ("smartTagPr", "customXmlPr"):
            if element.find(w(name)) is not None:
                shell.append(deepcopy(element.find(w(name))))
        return shell, shell
    for name in ("sdtPr", "sdtEndPr"):
        if element.find(w(name)) is not None:
            shell.append(deepcopy(element.find(w(name))))
    return shell, etree.SubElement(shell, w("sdtContent"))


def write_content(
    scope: Scope,
    before: Stream,
    after: Stream,
    stretches: Sequence[Stretch],
    write_box: Callable[[Scope, etree._Element, etree._Element], list[etree._Element]],
) -> list[OutParagraph]:
    """Return the paragraphs that both streams become; `write_box` redlines what is in a text box."""
    return _Writer(scope, before, after, write_box).write(stretches)


class _Writer:
    def __init__(
        self,
        scope: Scope,
        before: Stream,
        after: Stream,
        write_box: Callable[[Scope, etree._Element, etree._Element], list[etree._Element]],
    ):
        self.scope, self.before, self.after, self.write_box = scope, before, after, write_box
        self.done: list[OutParagraph] = []
        self.content = _Content(scope)
        self.homes: dict[Wrap, Wrap] = {}  # wrapper of BEFORE -> the one of AFTER that holds the same words

    def write(self, stretches: Sequence[Stretch]) -> list[OutParagraph]:
        for stretch in stretches:
            if stretch.status == "equal":
                for at, to, _ in self._pieces(stretch):
                    for old, new in zip(self.before.run_at(at).wraps, self.after.run_at(to).wraps):
                        self.homes.setdefault(old, new)
        for stretch in stretches:
            for at, to, size in self._pieces(stretch):
                self._piece(stretch.status, at, to, size)
        return self.done

    def _pieces(self, stretch: Stretch) -> Iterator[tuple[int, int, int]]:
        """Yield (position in BEFORE, position in AFTER, length) with one run and one kind of content each."""
        cuts: set[int] = set()
        if stretch.status != "insert":
            cuts.update(c - stretch.b0 for c in _between(self.before.cuts, stretch.b0, stretch.b1))
        if stretch.status != "delete":
            cuts.update(c - stretch.a0 for c in _between(self.after.cuts, stretch.a0, stretch.a1))
        size = max(stretch.b1 - stretch.b0, stretch.a1 - stretch.a0)
        edges = sorted(cuts | {0, size})
        for lo, hi in zip(edges, edges[1:]):
            yield stretch.b0 + lo, stretch.a0 + lo, hi - lo

    def _piece(self, status: Status, at: int, to: int, size: int) -> None:
        before, after = self.before, self.after
        old = before.run_at(at) if status != "insert" else None
        new = after.run_at(to) if status != "delete" else None
        if old is not None:
            for anchor in before.anchors.get(at, ()):
                self.content.anchor(self.scope.carrier.carry(anchor))
        if new is not None:
            for anchor in after.anchors.get(to, ()):
                self.content.anchor(deepcopy(anchor))
        source, position = (before, at) if new is None else (after, to)
        if position in source.marks:
            self._close(status, before.marks.get(at) if old else None, after.marks.get(to) if new else None)
            return
        run_shown = old if new is None else new
        assert run_shown is not None  # a token is of BEFORE, of AFTER or of both
        wraps = run_shown.wraps if new is not None else self._wraps_of_deleted(run_shown)
        if position in source.specials:
            special = source.specials[position]
            counterpart = before.specials[at] if status == "equal" else None
            for node in self._special_nodes(status, special, counterpart, old, new):
                self.content.add(status, wraps, node)
            return
        run = self._run(status, old, new)
        text = etree.SubElement(run, w("delText") if status == "delete" else w("t"))
        text.text = source.text[position : position + size]
        if text.text != text.text.strip(" \t\r\n"):
            text.set(XML_SPACE, "preserve")
        self.content.add(status, wraps, run)

    def _close(self, status: Status, before: etree._Element | None, after: etree._Element | None) -> None:
        self.done.append(OutParagraph(status, list(self.content.root), before, after))
        self.content = _Content(self.scope)

    def _wraps_of_deleted(self, run: Run) -> list[Wrap]:
        out = []
        for wrap in run.wraps:
            if wrap not in self.homes and wrap.element.tag == KEPT_WHEN_DELETED:
                self.homes[wrap] = Wrap(self.scope.carrier.carry(wrap.element), wrap.key)
            if wrap in self.homes:
                out.append(self.homes[wrap])
        return out

    # ------------------------------------------------------------------ runs

    def _run(self, status: Status, old: Run | None, new: Run | None) -> etree._Element:
        run = make("r")
        shown = old if new is None else new
        assert shown is not None
        if shown.properties is not None:
            run.append(deepcopy(shown.properties))
        if status == "equal":
            self._track_run(run, old, new)
        return run

    def _track_run(self, run: etree._Element, old: Run | None, new: Run | None) -> None:
        """Record in a run of AFTER how its formatting was."""
        if old is not None and new is not None and old.key != new.key and self.scope.options.formatting:
            if run.find(w("rPr")) is None:
                run.insert(0, make("rPr"))
            track(self.scope.marker, "rPrChange", run.find(w("rPr")), old.properties)

    def _special_nodes(
        self, status: Status, special: Special, counterpart: Special | None, old: Run | None, new: Run | None
    ) -> list[etree._Element]:
        carry = self.scope.carrier.carry if status == "delete" else deepcopy
        nodes = [carry(node) for node in special.nodes]
        if counterpart is not None:
            self._matched(special, counterpart, nodes)
        for node in nodes:
            self._note(status, node)
        if special.kind == "child":
            run = self._run(status, old, new)
            run.extend(nodes)
            nodes = [run]
        elif special.kind == "runs" and status == "equal":
            for node in nodes:
                self._track_run(node, old, new)
        if status == "delete":
            for node in nodes:
                _as_deleted(node)
        return nodes

    def _matched(self, special: Special, counterpart: Special, nodes: list[etree._Element]) -> None:
        """Redline what two matched objects hold, and tell the notes of matched references."""
        for old, new, node in zip(counterpart.nodes, special.nodes, nodes):
            if new.tag in NOTES:
                self.scope.notes.matched(NOTES[new.tag], old.get(w("id"), ""), new.get(w("id"), ""))
            if special.key[0] == "box":
                for box_b, box_a, box in zip(_boxes(old), _boxes(new), _boxes(node)):
                    box[:] = self.write_box(self.scope, box_b, box_a)
            elif special.key[0] == "equation":
                redline_equation(self.scope.marker, old, node)

    def _note(self, status: Status, node: etree._Element) -> None:
        if node.tag in NOTES and status == "delete":
            node.set(w("id"), self.scope.notes.deleted(NOTES[node.tag], node.get(w("id"), "")))
        elif node.tag in NOTES and status == "insert":
            self.scope.notes.inserted(NOTES[node.tag], node.get(w("id"), ""))


def _boxes(element: etree._Element) -> list[etree._Element]:
    """Return the outermost text boxes of a drawing."""
    return [
        box
        for box in element.iter(BOX)
        if next((a for a in box.iterancestors(BOX) if element in a.iterancestors()), None) is None
    ]


def _as_deleted(node: etree._Element) -> None:
    for instruction in list(node.iter(w("instrText"))):
        if next(instruction.iterancestors(BOX), None) is None:
            instruction.tag = w("delInstrText")
    for text in list(node.iter(w("t"))):
        if next(text.iterancestors(BOX), None) is None:
            text.tag = w("delText")


def _between(cuts: list[int], lo: int, hi: int) -> list[int]:
    return cuts[bisect_right(cuts, lo) : bisect_left(cuts, hi)]
