"""Blocks entered, and blocks taken out, as tracked changes: runs, paragraph marks and rows (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..ooxml.namespaces import make, w

_RUNS = (w("r"), w("fldSimple"), w("hyperlink"), w("smartTag"), w("sdt"))
_TEXTS = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_AFTER_MARK = frozenset(w(n) for n in ("sectPr", "pPrChange"))


@dataclass(slots=True, kw_only=True)
class Pen:
    """Who enters the changes and when, and the next free id of a change."""

    author: str
    date: str  # as XML Schema writes a moment
    next: int
    used: list[int] = field(default_factory=list)

    def change(self, kind: str) -> etree._Element:
        """A new change: `ins`, `del` or `sectPrChange`."""
        element = make(kind)
        element.set(w("id"), str(self.next))
        element.set(w("author"), self.author)
        element.set(w("date"), self.date)
        self.next += 1
        return element

    def enter(self, block: etree._Element) -> None:
        """Mark a block and all that it holds as inserted."""
        self._mark(block, "ins")

    def strike(self, block: etree._Element) -> None:
        """Mark a block and all that it holds as deleted; what somebody else inserted or deleted stays theirs."""
        self._mark(block, "del")

    def _mark(self, block: etree._Element, kind: str) -> None:
        for row in block.iter(w("tr")):
            properties = row.find(w("trPr"))
            if properties is None:
                properties = make("trPr")
                at = 1 + max((n for n, c in enumerate(row) if c.tag in (w("tblPrEx"),)), default=-1)
                row.insert(at, properties)
            if properties.find(w(kind)) is None:
                at = next((n for n, c in enumerate(properties) if c.tag == w("trPrChange")), len(properties))
                properties.insert(at, self.change(kind))
        for paragraph in [block] if block.tag == w("p") else block.iter(w("p")):
            self.mark_end(paragraph, kind)
            self.mark_runs(paragraph, kind)

    def stand_for(self, line: etree._Element, last: etree._Element) -> None:
        """Let a line at the end of the text be what the agreement's last paragraph was when all is rejected.

        That paragraph's own end is entered with the annex; rejected, its words run into the line, which takes its looks.
        """
        self.mark_end(last, "ins")
        former = last.find(w("pPr"))
        properties = line.find(w("pPr"))
        assert properties is not None
        look = former.find(w("rPr")) if former is not None else None
        if look is not None:
            kept = deepcopy(look)
            for change in kept.findall(w("ins")) + kept.findall(w("del")):
                kept.remove(change)
            properties.append(kept)
        change, was = self.change("pPrChange"), make("pPr")
        spared = (w("rPr"), w("sectPr"), w("pPrChange"))
        was.extend(deepcopy(c) for c in (former if former is not None else ()) if c.tag not in spared)
        change.append(was)
        properties.append(change)

    def mark_end(self, paragraph: etree._Element, kind: str) -> None:
        """Mark the end of a paragraph."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = make("pPr")
            paragraph.insert(0, properties)
        look = properties.find(w("rPr"))
        if look is None:
            look = make("rPr")
            at = next((n for n, c in enumerate(properties) if c.tag in _AFTER_MARK), len(properties))
            properties.insert(at, look)
        if look.find(w(kind)) is None:
            at = 1 if kind == "del" and len(look) and look[0].tag == w("ins") else 0
            look.insert(at, self.change(kind))

    def mark_runs(self, parent: etree._Element, kind: str, only: frozenset[etree._Element] | None = None) -> None:
        """Mark the runs of a paragraph, or those of them in `only`."""
        for child in list(parent):
            if child.tag == w("r"):
                if only is None or child in only:
                    self._wrap(child, kind)
            elif child.tag in (w("hyperlink"), w("smartTag"), w("ins"), w("moveTo"), w("fldSimple")):
                if child.tag == w("ins") and kind == "ins":
                    continue
                self.mark_runs(child, kind, only)
            elif child.tag == w("sdt"):
                content = child.find(w("sdtContent"))
                if content is not None:
                    self.mark_runs(content, kind, only)

    def _wrap(self, run: etree._Element, kind: str) -> None:
        parent = run.getparent()
        assert parent is not None
        before = run.getprevious()
        if before is not None and before.tag == w(kind) and before.get(w("id")) in map(str, self.used[-1:]):
            change = before  # neighbours that change together are one change
        else:
            change = self.change(kind)
            self.used.append(self.next - 1)
            parent.insert(parent.index(run), change)
        change.append(run)
        if kind == "del":
            for text in list(run.iter(*_TEXTS)):
                text.tag = _TEXTS[text.tag]

    def keep_former(self, section: etree._Element) -> None:
        """Note in a section what its page was, before it is changed; headers and footers can't be tracked."""
        former = make("sectPr")
        former.extend(
            deepcopy(c) for c in section if c.tag not in (w("headerReference"), w("footerReference"), w("sectPrChange"))
        )
        change = self.change("sectPrChange")
        change.append(former)
        if section.find(w("sectPrChange")) is None:
            section.append(change)


def paragraphs(blocks: list[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs of blocks, those of tables included."""
    for block in blocks:
        yield from block.iter(w("p"))
