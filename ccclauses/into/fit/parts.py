"""The annex's headers and footers as parts of the agreement, with pictures, draft mark and page numbers that stay right."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import WP, V, W, local_name, make, w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ...ooxml.shown.fields import Field, fields
from ...redline.carrier import Carrier

_OFFICE = "urn:schemas-microsoft-com:office:office"
_SPID = re.compile(r"_x0000_s(\d+)")
_DRAWN_IN = ("header", "footer", "footnotes", "endnotes")  # where ids of shapes are taken
_BETWEEN = 8  # characters between the number of a page and that of all pages: " of ", "/", " von "


def import_banners(
    output: Output, annex: Package, styles: Mapping[str, str]
) -> tuple[dict[str, str], list[etree._Element]]:
    """Copy the headers and footers of the annex; return the relationship of each copy by the annex's own.

    With them come the paragraphs, as they were, in which the number of all pages was taken out.
    """
    changed: list[etree._Element] = []
    roots = [output.peek(n) for n in (output.main_part, *output.all_related(*_DRAWN_IN))]
    spid = 1 + max((int(m) for root in roots for m in _spids(root)), default=2048)
    drawing = 1 + max(
        (int(e.get("id", "0")) for root in roots for e in root.iter(f"{{{WP}}}docPr") if e.get("id", "").isdigit()),
        default=0,
    )
    names = {e.get("id", "") for root in roots for e in root.iter(f"{{{V}}}shape")}
    out: dict[str, str] = {}
    for row in annex.relationships(annex.main_part):
        if row.kind not in ("header", "footer") or row.external or row.target not in annex.parts:
            continue
        folder = posixpath.dirname(output.main_part)
        target = output.add_part(
            posixpath.join(folder, posixpath.basename(row.target)), b"", annex.content_type(row.target)
        )
        root = Carrier(output, annex, row.target, target).carry(annex.xml(row.target))
        restyle(root, styles)
        changed += without_total(root)
        for shape in root.iter(f"{{{V}}}shape"):
            if shape.get(f"{{{_OFFICE}}}spid"):
                shape.set(f"{{{_OFFICE}}}spid", f"_x0000_s{spid}")
                spid += 1
            shape.set("id", _free(shape.get("id", ""), names))
        for properties in root.iter(f"{{{WP}}}docPr"):
            properties.set("id", str(drawing))
            drawing += 1
        output.put_tree(target, root)
        out[row.id] = output.relate(output.main_part, row.type, target)
    return out, changed


def banners_of(annex: Package, kind: str) -> list[etree._Element]:
    """The paragraphs of the annex's first header or footer of a kind, without what points to another part."""
    name = annex.related(kind)
    out = list(annex.xml(name)) if name else []
    for block in out:
        for element in list(block.iter()):
            if isinstance(element.tag, str) and any("relationships" in str(k) for k in element.attrib):
                _remove(element)
    return out


def blank_banner(output: Output, kind: str) -> str:
    """The relationship of a header or footer without words, for a section that showed none."""
    root = etree.Element(w("hdr" if kind == "header" else "ftr"), nsmap={"w": W})
    root.append(make("p"))
    return output.add_own(kind, root)[1]


def restyle(root: etree._Element, styles: Mapping[str, str]) -> None:
    """Let everything below `root` use the annex's styles under their new ids, and nothing the agreement's default."""
    for reference in root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
        reference.set(w("val"), styles.get(reference.get(w("val"), ""), reference.get(w("val"), "")))
    plain = styles.get("Normal", "")
    for paragraph in root.iter(w("p")) if plain else ():
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = make("pPr")
            paragraph.insert(0, properties)
        if properties.find(w("pStyle")) is None:
            style = make("pStyle")
            style.set(w("val"), plain)
            properties.insert(0, style)


def without_total(root: etree._Element) -> list[etree._Element]:
    """Let "Page 3 of 40" be "Page 3": pages go on counting those of the agreement, and neither total is that of the annex.

    Return what the paragraphs that changed were before.
    """
    changed: list[etree._Element] = []
    for paragraph in root.iter(w("p")):
        was = deepcopy(paragraph)
        found = list(fields(paragraph))
        for at, field in enumerate(found):
            if field.name not in ("NUMPAGES", "SECTIONPAGES") or not field.whole:
                continue
            before = next((f for f in reversed(found[:at]) if f.name == "PAGE" and f.whole), None)
            runs = _between(paragraph, before, field) if before is not None else None
            words = "".join(t.text or "" for run in runs or () for t in run.iter(w("t")))
            if runs is not None and len(words) <= _BETWEEN:
                for run in runs:
                    _remove(run)
                for run in dict.fromkeys(_run(e) for e in field.elements):
                    _remove(run)
                if "(" in words:
                    _close(paragraph)
                changed.append(was)
            elif field.name == "NUMPAGES":
                for element in (e for e in field.elements if e.tag == w("instrText")):
                    element.text = (element.text or "").replace("NUMPAGES", "SECTIONPAGES")
                changed.append(was)
    return changed


def _between(paragraph: etree._Element, before: Field, field: Field) -> list[etree._Element] | None:
    """The runs between two fields that are children of one paragraph."""
    first, last = _run(before.elements[-1]), _run(field.elements[0])
    if first.getparent() is not paragraph or last.getparent() is not paragraph:
        return None
    return [c for c in paragraph[paragraph.index(first) + 1 : paragraph.index(last)]]


def _run(element: etree._Element) -> etree._Element:
    return next((a for a in (element, *element.iterancestors()) if a.tag in (w("r"), w("fldSimple"))), element)


def _close(paragraph: etree._Element) -> None:
    """Take out the bracket that closed a total: "1 (12)" is "1"."""
    for text in paragraph.iter(w("t")):
        if (text.text or "").lstrip().startswith(")"):
            text.text = (text.text or "").replace(")", "", 1)
            return


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _spids(root: etree._Element) -> Iterable[str]:
    for element in root.iter():
        if (
            isinstance(element.tag, str)
            and element.tag.startswith(f"{{{V}}}")
            and local_name(element.tag) != "shapetype"
        ):
            yield from _SPID.findall(element.get(f"{{{_OFFICE}}}spid", "") + element.get("id", ""))


def _free(wanted: str, taken: set[str]) -> str:
    stem = re.sub(r"\d+$", "", wanted) or "Shape"
    name, number = wanted, int(re.findall(r"\d+$", wanted)[0]) if re.search(r"\d+$", wanted) else 0
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    taken.add(name)
    return name
