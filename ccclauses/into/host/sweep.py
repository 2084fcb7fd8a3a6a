"""What an earlier annex left behind in an agreement, taken out with it: styles, lists, headers and its record."""

from __future__ import annotations

from lxml import etree

from ...ooxml.namespaces import r, w
from ...ooxml.output import Output
from ...ooxml.package.record import ANNEX_STYLE
from ...ooxml.style_sheet import value

_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")
_LINKS = ("basedOn", "next", "link")


def forget(output: Output, record: str, *, last: bool) -> None:
    """Take out what nothing uses any more of an annex whose blocks are gone already, and the part that is its record.

    `last` says that the last section of the agreement was the annex's too, so that its headers go.
    """
    sections = list(output.tree(output.main_part).iter(w("sectPr")))
    sections = sections[:-1] if last else sections
    banners = {e.get(r("id")) for s in sections for e in s.iter(w("headerReference"), w("footerReference"))}
    for row in output.relationships(output.main_part):
        if row.kind in ("header", "footer") and row.id not in banners:
            output.drop(row.target)
    if record and record in output.parts:
        for row in output.relationships(record):
            output.drop(row.target)
        output.drop(record)
    _styles(output)


def _styles(output: Output) -> None:
    """Take out styles that an annex brought and nothing uses, then lists that nothing counts on."""
    name, lists = output.related("styles"), output.related("numbering")
    if not name:
        return
    root = output.tree(name)
    used = set()
    texts = [output.peek(p) for p in (output.main_part, *output.all_related(*_STORIES))]
    for text in texts:
        used |= {e.get(w("val"), "") for e in text.iter(w("pStyle"), w("rStyle"), w("tblStyle"))}
    styles = {s.get(w("styleId"), ""): s for s in root.findall(w("style"))}
    ours = {i for i, s in styles.items() if s.get(w("customStyle")) == "1" and value(s, "name").startswith(ANNEX_STYLE)}
    waiting = [i for i in styles if i in used or i not in ours]
    kept = set(waiting)
    while waiting:
        for link in _LINKS:
            target = value(styles.get(waiting[-1]), link)
            if target in styles and target not in kept:
                kept.add(target)
                waiting.insert(0, target)
        waiting.pop()
    counted = {e.get(w("val"), "") for i in ours - kept for e in styles[i].iter(w("numId"))}
    for style in ours - kept:
        root.remove(styles[style])
    if lists:
        _lists(output, output.tree(lists), counted, (root, *texts))


def _lists(output: Output, root: etree._Element, gone: set[str], others: tuple[etree._Element, ...]) -> None:
    used = {e.get(w("val"), "") for other in others for e in other.iter(w("numId"))}
    for number in root.findall(w("num")):
        if number.get(w("numId"), "") in gone - used:
            root.remove(number)
            kind = value(number, "abstractNumId")
            if kind not in {value(n, "abstractNumId") for n in root.findall(w("num"))}:
                for abstract in root.findall(w("abstractNum")):
                    if abstract.get(w("abstractNumId")) == kind:
                        root.remove(abstract)
