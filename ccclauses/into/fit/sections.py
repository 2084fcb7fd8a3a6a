"""The sections at the seams: the one before closed, the annex's fitted in, the one after as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import make, w
from ...ooxml.output import Output
from ...ooxml.sections import CONTINUOUS, NEW_PAGE, Slot, changing, refer
from ...ooxml.style_sheet import is_on
from ..host.host import Host, references
from ..host.seam import Seam
from ..page_breaks import spare_breaks
from ..track import Pen
from .parts import blank_banner

_MARKS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr")
_NOT_TAKEN = (
    "headerReference",
    "footerReference",
    "titlePg",
    "pgNumType",
    "cols",
)  # what the annex's own pages don't decide
_AFTER_NUMBER = (
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange".split()
)


def fit_sections(
    host: Host, sections: Sequence[etree._Element], seam: Seam, banners: Mapping[str, str], *, own_banners: bool
) -> list[etree._Element]:
    """Give the annex's sections the agreement's paper and page numbers, and headers of their own or the agreement's."""
    out: list[etree._Element] = []
    even = _even(host)
    number = seam.into.properties.find(w("pgNumType"))
    begins = seam.opening > 0 and seam.start is not None and seam.into.first == host.blocks.index(seam.start)
    for at, section in enumerate(sections):
        shown: dict[Slot, str] = {
            slot: banners[id_] for slot, id_ in references(section).items() if id_ in banners and slot[1] != "first"
        }
        if not own_banners:
            shown = {slot: id_ for slot, id_ in seam.into.shown.items() if slot[1] != "first"}
        elif even:
            for kind in ("header", "footer"):
                if (kind, "default") in shown:
                    shown.setdefault((kind, "even"), shown[kind, "default"])
        with changing(section) as page:
            page.remove_all(*(f"w:{name}" for name in _NOT_TAKEN))
            refer(page, shown)
            if number is not None and (number.get(w("fmt")) or begins):
                counted = make("pgNumType")
                for name in ("fmt", *(("start",) if begins and at == 0 else ())):
                    if number.get(w(name)) is not None:
                        counted.set(w(name), number.get(w(name), ""))
                if len(counted.attrib):
                    page.insert_element_before(counted, *(f"w:{name}" for name in _AFTER_NUMBER))
            page.start_type = NEW_PAGE
        out.append(page)
    return out


def _even(host: Host) -> bool:
    settings = host.package.related("settings")
    tree = host.package.xml(settings) if settings else None
    return tree is not None and is_on(tree.find(w("evenAndOddHeaders")))


def close_before(host: Host, seam: Seam, ids: Mapping[str, str], pen: Pen | None, told: list[str]) -> None:
    """End the section of what comes before, with a copy of its own properties."""
    if seam.before is None:
        return
    copy = deepcopy(seam.before.properties)
    for change in copy.findall(w("sectPrChange")):
        copy.remove(change)
    start = seam.start if seam.start is not None else host.body[-1]
    at = start.getprevious()
    while at is not None and at.tag in map(w, _MARKS):
        at = at.getprevious()
    if at is None:
        return
    spare_breaks(seam, at, pen, told)
    last = seam.after is None and not seam.gone and not seam.opening  # of the text; its end is entered with the annex
    if at.tag == w("p") and (pen is None or last):
        end_section(at, copy)
        told.append("the section before the annex ends at the paragraph before it, with the properties that it had")
        return
    closing = small_line(ids, copy)
    if pen:
        pen.enter(closing)
    start.addprevious(closing)
    told.append("a small empty paragraph before the annex ends the section there, with the properties that it had")


def go_on(output: Output, seam: Seam, sections: Sequence[etree._Element], pen: Pen | None, told: list[str]) -> None:
    """Let the section after the annex be what it was: its headers written out, no second first page, on a new page."""
    section = seam.following
    if section is None:
        return
    with changing(section.properties) as properties:
        if pen:
            pen.keep_former(properties)
        own = references(properties)
        taken = {slot for s in sections for slot in references(s)}
        added: dict[Slot, str] = {}
        for slot, id_ in section.shown.items():
            if slot not in own:
                added[slot] = id_
        for slot in sorted(taken - set(section.shown)):
            added[slot] = blank_banner(output, slot[0])
        refer(properties, added)
        if added:
            told.append(
                "the section after the annex names the headers and footers that it took over from the one before"
            )
        if seam.continues:
            properties.titlePg_val = False
            number = properties.find(w("pgNumType"))
            if number is not None and number.attrib.pop(w("start"), None) is not None and not len(number.attrib):
                properties.remove(number)
        kind = properties.find(w("type"))
        if kind is not None and (seam.continues or kind.get(w("val")) == "continuous"):
            if kind.get(w("val")) != "nextPage":
                properties.start_type = NEW_PAGE
                told.append("the section after the annex begins on a new page")


def end_lines(
    blocks: list[etree._Element], last: etree._Element, ids: Mapping[str, str], seam: Seam, pen: Pen | None
) -> None:
    """Let the last paragraph of the annex end its last section where something of the agreement follows."""
    end = blocks[-1]
    if seam.after is None and pen is None:
        if end.tag != w("p"):  # Word ends every text with a paragraph, and would add one
            blocks.append(small_line(ids, None))
        return
    if end.tag != w("p"):
        blocks.append(small_line(ids, deepcopy(last)))
    else:
        end_section(end, deepcopy(last))


def end_with_agreement(
    host: Host, blocks: Sequence[etree._Element], ids: Mapping[str, str], pen: Pen, told: list[str]
) -> None:
    """Let the agreement's own last section end the text behind an annex that is tracked there.

    A section can't be tracked, nor the last paragraph of a text: the section stays, on a small line that becomes the
    agreement's last paragraph again when all is rejected.
    """
    end = host.body[-1]
    tail, before = small_line(ids, None), blocks[0].getprevious()
    if before is not None and before.tag == w("p"):
        pen.stand_for(tail, before)
    if not host.blocks or host.blocks[-1].tag != w("p"):  # Word ends every text with a paragraph, which stays
        told.append("the agreement does not end with a paragraph, as Word wants it to; it ends with an empty line now")
    end.addprevious(tail)
    taken = {s for b in blocks for e in b.iter(w("sectPr")) for s in references(e)}
    own = references(end)
    with changing(end) as last:
        pen.keep_former(last)
        last.start_type = CONTINUOUS
        last.titlePg_val = False
        refer(last, {s: i for s, i in host.sections[-1].shown.items() if s not in own and s in taken})


def small_line(ids: Mapping[str, str], section: etree._Element | None) -> etree._Element:
    """The small line that ends a section."""
    line, properties, style = make("p"), make("pPr"), make("pStyle")
    style.set(w("val"), ids.get("AnnexEnd", ""))
    properties.append(style)
    if section is not None:
        properties.append(section)
    line.append(properties)
    return line


def end_section(paragraph: etree._Element, section: etree._Element) -> None:
    """Let a paragraph end a section."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(w("sectPr")):
        properties.remove(old)
    at = next((n for n, c in enumerate(properties) if c.tag == w("pPrChange")), len(properties))
    properties.insert(at, section)
