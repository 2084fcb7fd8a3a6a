"""Redlines equations that differ only in their letters and numbers; any other is one object that comes or goes.

Two equations of one build (the same fractions, roots and scripts around their runs) are paired like text boxes, and
only the runs that changed are in w:ins and w:del.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ...compare.words import diff_tokens
from ...ooxml.namespaces import m, w
from ..text.marks import Marker
from ..text.stream import NO_WIDTH, TOKEN
from .properties import canonical

EQUATIONS = (m("oMath"), m("oMathPara"))
Symbol = tuple[str, str]  # what is written, and how it looks


def build(element: etree._Element) -> str:
    """Return how an equation is built, whatever its runs say; empty when a run holds more than text."""
    said = []
    for child in element:
        if child.tag in NO_WIDTH:
            continue
        if child.tag != m("r"):
            said.append(f"{child.tag}{sorted(child.attrib.items())}({build(child)})")
        elif any(part.tag not in (m("t"), m("rPr"), w("rPr")) for part in child):
            said.append("odd")
    return ";".join(said)


def redline_equation(marker: Marker, before: etree._Element, made: etree._Element) -> None:
    """Mark in `made`, a copy of AFTER's equation, what its runs say otherwise than those of `before`."""
    slots_b, slots_a = _slots(before), _slots(made)
    others_b, others_a = (
        [child for child in e if child.tag != m("r") and child.tag not in NO_WIDTH] for e in (before, made)
    )
    anchors = [child for child in made if child.tag in NO_WIDTH]
    content: list[etree._Element] = []
    for at, (old, new) in enumerate(zip(slots_b, slots_a)):
        content += _runs(marker, old, new)
        if at < len(others_a):
            redline_equation(marker, others_b[at], others_a[at])
            content.append(others_a[at])
    made[:] = content + anchors


def _slots(element: etree._Element) -> list[list[etree._Element]]:
    """Return the runs before, between and after the other children."""
    slots: list[list[etree._Element]] = [[]]
    for child in element:
        if child.tag == m("r"):
            slots[-1].append(child)
        elif child.tag not in NO_WIDTH:
            slots.append([])
    return slots


def _runs(marker: Marker, old: list[etree._Element], new: list[etree._Element]) -> list[etree._Element]:
    before, after = _symbols(old), _symbols(new)
    if [symbol for symbol, _ in before] == [symbol for symbol, _ in after]:
        return new
    out: list[etree._Element] = []
    for op in diff_tokens([symbol for symbol, _ in before], [symbol for symbol, _ in after]):
        if op.kind == "equal":
            out += _written(after[op.b0 : op.b1])
        else:
            holder = marker.element("ins" if op.kind == "insert" else "del")
            holder.extend(_written(after[op.b0 : op.b1] if op.kind == "insert" else before[op.a0 : op.a1]))
            out.append(holder)
    return out


def _symbols(runs: list[etree._Element]) -> list[tuple[Symbol, etree._Element]]:
    """Return each symbol with the run it is in."""
    found = []
    for run in runs:
        look = canonical(run.find(w("rPr"))) + canonical(run.find(m("rPr")))
        text = "".join(part.text or "" for part in run.findall(m("t")))
        found += [((word, look), run) for word in TOKEN.findall(text)]
    return found


def _written(symbols: list[tuple[Symbol, etree._Element]]) -> list[etree._Element]:
    """Return runs that hold the symbols, one for each run they came from."""
    out: list[etree._Element] = []
    last: etree._Element | None = None
    for (word, _), run in symbols:
        if run is not last:
            out.append(deepcopy(run))
            for extra in out[-1].findall(m("t"))[1:]:
                out[-1].remove(extra)
            out[-1].find(m("t")).text = ""
            last = run
        out[-1].find(m("t")).text += word
    return out
