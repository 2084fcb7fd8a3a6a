"""Edits that nobody tracked, shown as tracked changes: accepted they are what came back, rejected what was sent.

What was sent is first put back by tracked changes, in a file seen as it was before the other side tracked anything. Then
those changes are turned round: what they delete is what was put in silently, what they insert is what was taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lxml import etree

from ...ooxml.namespaces import w

_SWAPPED = {
    w("ins"): w("del"),
    w("moveTo"): w("moveFrom"),
    w("del"): w("seen"),
    w("moveFrom"): w("seen"),
    w("delText"): w("t"),
    w("delInstrText"): w("instrText"),
}
_TEXTS = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_PLAIN = {new: old for old, new in _TEXTS.items()}


@contextmanager
def before_tracking(roots: Iterable[etree._Element]) -> Iterator[None]:
    """Show trees as they were before their tracked changes, for as long as this lasts."""
    marks = [(e, e.tag) for root in roots for e in root.iter(*_SWAPPED)]
    for element, tag in marks:
        element.tag = _SWAPPED[tag]
    try:
        yield
    finally:
        for element, tag in marks:
            element.tag = tag


def turned(marks: Iterable[etree._Element]) -> list[etree._Element]:
    """Turn tracked changes round, and return those that stand; inside what others deleted there is nothing to show."""
    out = []
    for mark in marks:
        parent = mark.getparent()
        if parent is None or mark.tag not in (w("ins"), w("del")):
            continue
        is_inserted = mark.tag == w("ins")
        deleted = next(mark.iterancestors(w("del"), w("moveFrom")), None)
        if deleted is not None:
            if not is_inserted or parent is not deleted or mark.getnext() is not None:
                _take_away(mark, keep=not is_inserted)
                continue
            deleted.addnext(mark)
        mark.tag = w("del") if is_inserted else w("ins")
        names = _TEXTS if is_inserted else _PLAIN
        for text in mark.iter(*names):
            text.tag = names[text.tag]
        out.append(mark)
    return out


def _take_away(mark: etree._Element, *, keep: bool) -> None:
    """Take a mark away, its content too unless that is to be kept."""
    for child in list(mark) if keep else ():
        mark.addprevious(child)
    mark.getparent().remove(mark)
