"""The consolidated text put into the signed Word file, of which all that does not change stays, to the last footnote.

The annex is written twice in the file's own styles, as signed and as consolidated. Where the two agree, the signed
file's own paragraphs and table rows stay; where they differ, those of the second take their place, laid out as their
neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from lxml import etree

from ...compare.contents import tidy_text
from ...ooxml.namespaces import w
from ...ooxml.package.package import Package, serialize_xml, write_package
from ...ooxml.revisions import accept_all, has_revisions

_IDS = re.compile(rb' w:id="\d+"')
_FREE = 500_000  # ids of bookmarks that are put in begin here, above those that a program counts
_OFFERED = ("rStyle", "tblStyle")  # styles that a block can do without

Element: TypeAlias = etree._Element


class SpliceError(Exception):
    """Why a text can't be put into a file, in one sentence."""


def spliced(signed: Package, before: Package, after: Package) -> bytes:
    """The signed file with what differs between `before` and `after`; raises `SpliceError`."""
    root = signed.xml(signed.main_part)
    if has_revisions(root):
        accept_all(root)
    body = root.find(w("body"))
    section = body.find(w("sectPr"))
    own = [e for e in body if e is not section]
    was, now = _blocks(before), _blocks(after)
    place = _places(own, was)
    if not any(_is_contents(was[n]) for n in place):  # the contents list has a form of its own, and keeps it
        place = _without_contents(was, place)
        was, now = ([e for e in side if not _is_contents(e)] for side in (was, now))
    looks = _looks(signed, own, was, place)
    groups = _grouped(own, place)
    out = groups.pop(-1, [])
    for tag, i, j, k, end in SequenceMatcher(None, _marks(was), _marks(now), autojunk=False).get_opcodes():
        rest = [e for n in range(i, j) for e in groups.get(n, [])]
        if tag == "equal":
            out += rest
            continue
        facing = {n: own[place[n]] for n in range(i, j) if n in place}
        for n, element in enumerate(now[k:end], i):
            table = facing.get(n) if n < j and was[n].tag == element.tag == w("tbl") else None
            out.append(_fitted(element, looks) if table is None else _spliced_table(table, was[n], element, looks))
        gone = {id(e) for e in facing.values()}
        _keep_section([e for e in rest if id(e) in gone], out)
        out += [e for e in rest if id(e) not in gone]
    # What stays is moved within the tree: taken out and put back, each block would be searched for its namespaces.
    body.extend([*out, *([section] if section is not None else [])])
    stays = {id(e) for e in out}
    for element in own:
        if id(element) not in stays:
            body.remove(element)
    _number_bookmarks(root)
    return write_package({**signed.parts, signed.main_part: serialize_xml(root), **_properties(signed, after)})


def _blocks(package: Package) -> list[Element]:
    return [e for e in package.xml(package.main_part).find(w("body")) if e.tag != w("sectPr")]


def _text(element: Element) -> str:
    return tidy_text(" ".join("".join(t.text or "" for t in p.iter(w("t"))) for p in element.iter(w("p"))))


# ------------------------------------------------------------------------------------- which block answers to which


def _places(own: list[Element], was: list[Element]) -> dict[int, int]:
    """Which block of the signed file answers to each that was written; a text without one can't be carried over."""
    one, other = ([(e.tag, _text(e)) for e in side] for side in (was, own))
    found = {
        b.a + n: b.b + n
        for b in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        for n in range(b.size)
    }
    there = set(other)  # a heading of a group may stand elsewhere: the parties' own clause belongs to no group
    for n, element in enumerate(was):
        if n not in found and one[n][1] and one[n] not in there and not _is_contents(element):
            said = one[n][1][:60]
            raise SpliceError(
                f"the signed file does not say “{said}” by its present numbers; if they are out of date, update its fields"
            )
    return found


def _is_contents(element: Element) -> bool:
    """Whether a written block is a line of the contents list, which other programs keep in a form of their own."""
    link = element.find(w("hyperlink"))
    return link is not None and link.get(w("anchor")) is not None


def _without_contents(was: list[Element], place: Mapping[int, int]) -> dict[int, int]:
    """The places of the written blocks when the lines of the contents list are left out."""
    kept = [n for n, e in enumerate(was) if not _is_contents(e)]
    return {new: place[n] for new, n in enumerate(kept) if n in place}


def _grouped(own: list[Element], place: Mapping[int, int]) -> dict[int, list[Element]]:
    """The signed file's blocks by the written one that they answer to or follow; -1 for those before the first."""
    at = {position: n for n, position in place.items()}
    groups: dict[int, list[Element]] = {}
    current = -1
    for position, element in enumerate(own):
        current = at.get(position, current)
        groups.setdefault(current, []).append(element)
    return groups


def _marks(blocks: list[Element]) -> list[bytes]:
    """Blocks as bytes, without the ids that count on through a file."""
    return [_IDS.sub(b"", etree.tostring(b, method="c14n")) for b in blocks]


