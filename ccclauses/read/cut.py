"""The annex cut out of an agreement: a file of its own again, with what was left out of it and the names that it had."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from ..ooxml.namespaces import make, r, w
from ..ooxml.package.package import Package, Relationship
from ..ooxml.package.properties import CORE_RELATIONSHIP, CORE_TYPE, core_properties
from ..ooxml.package.record import BEGIN, END, Record

if TYPE_CHECKING:
    from ..ooxml.output import Output

RENAMED = re.compile(r"_a\d{1,4}(?=_)")
_ALWAYS = frozenset({"styles", "numbering", "theme", "fontTable"})
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))
_QUALIFIED = {
    "title": "dc:title", "subject": "dc:subject", "creator": "dc:creator", "language": "dc:language", "identifier": "dc:identifier",
    "keywords": "cp:keywords", "category": "cp:category", "version": "cp:version", "contentStatus": "cp:contentStatus",
}  # fmt: skip
_FIRST_DAY = "1980-01-01T00:00:00Z"


def cut(package: Package, root: etree._Element, first: int, last: int, record: Record | None) -> Package:
    """The blocks of an annex as a package; `root` is the tree of the main part, which is changed."""
    body = root.find(w("body"))
    assert body is not None
    blocks = [b for b in body if b.tag != w("sectPr")]
    kept, after = blocks[first : last + 1], [*blocks[last + 1 :], body[-1]]
    section = _section_after(kept[-1], after)
    for child in list(body):
        body.remove(child)
    if record is not None:
        kept = _restored(kept, record)
    body.extend(kept)
    body.append(section)
    _own_names(body, record)
    from ..ooxml.output import Output  # which imports python-docx, for which only an annex in an agreement waits

    output = Output(package)
    output.put_tree(package.main_part, root)
    if record is not None and all(record.word):
        _own_word(output, body, record.word)
    used = {
        v for e in root.iter() if isinstance(e.tag, str) for k, v in e.attrib.items() if str(k).startswith(r("id")[:-2])
    }
    kinds = _ALWAYS | {part for part, _ in _NOTES} | {"commentsExtended"}
    empty = set(_own_notes(output, body))
    rows = [x for x in output.relationships(package.main_part) if x.kind in kinds or x.id in used]
    rows = [x for x in rows if x.target not in empty]
    if record is not None:
        _own_banners(output, rows, root, record)
    named = {e.get(r("id"), "") for e in root.iter(w("headerReference"), w("footerReference"))}
    output.set_relationships(
        package.main_part, [x for x in rows if x.kind not in ("header", "footer") or x.id in named]
    )
    output.set_relationships("", [x for x in output.relationships("") if x.kind == "officeDocument"])
    output.leave_unreached()
    if record is not None:
        values = {_QUALIFIED[n]: t for n, t in record.properties.items() if n in _QUALIFIED}
        core = core_properties(values, record.properties.get("created", _FIRST_DAY)).encode()
        output.relate("", CORE_RELATIONSHIP, output.add_part("docProps/core.xml", core, CORE_TYPE))
    return replace(output.finish(), main_type=package.main_type)


def _own_banners(output: Output, rows: list[Relationship], root: etree._Element, record: Record) -> None:
    """Give the annex the headers that it had: its own where the agreement's were taken, and totals of pages."""
    left = dict(record.left_out)
    words: dict[str, str] = {}
    totals = {_without_digits(_total(p)): p for p in left.get("totals", ())}
    for row in [x for x in rows if x.kind in ("header", "footer") and x.target in output.parts]:
        own = left.get(row.kind)
        tree = output.tree(row.target)
        if own:
            tree[:] = [deepcopy(p) for p in own]
        for paragraph in list(tree.iter(w("p"))):
            was = totals.get(_without_digits(_text(paragraph)))
            parent = paragraph.getparent()
            if was is not None and parent is not None:
                parent.replace(paragraph, deepcopy(was))
        words[row.id] = _without_digits(" ".join(map(_text, tree.iter(w("p")))))
    for section in root.iter(w("sectPr")):
        shown = {e.tag: words.get(e.get(r("id"), "")) for e in section if e.get(w("type")) == "default"}
        for reference in list(section):
            same = words.get(reference.get(r("id"), "")) == shown.get(reference.tag, "")
            if reference.get(w("type")) == "even" and same:
                section.remove(reference)  # the agreement tells even pages from odd ones, and the annex does not


def _without_digits(text: str) -> str:
    return " ".join(re.sub(r"\d+", "#", text).split())


def _total(paragraph: etree._Element) -> str:
    """The words of a paragraph of a header without the number of all pages and what comes before it."""
    out, depth, instruction, page = "", 0, "", -1
    for element in paragraph.iter(w("fldChar"), w("instrText"), w("t"), w("tab")):
        kind = element.get(w("fldCharType")) if element.tag == w("fldChar") else ""
        if kind == "begin":
            depth, instruction = depth + 1, ""
        elif kind == "separate" and instruction.split()[:1] in (["NUMPAGES"], ["SECTIONPAGES"]) and page >= 0:
            return out[:page]
        elif kind == "end":
            depth -= 1
            page = len(out) if instruction.split()[:1] == ["PAGE"] else page
        elif element.tag == w("instrText"):
            instruction += element.text or ""
        elif element.tag == w("tab"):
            out += "\t"
        else:
            out += element.text or ""
    return out


