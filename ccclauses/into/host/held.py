"""What a bookmark of the agreement holds, taken out so that whole blocks are left; the bookmark stays around the annex."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import make, w
from ..track import Pen
from .host import Host, Refused
from .place import Place
from .seam import Seam

Marks = tuple[etree._Element, etree._Element]  # the beginning and the end of a bookmark


def open_bookmark(host: Host, place: Place, seam: Seam, pen: Pen | None, told: list[str]) -> Marks | None:
    """Take out what a bookmark holds in its first and last paragraph, so that whole blocks are left to take out."""
    name = place.bookmark
    start = next(e for e in host.root.iter(w("bookmarkStart")) if e.get(w("name")) == name)
    end = next(e for e in host.root.iter(w("bookmarkEnd")) if e.get(w("id")) == start.get(w("id")))
    inside = _inside(seam.gone, start, end)
    seam.gone = [b for b in seam.gone if b is not start and b is not end]  # which may are between paragraphs
    if not pen and seam.start in (start, end):
        seam.start = seam.start.getnext()
    if not seam.gone and pen:
        return None
    if not seam.gone:
        detach(start)
        detach(end)
        return start, end
    first, last = seam.gone[0], seam.gone[-1]
    if pen:
        _strike_inside(host, place, pen, seam, inside)
        return None
    if first.tag == w("p") and first is last and _says(first, inside, after=False) and _says(first, inside, after=True):
        behind = deepcopy(first)
        marks = list(first.iter())
        keep = {n for n, e in enumerate(marks) if e not in inside and _comes_after(e, end, marks)}
        for at, element in reversed(list(enumerate(list(behind.iter())))):
            if element.tag in (w("r"), w("bookmarkStart"), w("bookmarkEnd"), w("hyperlink")) and at not in keep:
                detach(element)
        for at, element in reversed(list(enumerate(marks))):
            if element.tag in (w("r"), w("bookmarkStart"), w("bookmarkEnd")) and at in keep or element in inside:
                detach(element)
        detach(start)
        detach(end)
        _unnumbered(behind)
        first.addnext(behind)
        seam.gone, seam.after = [], behind
        told.append("the paragraph around the bookmark is two now: its words before the annex and those after it")
        return start, end
    detach(start)
    detach(end)
    if first.tag == w("p") and _says(first, inside, after=False):
        for element in [e for e in first.iter() if e in inside]:
            detach(element)
        seam.gone = seam.gone[1:]
        told.append("of the first paragraph of the place only the words before the bookmark are left")
    if seam.gone and last.tag == w("p") and last in seam.gone and _says(last, inside, after=True):
        for element in [e for e in last.iter() if e in inside]:
            detach(element)
        seam.gone, seam.after = seam.gone[:-1], last
        told.append("of the last paragraph of the place only the words after the bookmark are left")
    if seam.start is not None and seam.start is first and first not in seam.gone:
        following = seam.start.getnext()
        seam.start = following if following is not None and following.tag != w("sectPr") else None
    seam.before = seam.before or (host.section_at(place.gone) if first not in seam.gone else None)
    if seam.after is not None and seam.following is None:
        seam.following, seam.continues = host.section_at(place.seam - 1), True
    return start, end


def kept_around(place: Place, seam: Seam, pen: Pen | None) -> Marks | None:
    """The agreement's own bookmark around an earlier annex, which stays around the new one."""
    if not place.older or pen or not seam.gone:
        return None
    starts = [m for m in seam.gone[0].iter(w("bookmarkStart")) if not m.get(w("name"), "_").startswith("_")]
    for start in starts:
        for end in (e for b in seam.gone[-2:] for e in b.iter(w("bookmarkEnd"))):
            if end.get(w("id")) == start.get(w("id")):
                detach(start)
                detach(end)
                return start, end
    return None


def _strike_inside(host: Host, place: Place, pen: Pen, seam: Seam, inside: set[etree._Element]) -> None:
    """Strike what a bookmark holds of its first and last paragraph; whole blocks are left to strike."""
    first, last = seam.gone[0], seam.gone[-1]
    kept = [b for b, after in ((first, False), (last, True)) if b.tag == w("p") and _says(b, inside, after=after)]
    if len(kept) == 2 and first is last:
        raise Refused(
            f"the bookmark “{place.bookmark}” is inside one paragraph, which can't be divided by a tracked change",
            hint="set it around whole paragraphs, or leave --track out",
        )
    for block in kept:
        pen.mark_runs(block, "del", frozenset(inside))
    if first in kept:
        seam.gone = seam.gone[1:]
    if last in kept:
        seam.gone, seam.after = seam.gone[:-1], last
        if seam.following is None:
            seam.following, seam.continues = host.section_at(place.seam - 1), True
    if seam.start is not None and seam.start is first and first in kept:
        seam.start = seam.start.getnext()
    seam.before = seam.before or (host.section_at(place.gone) if first in kept else None)


def _inside(blocks: Sequence[etree._Element], start: etree._Element, end: etree._Element) -> set[etree._Element]:
    """The runs between two marks."""
    out: set[etree._Element] = set()
    met = False
    for block in blocks:
        for element in block.iter(w("r"), w("bookmarkStart"), w("bookmarkEnd")):
            if element is start:
                met = True
            elif element is end:
                return out
            elif met and element.tag == w("r"):
                out.add(element)
    return out


def _says(paragraph: etree._Element, inside: set[etree._Element], *, after: bool) -> bool:
    """Whether a paragraph has words before, or after, its runs inside a bookmark."""
    runs = list(paragraph.iter(w("r")))
    held = [n for n, run in enumerate(runs) if run in inside]
    outer = runs[held[-1] + 1 :] if after and held else runs[: held[0]] if held else runs
    return any((t.text or "").strip() for run in outer for t in run.iter(w("t")))


def _comes_after(element: etree._Element, mark: etree._Element, order: Sequence[etree._Element]) -> bool:
    return order.index(element) > order.index(mark)


def _unnumbered(paragraph: etree._Element) -> None:
    """Let the second half of a paragraph have no number of its own."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    number, level = make("numPr"), make("numId")
    level.set(w("val"), "0")
    number.append(level)
    at = next(
        (
            n
            for n, c in enumerate(properties)
            if c.tag.rpartition("}")[2]
            not in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
        ),
        len(properties),
    )
    properties.insert(at, number)


def detach(element: etree._Element) -> None:
    """Take an element out of the tree, if it is in one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