# ------------------------------------------------------------------------------------- looks


@dataclass(frozen=True, slots=True)
class _Looks:
    """How the signed file sets each written style, as paragraph properties, and which styles it has."""

    properties: Mapping[str, Element | None]
    styles: frozenset[str]


def _looks(signed: Package, own: list[Element], was: list[Element], place: Mapping[int, int]) -> _Looks:
    counts: dict[str, Counter[bytes]] = {}
    for n, position in place.items():
        pairs = list(was[n].iter(w("p"))), list(own[position].iter(w("p")))
        for one, other in zip(*pairs) if len(pairs[0]) == len(pairs[1]) else ():
            properties = deepcopy(other.find(w("pPr")))
            for found in list(properties) if properties is not None else ():
                if found.tag in (w("sectPr"), w("rPr")):
                    properties.remove(found)
            text = etree.tostring(properties, encoding="utf-8") if properties is not None else b""
            counts.setdefault(_style(one), Counter())[text] += 1
    best = {style: found.most_common(1)[0][0] for style, found in counts.items()}
    part = signed.related("styles")
    known = (s.get(w("styleId"), "") for s in signed.xml(part).iter(w("style"))) if part else ()
    return _Looks({s: etree.fromstring(t) if t else None for s, t in best.items()}, frozenset(known))


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return found.get(w("val"), "") if found is not None else ""


def _fitted(element: Element, looks: _Looks) -> Element:
    """A copy of a written block as the signed file would set it, without a section of its own."""
    block = deepcopy(element)
    for paragraph in block.iter(w("p")):
        style = _style(paragraph)
        if style in looks.properties:
            _put(paragraph, "pPr", looks.properties[style])
        elif style and style not in looks.styles:
            raise SpliceError(f"the signed file has no style `{style}`, which the new wording needs")
    for found in [f for f in block.iter(w("sectPr"), *map(w, _OFFERED))]:
        if found.tag == w("sectPr") or found.get(w("val"), "") not in looks.styles:
            found.getparent().remove(found)
    return block


def _put(element: Element, name: str, properties: Element | None) -> None:
    """Give an element a copy of those properties instead of its own."""
    for old in element.findall(w(name)):
        element.remove(old)
    if properties is not None:
        element.insert(0, deepcopy(properties))


def _spliced_table(own: Element, was: Element, now: Element, looks: _Looks) -> Element:
    """The signed file's table with the rows that differ; the new one where the two are not built alike."""
    rows, old, new = (t.findall(w("tr")) for t in (own, was, now))
    widths = {len(r.findall(w("tc"))) for r in (*rows, *old, *new)}
    if len(rows) != len(old) or len(widths) != 1:
        return _fitted(now, looks)
    out: list[Element] = []
    for tag, i, j, k, end in SequenceMatcher(None, _marks(old), _marks(new), autojunk=False).get_opcodes():
        fresh = (_row(r, rows[n] if n < j else rows[-1], looks) for n, r in enumerate(new[k:end], i))
        out += rows[i:j] if tag == "equal" else fresh
    table = deepcopy(own)
    for row in table.findall(w("tr")):
        table.remove(row)
    table.extend(deepcopy(row) for row in out)
    return table


def _row(written: Element, model: Element, looks: _Looks) -> Element:
    """A new row, its cells as those of a row that is there."""
    row = _fitted(written, looks)
    _put(row, "trPr", model.find(w("trPr")))
    for cell, like in zip(row.iterfind(w("tc")), model.iterfind(w("tc"))):
        _put(cell, "tcPr", like.find(w("tcPr")))
    return row


# ------------------------------------------------------------------------------------- sections, ids, properties


def _keep_section(gone: list[Element], out: list[Element]) -> None:
    """A section that ended at a paragraph which goes ends at the one before it."""
    for element in gone:
        section = element.find(f"{w('pPr')}/{w('sectPr')}")
        if section is None:
            continue
        properties = out[-1].find(w("pPr")) if out else None
        if properties is None or properties.find(w("sectPr")) is not None:
            raise SpliceError("a section of the signed file ends where its text changes")
        properties.append(section)


def _number_bookmarks(root: Element) -> None:
    """Ids of bookmarks each their own again."""
    seen: set[str] = set()
    renamed: dict[str, str] = {}
    for mark in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
        id_ = mark.get(w("id"), "")
        if mark.tag == w("bookmarkStart"):
            if id_ in seen:
                renamed[id_] = str(_FREE + len(seen))
            else:
                renamed.pop(id_, None)
            seen.add(renamed.get(id_, id_))
        if id_ in renamed:
            mark.set(w("id"), renamed[id_])


def _properties(signed: Package, after: Package) -> dict[str, bytes]:
    """The document properties that say which annex it is."""
    name = "docProps/core.xml"
    return {name: after.parts[name]} if name in signed.parts and name in after.parts else {}