def _section_after(last: etree._Element, after: Sequence[etree._Element]) -> etree._Element:
    """The section that the last block of the annex is in, taken out of the text where a paragraph ends it."""
    own = [s for s in last.iter(w("sectPr")) if last.tag == w("p")]
    if own:
        section = own[-1]
        parent = section.getparent()
        if parent is not None:
            parent.remove(section)
        return section
    for block in after:
        found = [block] if block.tag == w("sectPr") else list(block.iter(w("sectPr")))
        if found:
            return deepcopy(found[-1])
    return make("sectPr")


def _restored(kept: list[etree._Element], record: Record) -> list[etree._Element]:
    """The blocks with those that were left out in their places."""
    left = {what: [deepcopy(b) for b in blocks] for what, blocks in record.left_out}
    title, contents, signatures = (left.get(n, []) for n in ("title", "contents", "signatures"))
    if record.choices.get("heading") == "annex":
        properties = kept[0].find(w("pPr"))
        for child in list(properties) if properties is not None else ():
            if child.tag in (w("pStyle"), w("outlineLvl"), w("numPr")):
                properties.remove(child)
        if title:
            title, kept = [kept[0], *title[1:]], kept[1:]
    if not title:  # the whole title block is in the agreement
        at = next((n for n, b in enumerate(kept) if "\t" not in _text(b) and n > 1), 0)
        return [*kept[:at], *contents, *kept[at:], *signatures]
    return [*title, *contents, *kept, *signatures]


def _text(block: etree._Element) -> str:
    return "".join("\t" if t.tag == w("tab") else t.text or "" for t in block.iter(w("t"), w("tab")))


def _own_names(body: etree._Element, record: Record | None) -> None:
    """Give bookmarks, and what points to them, the names that they had."""
    back = {new: old for old, new in record.names.items()} if record is not None else {}

    def own(name: str) -> str:
        return back.get(name) or RENAMED.sub("", name, count=1)

    for mark in [m for m in body.iter(w("bookmarkStart")) if m.get(w("name"), "").startswith((BEGIN, END))]:
        for element in (mark, *(e for e in body.iter(w("bookmarkEnd")) if e.get(w("id")) == mark.get(w("id")))):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    rename(body, own)


def rename(root: etree._Element, named: Callable[[str], str]) -> None:
    """Give the bookmarks of a text, and what points to them, the names that they are given by their old ones."""
    for mark in root.iter(w("bookmarkStart")):
        mark.set(w("name"), named(mark.get(w("name"), "")))
    for link in root.iter(w("hyperlink")):
        if link.get(w("anchor")):
            link.set(w("anchor"), named(link.get(w("anchor"), "")))
    for text in root.iter(w("instrText")):
        words = (text.text or "").split()
        if len(words) > 1 and words[0].upper() in ("REF", "PAGEREF", "NOTEREF"):
            text.text = (text.text or "").replace(words[1], named(words[1]), 1)


def _own_word(output: Output, body: etree._Element, word: tuple[str, str]) -> None:
    """Call the annex's own schedules what they are called by themselves."""
    was, inside = word
    name = output.related("numbering")
    for level in output.tree(name).iter(w("lvlText")) if name else ():
        if level.get(w("val"), "").startswith(f"{inside} %"):
            level.set(w("val"), was + level.get(w("val"), "")[len(inside) :])
    call_schedules(body, inside, was)


def call_schedules(root: etree._Element, old: str, new: str) -> None:
    """Call the annex's own schedules otherwise where references show them, until a program fills those in anew."""
    label = re.compile(rf"{re.escape(old)}(?=[\s\u00a0](?:\d+|[A-Z])\b)")
    instruction, shown, depth = "", False, 0
    for element in root.iter(w("fldChar"), w("instrText"), w("t")):
        if element.tag == w("fldChar"):
            kind = element.get(w("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            instruction, shown = ("", False) if kind in ("begin", "end") else (instruction, True)
        elif element.tag == w("instrText"):
            instruction += element.text or ""
        elif ((shown and "_cs_" in instruction) or depth) and label.match(element.text or ""):
            element.text = label.sub(new, element.text or "", count=1)


def _own_notes(output: Output, body: etree._Element) -> Iterator[str]:
    """Keep of notes and comments those that the annex refers to; give the parts that hold none then."""
    for part, note in _NOTES:
        name = output.related(part)
        if not name:
            continue
        used = {e.get(w("id")) for e in body.iter(w(f"{note}Reference"))}
        root = output.tree(name)
        for element in root.findall(w(note)):
            if element.get(w("id")) not in used and element.get(w("type")) is None:
                root.remove(element)
        if not len(root) or not used:
            yield name
