"""The words of any Word file, paragraph by paragraph, with its tracked changes accepted: enough to judge its sentences."""

from __future__ import annotations

from lxml import etree

from .namespaces import MC, w
from .package import Package
from .revisions import accept_all

_BREAKS = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}


def word_paragraphs(package: Package) -> list[tuple[str, bool]]:
    """Each paragraph of the body and of its notes, as its text and whether its style makes it a heading."""
    headings = _heading_styles(package)
    parts = [package.main_part, package.related("footnotes"), package.related("endnotes")]
    out: list[tuple[str, bool]] = []
    for part in (p for p in parts if p):
        root = accept_all(package.xml(part))
        for fallback in list(root.iter(f"{{{MC}}}Fallback")):  # says again what its Choice says
            fallback.getparent().remove(fallback)
        out += [(_text(p), _style(p) in headings) for p in root.iter(w("p"))]
    return out


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style.get(w("val"), "") if style is not None else ""


def _text(paragraph: etree._Element) -> str:
    """The words of a paragraph, without those of paragraphs inside it (text boxes come on their own)."""
    out: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == w("t"):
            out.append(element.text or "")
        elif element.tag in _BREAKS:
            out.append(_BREAKS[element.tag])
        elif element.tag not in (w("p"), w("delText"), w("instrText"), w("pPr"), w("rPr")):
            stack.extend(reversed(element))
    return " ".join("".join(out).split())


def _heading_styles(package: Package) -> frozenset[str]:
    part = package.related("styles")
    found = set()
    for style in package.xml(part).iter(w("style")) if part else ():
        name = style.find(w("name"))
        known = (name.get(w("val"), "") if name is not None else "").casefold()
        if known.startswith(("heading", "title", "toc")) or style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None:
            found.add(style.get(w("styleId"), ""))
    return frozenset(found)
