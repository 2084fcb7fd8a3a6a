"""An agreement with an annex of ours in it → the annex as a file of its own, as it was before it was put in.

It is found by its marks; else, where those are lost, by the spread of the anchors of its clauses. What was left out when it
was put in is taken from the record that the agreement keeps, and what was renamed bears its own name again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ..model.words.plurals import counted
from ..ooxml.namespaces import w
from ..ooxml.package.package import Package
from ..ooxml.package.record import ANNEX_STYLE, BEGIN, END, Record, read_records
from ..ooxml.style_sheet import StyleSheet, value
from .cut import RENAMED, cut
from .sections import CLAUSE_ANCHOR, DEFINITION_ANCHOR, SCHEDULE_ANCHOR
from .word.numbering import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """An annex found in an agreement: as a package of its own, and what there is to say of the agreement around it."""

    package: Package
    told: tuple[str, ...]
    count: int  # how many annexes the agreement holds
    outside: tuple[str, ...]  # the words of the agreement's own paragraphs
    record: Record | None  # what the agreement keeps of how it was put in


def annex_within(package: Package, which: int = 1) -> Within | None:
    """The annex in an agreement, the so-manieth of them; None for a file that is an annex by itself, or holds none."""
    data = package.parts[package.main_part]
    if BEGIN.encode() not in data and CLAUSE_ANCHOR.encode() not in data:
        return None
    root = package.xml(package.main_part)
    body = root.find(w("body"))
    if body is None:
        return None
    records = read_records(package)
    found = _marked(body) or _spread(package, body, records)
    if not found:
        return None
    tag, first, last = found[min(which, len(found)) - 1]
    record = (
        records[tag][1]
        if tag in records
        else next((x for _, x in records.values()), None)
        if len(records) == 1
        else None
    )
    blocks = [b for b in body if b.tag != w("sectPr")]
    outside = tuple(words_of([*blocks[:first], *blocks[last + 1 :]], package))
    told = [
        f"the annex was read out of an agreement; {counted(len(outside), 'paragraph')} of the agreement are outside of it"
    ]
    if len(found) > 1:
        told.append(f"the agreement holds {len(found)} annexes, of which this is number {min(which, len(found))}")
    if record is None:
        told.append(
            "the agreement keeps no record of how the annex was put in, so what was left out then is missing here"
        )
    elif record.outside:
        told.append(changed_outside(record.outside, outside))
    return Within(
        package=cut(package, root, first, last, record),
        told=tuple(told),
        count=len(found),
        outside=outside,
        record=record,
    )


def alone(package: Package) -> tuple[Package, tuple[str, ...]]:
    """A Word file as it is read: the annex in it where it is an agreement with one, with what there is to say of that."""
    found = annex_within(package)
    return (found.package, found.told) if found is not None else (package, ())


def digest(text: str) -> str:
    """A short name for the words of a paragraph."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def changed_outside(was: Sequence[str], now: Sequence[str]) -> str:
    """What changed outside of the annex, in one line; `was` are digests of the words of the paragraphs."""
    left = Counter(was)
    new = []
    for text in now:
        if left[digest(text)] > 0:
            left[digest(text)] -= 1
        else:
            new.append(text)
    gone = sum(left.values())
    if not new and not gone:
        return "outside of the annex nothing changed since it was put in"
    said = f", the first “{new[0][:60]}{'…' if len(new[0]) > 60 else ''}”" if new else ""
    return (
        f"outside of the annex the agreement changed since it was put in: {counted(len(new), 'paragraph')} new or reworded{said}; "
        f"{counted(gone, 'paragraph')} gone or reworded"
    )


# -- finding ----------------------------------------------------------------------------------------------------------


def _blocks(body: etree._Element) -> list[etree._Element]:
    return [b for b in body if b.tag != w("sectPr")]


def _marked(body: etree._Element) -> list[tuple[str, int, int]]:
    """The annexes by their marks, each with its first and last block."""
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for at, block in enumerate(_blocks(body)):
        for mark in block.iter(w("bookmarkStart")):
            name = mark.get(w("name"), "")
            if name.startswith(BEGIN):
                begins.setdefault(name[len(BEGIN) :], at)
            elif name.startswith(END):
                ends[name[len(END) :]] = at
    return sorted(((t, at, ends[t]) for t, at in begins.items() if ends.get(t, -1) >= at), key=lambda x: x[1])


def _spread(
    package: Package, body: etree._Element, records: Mapping[str, tuple[str, Record]]
) -> list[tuple[str, int, int]]:
    """The annex by its anchors, where an agreement stands around them: it keeps a record, or has numbered headings of its own."""
    blocks = _blocks(body)
    ours = (CLAUSE_ANCHOR, SCHEDULE_ANCHOR, DEFINITION_ANCHOR)
    at = [
        n for n, b in enumerate(blocks) for m in b.iter(w("bookmarkStart"))
        if RENAMED.sub("", m.get(w("name"), ""), count=1).startswith(ours)
    ]  # fmt: skip
    if not at:
        return []
    first, last = at[0], at[-1]
    if not records and not _agreement_around(package, blocks, first, last):
        return []
    styles, part = package.related("styles"), package.related("styles")
    sheet = StyleSheet(package.xml(styles) if styles and part else None)
    mine = {_style(p) for n in range(first, last + 1) for p in blocks[n].iter(w("p"))}
    while first and blocks[first - 1].tag != w("sdt") and _is_ours(blocks[first - 1], sheet, mine):
        first -= 1  # back over the opening of the annex, in its own styles
    while last + 1 < len(blocks) and _is_ours(blocks[last + 1], sheet, mine):
        last += 1
    return [(next(iter(records), ""), first, last)]


def _style(paragraph: etree._Element) -> str:
    return value(paragraph.find(w("pPr")), "pStyle")


def _is_ours(block: etree._Element, sheet: StyleSheet, mine: set[str]) -> bool:
    styles = {_style(p) for p in block.iter(w("p"))}
    return bool(styles) and "" not in styles and all(s in mine or sheet.name(s).startswith(ANNEX_STYLE) for s in styles)


def _agreement_around(package: Package, blocks: Sequence[etree._Element], first: int, last: int) -> bool:
    """Whether numbered headings are outside of the anchors."""
    styles, numbering = package.related("styles"), package.related("numbering")
    sheet = StyleSheet(package.xml(styles) if styles else None)
    numbers = Numbers(package.xml(numbering) if numbering else None, sheet)
    outside = 0
    for at, block in enumerate(blocks):
        for paragraph in block.iter(w("p")):
            properties = paragraph.find(w("pPr"))
            style = _style(paragraph) or sheet.default
            number = numbers.count(style, properties)[0]
            if not first <= at <= last and number and sheet.heading(style, properties):
                outside += 1
    return outside >= 2


def words_of(blocks: Sequence[etree._Element], package: Package) -> Iterator[str]:
    """The words of paragraphs as they read with changes accepted; entries of a contents list are left out."""
    styles = package.related("styles")
    sheet = StyleSheet(package.xml(styles) if styles else None)
    for block in blocks:
        for paragraph in [block] if block.tag == w("p") else block.iter(w("p")):
            if sheet.name(_style(paragraph)).casefold().startswith("toc "):
                continue
            text = " ".join("".join(t.text or "" for t in paragraph.iter(w("t"))).split())
            if text:
                yield text
