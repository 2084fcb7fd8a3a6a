"""What the annex brings along: its styles and lists, and bookmarks under names that are free in the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from ...ooxml.namespaces import R, W, make, w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ..host.contents import deepest_listed
from ..host.host import Host
from ..host.place import Place
from .fit import Fitted
from .lists import import_lists
from .names import free_bookmarks, next_id
from .parts import restyle
from .styles import import_styles

_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")  # where bookmarks may be


def bring_looks(
    output: Output, host: Host, place: Place, annex: Package, blocks: Sequence[etree._Element]
) -> dict[str, str]:
    """Add the styles and lists that the annex's blocks are in, and have the blocks name them; return the new style ids."""
    numbering = part_of(output, "numbering")
    lists, levels = import_lists(numbering, annex.xml(annex.related("numbering") or ""))
    styles = part_of(output, "styles")
    own = annex.xml(annex.related("styles") or "")
    used = {e.get(w("val"), "") for b in blocks for e in b.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    used |= {level.get(w("val"), "") for level in levels} | {"AnnexEnd"}
    for row in annex.relationships(annex.main_part):
        if row.kind in ("header", "footer"):
            used |= {e.get(w("val"), "") for e in annex.xml(row.target).iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    ids = import_styles(styles, own, sorted(used), lists, below=_below(host, place))
    for level in levels:
        level.set(w("val"), ids.get(level.get(w("val"), ""), ""))
    for block in blocks:
        restyle(block, ids)
        for number in block.iter(w("numId")):
            number.set(w("val"), lists.get(number.get(w("val"), ""), "0"))
    return ids


def _below(host: Host, place: Place) -> int:
    """How many outline levels the annex's headings go down: under its heading, and out of the agreement's contents list."""
    head = next((h for h in host.headings if h.block == place.heading), None)
    return max(deepest_listed(host.root), head.rank if head else 1)


def part_of(output: Output, kind: str) -> etree._Element:
    """The styles, the numbering or the settings of the agreement, made where it has none."""
    found = output.related(kind)
    if found is None:
        found, _ = output.add_own(kind, etree.Element(w(kind), nsmap={"w": W, "r": R}))
    return output.tree(found)


def bring_names(
    output: Output, host: Host, place: Place, blocks: Sequence[etree._Element], *, tracked: bool
) -> dict[str, str]:
    """Give the annex's bookmarks free ids, and free names where one is taken; what points to them follows."""
    marks = (w("bookmarkStart"), w("bookmarkEnd"))
    leave = host.blocks[place.gone : place.seam]
    leave = leave[1:-1] if place.bookmark else leave  # what is next to a bookmark in its first and last paragraph stays
    gone = {b for x in leave for b in x.iter(*marks)}
    roots = [output.peek(p) for p in (output.main_part, *output.all_related(*_STORIES))]
    if tracked:
        gone = set()
    taken = {b.get(w("name"), "") for root in roots for b in root.iter(w("bookmarkStart")) if b not in gone}
    names = free_bookmarks(sorted(bookmarks_of(blocks)), taken)
    following = next_id(roots, "bookmarkStart", "bookmarkEnd", apart=gone)
    numbers: dict[str, str] = {}
    for block in blocks:
        for mark in block.iter(w("bookmarkStart"), w("bookmarkEnd")):
            old = mark.get(w("id"), "")
            if old not in numbers:
                numbers[old] = str(following + len(numbers))
            mark.set(w("id"), numbers[old])
            if mark.tag == w("bookmarkStart"):
                mark.set(w("name"), names.get(mark.get(w("name"), ""), mark.get(w("name"), "")))
        for link in block.iter(w("hyperlink")):
            if link.get(w("anchor")) in names:
                link.set(w("anchor"), names[link.get(w("anchor"), "")])
        for text in block.iter(w("instrText")) if names else ():
            words = (text.text or "").split()
            if len(words) > 1 and words[0].upper() in ("REF", "PAGEREF", "NOTEREF") and words[1] in names:
                text.text = (text.text or "").replace(words[1], names[words[1]], 1)
    return names


def head(host: Host, place: Place, fitted: Fitted, blocks: Sequence[etree._Element]) -> None:
    """Where the title heads the annex: let it be a schedule of the agreement at its end, else a heading of the first level."""
    if not fitted.titled or place.heading is not None:
        return
    properties = blocks[0].find(w("pPr"))
    assert properties is not None
    nouns = [h for h in host.headings if h.noun and not place.gone <= h.block < place.seam]
    last = nouns[-1] if nouns else None
    paragraph = host.paragraph(last.block) if last else None
    own = host.blocks[last.block].find(f"{w('pPr')}/{w('numPr')}") if last else None
    if (
        last is not None
        and paragraph is not None
        and paragraph.number.strip()
        and paragraph.style
        and own is None
        and last.block < place.gone
    ):
        style = properties.find(w("pStyle"))
        assert style is not None
        style.set(w("val"), paragraph.style)
        return
    level = make("outlineLvl")
    level.set(w("val"), "0")
    properties.append(level)


def bookmarks_of(blocks: Iterable[etree._Element]) -> set[str]:
    """The names of the bookmarks in some blocks."""
    return {b.get(w("name"), "") for x in blocks for b in x.iter(w("bookmarkStart"))}
