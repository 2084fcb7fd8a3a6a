"""Shows paragraphs that were deleted in one place and inserted word for word in another as moves."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from ...ooxml.namespaces import make, w
from .marks import Marker

LEAST_WORDS = 4  # shorter paragraphs come and go by chance
PLAIN = frozenset({w("r"), w("pPr"), w("bookmarkStart"), w("bookmarkEnd"), w("ins"), w("del")})
PLAIN_IN_RUN = frozenset({w("rPr"), w("t"), w("delText"), w("tab"), w("br"), w("noBreakHyphen"), w("softHyphen")})


def show_moves(roots: list[etree._Element], marker: Marker) -> int:
    """Turn matching whole paragraphs into moves, in place; return how many there are."""
    moved = 0
    for root in roots:
        gone: dict[str, list[etree._Element]] = defaultdict(list)
        come: dict[str, list[etree._Element]] = defaultdict(list)
        for paragraph in root.iter(w("p")):
            for sign, found in (("del", gone), ("ins", come)):
                text = _whole(paragraph, sign)
                if text and len(text.split()) >= LEAST_WORDS:
                    found[text].append(paragraph)
        for text, sources in gone.items():
            for source, target in zip(sources, come.get(text, ())):
                moved += 1
                _turn(source, "moveFrom", f"move{marker.number()}", marker)
                _turn(target, "moveTo", _name_of(source), marker)
    return moved


def _whole(paragraph: etree._Element, sign: str) -> str | None:
    """Return the text of a paragraph that is deleted or inserted as a whole and holds nothing but words."""
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}/{w(sign)}")
    if mark is None or paragraph.getparent().tag == w("tc") or paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return None
    out: list[str] = []
    for child in paragraph:
        if (
            child.tag not in PLAIN
            or child.tag == w("r")
            or (child.tag in (w("ins"), w("del")) and child.tag != w(sign))
        ):
            return None
        for run in child.iter(w("r")):
            if any(part.tag not in PLAIN_IN_RUN for part in run):
                return None
            out.extend(
                (part.text or "") if part.tag in (w("t"), w("delText")) else "\t"
                for part in run
                if part.tag != w("rPr")
            )
    return "".join(out)


def _turn(paragraph: etree._Element, kind: str, name: str, marker: Marker) -> None:
    """Make a deleted paragraph the source of a move, or an inserted one its target."""
    sign = w("del") if kind == "moveFrom" else w("ins")
    for change in list(paragraph.iter(sign)):
        change.tag = w(kind)
    for text in list(paragraph.iter(w("delText"))):
        text.tag = w("t")  # Word writes, and wants, plain text inside w:moveFrom
    start, end = marker.element(kind + "RangeStart"), make(kind + "RangeEnd")
    start.set(w("name"), name)
    end.set(w("id"), start.get(w("id")))
    at = 1 if paragraph.find(w("pPr")) is not None else 0
    paragraph.insert(at, start)
    paragraph.append(end)


def _name_of(source: etree._Element) -> str:
    return source.find(w("moveFromRangeStart")).get(w("name"))
