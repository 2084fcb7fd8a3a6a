"""The annex built for one agreement: its paper and margins, its font, and what an agreement has of its own left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from ...model.annex import Annex
from ...ooxml.namespaces import w
from ...ooxml.package.package import Package, read_package
from ...ooxml.style_sheet import StyleSheet
from ...ooxml.styles import Styles
from ...write.labels import label
from ...write.word.docx import write_docx
from ...write.word.house_style import MARGINS, HouseStyle, number_of
from ...write.word.word_body import front_length
from ..host.host import Host, SectionAt
from ..host.place import Place

_SIZES = (16, 28)  # half-points of a text that is taken over: 8 to 14 points
_LETTER = (12240, 15840)
_PARAGRAPH_STYLE = f"{w('pPr')}/{w('pStyle')}"
INNER = ("Part", "Appendix", "Attachment", "Annexure")  # words for the annex's own schedules, the first that is free


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """An annex made for an agreement: its package, the blocks that go in, and those that are left out."""

    package: Package
    blocks: tuple[etree._Element, ...]  # the last one ends the last section, unless `last` does
    last: etree._Element  # the section of the last blocks
    left_out: tuple[tuple[str, tuple[etree._Element, ...]], ...]  # title, contents, signatures
    titled: bool


def inner_word(host: Host, place: Place, own: str, asked: str) -> str:
    """The word for the annex's own schedules: the law's, or another where the agreement's schedules bear it already."""
    if asked:
        return own if asked == "keep" else asked.capitalize()
    kept = (at for at in range(len(host.blocks)) if not place.gone <= at < place.seam)
    taken = {noun for at in kept for noun in host.nouns_at(at)}
    if own.casefold() not in taken:
        return own
    return next((word for word in INNER if word.casefold() not in taken), own)


def house_for(host: Host, section: SectionAt, style: HouseStyle, *, own_look: bool) -> tuple[HouseStyle, str]:
    """The house style on the paper of a section of the agreement, in the agreement's font unless it keeps its own."""
    size, margin = section.properties.find(w("pgSz")), section.properties.find(w("pgMar"))
    sides = sorted((number_of(size, "w", _LETTER[0]), number_of(size, "h", _LETTER[1])))
    margins = tuple(
        number_of(margin, name, default) for name, default in zip(MARGINS, (1440, 1440, 1440, 1440, 720, 720, 0))
    )
    if sides[0] != number_of(size, "w", _LETTER[0]):  # a landscape section: its margins turned back with the paper
        top, right, bottom, left, *rest = margins
        margins = (right, bottom, left, top, *rest)
    styles = style.styles if own_look else _in_font(style, *host_font(host))
    return replace(style, margins=margins, styles=styles), f"{sides[0]}x{sides[1]}"


def host_font(host: Host) -> tuple[etree._Element | None, int]:
    """The font and the size, in half-points, that most words of the agreement are in."""
    fonts: Counter[bytes] = Counter()
    sizes: Counter[int] = Counter()
    inherited: dict[str, tuple[bytes, int]] = {}
    for text in host.body.iter(w("t")):
        run = text.getparent()
        paragraph = run.getparent() if run is not None else None
        if run is None or paragraph is None or paragraph.tag != w("p") or not text.text:
            continue
        found = paragraph.find(_PARAGRAPH_STYLE)
        style = found.get(w("val"), "") if found is not None else host.styles.default
        if style not in inherited:
            inherited[style] = _inherited(host.styles, style)
        font, size = inherited[style]
        own = run.find(w("rPr"))
        if own is not None and (said := own.find(w("rFonts"))) is not None and _names_font(said):
            font = etree.tostring(said)
        if own is not None and (said := own.find(w("sz"))) is not None:
            size = number_of(said, "val", 20)
        fonts[font] += len(text.text)
        sizes[size] += len(text.text)
    if not fonts:
        return None, 0
    return (etree.fromstring(best) if (best := fonts.most_common(1)[0][0]) else None), sizes.most_common(1)[0][0]


def _inherited(styles: StyleSheet, style: str) -> tuple[bytes, int]:
    """The font and the size of a style, the nearest that says so first: itself, those it is based on, the defaults."""
    tiers = [t for t in (*styles.run_properties(style), styles.defaults) if t is not None]
    font = next((e for t in tiers if (e := t.find(w("rFonts"))) is not None and _names_font(e)), None)
    size = next((e for t in tiers if (e := t.find(w("sz"))) is not None), None)
    return b"" if font is None else etree.tostring(font), number_of(size, "val", 20)


def _names_font(fonts: etree._Element) -> bool:
    """Whether the font of Latin letters is named, and not only that of other scripts."""
    return any(fonts.get(w(name)) for name in ("ascii", "asciiTheme"))


def _in_font(style: HouseStyle, font: etree._Element | None, size: int) -> Styles:
    """The styles of a house style in another font, every size in proportion."""
    styles = style.styles.copy()
    body = styles.size(style.role_styles["body"])
    if font is not None:
        for fonts in styles.root.iter(w("rFonts")):
            fonts.attrib.clear()
            for name, text in font.attrib.items():
                fonts.set(name, text)
    if _SIZES[0] <= size <= _SIZES[1] and size != body:
        for found in styles.root.iter(w("sz"), w("szCs")):
            was = number_of(found, "val", body)
            found.set(w("val"), str(max(2, round(was * size / body)) if was > 4 else was))
    return styles


def fitted(
    annex: Annex,
    style: HouseStyle,
    paper: str,
    *,
    draft: bool | None,
    title: bool,
    heading: bool,
    signatures: bool,
) -> Fitted:
    """Write the annex and take out what the agreement has of its own.

    `title` keeps the whole title block, `heading` its first line alone, which then heads the annex.
    """
    package = read_package(write_docx(annex, style, draft=draft, paper=paper))
    body = package.xml(package.main_part)[0]
    blocks = list(body)
    last = blocks.pop()
    front, listed = front_length(annex)
    contents = front + listed
    left: list[tuple[str, tuple[etree._Element, ...]]] = [("contents", tuple(blocks[front:contents]))]
    kept = blocks[contents:]
    _without_break(kept)
    if title:
        kept = [*blocks[:front], *kept]
    else:
        left.append(("title", tuple(blocks[:front])))
        kept = [*blocks[: int(heading)], *kept]
    if annex.signatures and not signatures:
        at = _signatures(kept, label(annex, "signatures"))
        left.append(("signatures", tuple(kept[at:])))
        kept = kept[:at]
        if (own := kept[-1].find(f"{w('pPr')}/{w('sectPr')}")) is not None:
            last = own  # the section that a landscape schedule closed before the signatures is the last one now
            parent = own.getparent()
            assert parent is not None
            parent.remove(own)
    return Fitted(
        package=package,
        blocks=tuple(kept),
        last=deepcopy(last),
        left_out=tuple(left),
        titled=title or heading,
    )


def _without_break(blocks: Iterable[etree._Element]) -> None:
    """The opening of a contract begins on a page of its own after the contents; inside an agreement it follows its heading."""
    first = next(iter(blocks), None)
    found = first.find(f"{w('pPr')}/{w('pageBreakBefore')}") if first is not None else None
    if found is not None:
        found.getparent().remove(found)


def _signatures(blocks: list[etree._Element], title: str) -> int:
    """Where the signatures begin: at the last heading that says so."""
    for at in range(len(blocks) - 1, -1, -1):
        if blocks[at].tag == w("p") and "".join(t.text or "" for t in blocks[at].iter(w("t"))) == title:
            return at
    return len(blocks)
