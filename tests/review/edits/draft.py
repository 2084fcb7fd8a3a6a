"""A Word file being edited, and what every edit needs: places, words, marks of tracking."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from itertools import count
from random import Random

from lxml import etree

from ccclauses.ooxml.namespaces import make, w
from ccclauses.ooxml.package.package import Package, read_package, serialize_xml, write_package

Edit = Callable[["Draft"], "list[Expected]"]
Expected = tuple[str, str, str]  # source, kind and section of a finding
_IDS = count(9001)
AUTHOR, DATE = "Counsel Two", "2026-02-03T10:00:00Z"


class NotHere(Exception):
    """The file has no place for an edit."""


class Draft:
    """A Word file being edited."""

    def __init__(self, package: Package, seed: int = 0) -> None:
        self.parts = dict(package.parts)
        self.main = package.main_part
        self.root = package.xml(self.main)
        self.body = self.root.find(w("body"))
        self.random = Random(seed)
        self.used: set[etree._Element] = set()

    def saved(self) -> bytes:
        """The bytes of the file as it is now."""
        self.parts[self.main] = serialize_xml(self.root)
        return write_package(self.parts)

    def package(self) -> Package:
        return read_package(self.saved())

    # -- places ------------------------------------------------------------------------------------------------

    def sections(self, anchors: str = "_cc_") -> dict[str, list[etree._Element]]:
        """The blocks of each clause, its heading first, by the id of the clause."""
        out: dict[str, list[etree._Element]] = {}
        current = ""
        for block in self.body:
            style = block.find(f"{w('pPr')}/{w('pStyle')}") if block.tag == w("p") else None
            name = style.get(w("val")) if style is not None else ""
            if name.startswith(("Heading", "Schedule")) and not name.startswith("ScheduleLevel"):
                anchor = next((m.get(w("name")) for m in block.iter(w("bookmarkStart"))), "")
                current = anchor[4:].replace("_", "-") if anchor.startswith(anchors) else ""
            if current:
                out.setdefault(current, []).append(block)
        return out

    def paragraph(
        self,
        test: Callable[[str], bool] = lambda text: len(text) > 60,
        *,
        runs: Callable[[int], bool] = lambda n: n == 1,
        but: str = "",
    ) -> tuple[str, etree._Element]:
        """A paragraph of a clause that was not edited yet and passes the test; of one run, so that it is plain."""
        found = [
            (section, block)
            for section, blocks in self.sections().items()
            for block in blocks[1:]
            if section != but
            and block.tag == w("p")
            and block not in self.used
            and test(text_of(block))
            and runs(len(list(block.iter(w("r")))))
        ]
        section, block = self._chosen(found)
        self.used.add(block)
        return section, block

    def reference(self) -> tuple[str, tuple[etree._Element, etree._Element]]:
        """A live reference of a paragraph that was not edited yet: its code, and the run that shows its number."""
        found = [
            (section, block, mark)
            for section, blocks in self.sections().items()
            for block in blocks[1:]
            if block.tag == w("p") and block not in self.used
            for mark in block.iter(w("fldChar"))
            if mark.get(w("fldCharType")) == "separate"
        ]
        section, block, mark = self._chosen(found)
        self.used.add(block)
        run = mark.getparent()
        return section, (next(run.getprevious().iter(w("instrText"))), run.getnext())

    def table(self, rows: int = 3, columns: int = 2) -> tuple[str, etree._Element]:
        """A table of a clause or schedule that was not edited yet."""
        found = [
            (prefix + section, block)
            for prefix, anchors in (("", "_cc_"), ("schedule:", "_cs_"))
            for section, blocks in self.sections(anchors).items()
            for block in blocks
            if block.tag == w("tbl")
            and block not in self.used
            and len(list(block.iter(w("tr")))) >= rows
            and len(list(next(block.iter(w("tr"))).iter(w("tc")))) >= columns
        ]
        section, block = self._chosen(found)
        self.used.add(block)
        return section, block

    def _chosen(self, found: list) -> tuple:  # type: ignore[type-arg]
        if not found:
            raise NotHere
        return self.random.choice(found)

    def clause(
        self, least: int = 3, fits: Callable[[list[etree._Element]], bool] = lambda blocks: True
    ) -> tuple[str, list[etree._Element]]:
        """A clause of which nothing was edited yet."""
        found = [
            (s, bs) for s, bs in self.sections().items() if len(bs) > least and not self.used & set(bs) and fits(bs)
        ]
        section, blocks = self._chosen(found)
        self.used.update(blocks)
        return section, blocks


def without_schedules(package: Package) -> Package:
    """The file with only the headings and small tables of its schedules left: enough to edit, and quick to read."""
    draft = Draft(package)
    inside = False
    for block in list(draft.body):
        anchors = [m.get(w("name"), "") for m in block.iter(w("bookmarkStart"))]
        heading = any(re.fullmatch(r"_cs_[a-z_]+", a) for a in anchors)
        inside = inside or heading
        small = block.tag == w("tbl") and len(list(block.iter(w("tr")))) < 9
        if (
            inside
            and not heading
            and not small
            and block.tag != w("sectPr")
            and block.find(f"{w('pPr')}/{w('sectPr')}") is None
        ):
            draft.body.remove(block)
    return draft.package()


def text_of(block: etree._Element) -> str:
    """The words of a block."""
    return "".join(t.text or "" for t in block.iter(w("t")))


def set_text(block: etree._Element, text: str) -> None:
    """Give a paragraph of one run other words."""
    words = list(block.iter(w("t")))
    words[0].text = text
    for other in words[1:]:
        other.text = ""


def tracked(kind: str) -> etree._Element:
    mark = make(kind)
    mark.set(w("id"), str(next(_IDS)))
    mark.set(w("author"), AUTHOR)
    mark.set(w("date"), DATE)
    return mark


def track_text(block: etree._Element, new: str) -> None:
    """Replace the words of a paragraph of one run, tracked word by word."""
    run = next(block.iter(w("r")))
    parent, old = run.getparent(), text_of(block)
    head = len(common(old, new))
    tail = len(common(old[head:][::-1], new[head:][::-1]))
    pieces = [
        ("", old[:head]),
        ("del", old[head : len(old) - tail]),
        ("ins", new[head : len(new) - tail]),
        ("", old[len(old) - tail :]),
    ]
    place = parent.index(run)
    parent.remove(run)
    for kind, words in pieces:
        if not words:
            continue
        copy = deepcopy(run)
        set_text(copy, words)
        if kind == "del":
            for t in copy.iter(w("t")):
                t.tag = w("delText")
        element = copy
        if kind:
            element = tracked(kind)
            element.append(copy)
        parent.insert(place, element)
        place += 1


def common(a: str, b: str) -> str:
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return a[:n]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.])\s+(?=[A-Z])", text)


def several(text: str) -> bool:
    return len(sentences(text)) > 1


def without_anchors(block: etree._Element) -> etree._Element:
    for mark in list(block.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        mark.getparent().remove(mark)
    return block


def cut_runs(block: etree._Element, text: str, size: int = 7) -> None:
    """Give a paragraph of one run other words, in runs as a program cuts them."""
    run = next(block.iter(w("r")))
    parent, place = run.getparent(), run.getparent().index(run)
    parent.remove(run)
    for start in range(0, len(text), size):
        copy = deepcopy(run)
        set_text(copy, text[start : start + size])
        parent.insert(place, copy)
        place += 1


def mark_paragraph(block: etree._Element, kind: str) -> None:
    """Track a paragraph's mark as new or gone."""
    properties = block.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        block.insert(0, properties)
    marks = properties.find(w("rPr"))
    if marks is None:
        marks = etree.SubElement(properties, w("rPr"))
    marks.insert(0, tracked(kind))


def track_runs(block: etree._Element, kind: str) -> None:
    """Track every run of a block as new or gone."""
    for run in list(block.iter(w("r"))):
        mark = tracked(kind)
        run.addprevious(mark)
        mark.append(run)
        if kind in ("del", "moveFrom"):
            for old, new in (("t", "delText"), ("instrText", "delInstrText")):
                for words in run.iter(w(old)):
                    if kind == "del":
                        words.tag = w(new)
