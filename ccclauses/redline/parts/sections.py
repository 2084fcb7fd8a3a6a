"""Headers and footers: which of BEFORE answers to which of AFTER, section by section.

A section without a header of its own shows the one of the section before it. So what is compared is the header in
effect; a section of the redline names one itself wherever one of its sources does, or wherever sections come or go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from ...ooxml.namespaces import make, r, w
from ...ooxml.output import Output
from ...ooxml.package.package import Package

REFERENCES = {w("headerReference"): "header", w("footerReference"): "footer"}
# Where a section of the redline notes which sections it came from, until its headers are written.
FROM_BEFORE, FROM_AFTER = "from-before", "from-after"
Slot = tuple[str, str]  # ("header", "first")


@dataclass(frozen=True, slots=True)
class Section:
    """The headers and footers of one section, by slot."""

    own: Mapping[Slot, str]
    shown: Mapping[Slot, str]


def read_sections(package: Package, root: etree._Element, label: str) -> list[Section]:
    """Return the sections of a document, and label each w:sectPr with its number."""
    targets = {row.id: row.target for row in package.relationships(package.main_part) if not row.external}
    sections: list[Section] = []
    shown: dict[Slot, str] = {}
    for number, properties in enumerate(root.iter(w("sectPr"))):
        properties.set(label, str(number))
        own: dict[Slot, str] = {}
        for reference in properties:
            target = targets.get(reference.get(r("id"), ""))
            if reference.tag in REFERENCES and target is not None and target in package.parts:
                own[REFERENCES[reference.tag], reference.get(w("type"), "default")] = target
        shown = {**shown, **own}
        sections.append(Section(own, shown))
    return sections


def write_references(
    output: Output,
    root: etree._Element,
    before: list[Section],
    after: list[Section],
    merge: Callable[[str | None, str | None, bool], str],
) -> None:
    """Give every section of the redline its headers and footers.

    `merge(before, after, marked)` returns the part that shows one header as it was and as it is; without marks when
    its section comes or goes, which takes its headers with it.
    """
    found = []
    for properties in root.iter(w("sectPr")):
        old, new = properties.attrib.pop(FROM_BEFORE, None), properties.attrib.pop(FROM_AFTER, None)
        if properties.getparent().tag != w("sectPrChange"):
            found.append(
                (properties, None if old is None else before[int(old)], None if new is None else after[int(new)])
            )
    even = all(old is not None and new is not None for _, old, new in found)
    for properties, old, new in found:
        wanted: dict[Slot, str] = {}
        slots = [*(old.own if even else old.shown)] if old else []
        slots += [*(new.own if even else new.shown)] if new else []
        for slot in dict.fromkeys(slots):
            wanted[slot] = merge(
                old.shown.get(slot) if old else None,
                new.shown.get(slot) if new else None,
                old is not None and new is not None,
            )
        _refer(output, properties, wanted)


def _refer(output: Output, properties: etree._Element, wanted: Mapping[Slot, str]) -> None:
    for reference in [child for child in properties if child.tag in REFERENCES]:
        properties.remove(reference)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    for at, ((kind, place), part) in enumerate(
        sorted(wanted.items(), key=lambda item: (item[0][0] != "header", item[0]))
    ):
        reference = make(kind + "Reference")
        reference.set(w("type"), place)
        reference.set(r("id"), output.relate(output.main_part, office + kind, part))
        properties.insert(at, reference)
