"""Page breaks at the seams, which would leave an empty page where a section begins a page by itself."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..ooxml.namespaces import w
from .host.seam import Seam
from .track import Pen

_SHOWN = tuple(map(w, ("t", "drawing", "pict", "object", "sym")))


def spare_breaks(seam: Seam, last: etree._Element, pen: Pen | None, told: list[str]) -> None:
    """Take out the page breaks right before the annex, `last` being the block there, before its heading, and right after it."""
    found = [(_break_after_words(last), "right before the annex")]
    if seam.opening:
        found.append((_break_before_words(seam.start), "before the heading of the annex"))
    if seam.continues:
        found.append((_break_before_words(seam.after), "right after the annex"))
    for mark, where in found:
        if mark is not None and _spared(mark, pen):
            told.append(f"a page break {where} was taken out, since the new section begins a page")


def _break_after_words(block: etree._Element | None) -> etree._Element | None:
    """The last page break behind all words of a paragraph, or of empty ones after it."""
    while block is not None and block.tag == w("p") and block.find(f"{w('pPr')}/{w('sectPr')}") is None:
        for mark in reversed(list(_marks(block))):
            return mark if mark.tag == w("br") else None
        block = block.getprevious()
    return None


def _break_before_words(block: etree._Element | None) -> etree._Element | None:
    """The first page break before all words of a paragraph, or of empty ones before it."""
    while block is not None and block.tag == w("p") and block.find(f"{w('pPr')}/{w('sectPr')}") is None:
        for mark in _marks(block):
            return mark if mark.tag == w("br") else None
        block = block.getnext()
    return None


def _marks(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The page breaks of a paragraph, and what else shows."""
    for element in paragraph.iter(w("br"), *_SHOWN):
        if (
            element.get(w("type")) == "page"
            if element.tag == w("br")
            else element.tag != w("t") or (element.text or "").strip()
        ):
            yield element


def _spared(mark: etree._Element, pen: Pen | None) -> bool:
    """Take a page break out, or strike the run that is nothing else; False where it has to stay."""
    run = mark.getparent()
    holder = run.getparent() if run is not None and run.tag == w("r") else None
    if run is None or holder is None:
        return False
    alone = all(c is mark or c.tag == w("rPr") for c in run)
    if pen is not None:
        if not alone or holder.tag != w("p"):
            return False
        pen.mark_runs(holder, "del", frozenset({run}))
    else:
        (holder if alone else run).remove(run if alone else mark)
    return True
