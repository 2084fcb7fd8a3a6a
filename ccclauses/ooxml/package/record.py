"""What an agreement says of the annex in it: two bookmarks around it, and a part with what was chosen and left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..namespaces import W, local_name
from .package import Package, serialize_xml
from .parse import PackageError, parse_xml

SPACE = "urn:ccclauses:annex:1"
BEGIN, END = "_ca_", "_ce_"
ANNEX_STYLE = "Annex "  # how the names of all styles begin that an annex brings


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was put in: the mark that names it, its properties, what was chosen, what was renamed, what was left out."""

    tag: str
    properties: Mapping[str, str]  # as the annex's own file states them: title, identifier, version
    choices: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # bookmarks: the annex's own → those in the agreement
    left_out: tuple[tuple[str, tuple[etree._Element, ...]], ...] = ()
    outside: tuple[str, ...] = ()  # digests of the agreement's own paragraphs when it was put in
    word: tuple[str, str] = ("", "")  # of the annex's own schedules: as it was, as it is inside


def record_xml(record: Record) -> bytes:
    """The record as a part."""
    root = etree.Element(f"{{{SPACE}}}annex", nsmap={None: SPACE, "w": W})
    root.set("tag", record.tag)
    for name, text in record.properties.items():
        _child(root, "property", text, name=name)
    for name, text in record.choices.items():
        _child(root, "choice", text, name=name)
    for name, text in record.names.items():
        _child(root, "name", text, of=name)
    if any(record.word):
        _child(root, "schedules", record.word[1], was=record.word[0])
    if record.outside:
        _child(root, "outside", " ".join(record.outside))
    for what, blocks in record.left_out:
        left = etree.SubElement(root, f"{{{SPACE}}}left-out")
        left.set("what", what)
        left.extend(deepcopy(b) for b in blocks)
    return serialize_xml(root)


def _child(root: etree._Element, kind: str, text: str, **attributes: str) -> None:
    child = etree.SubElement(root, f"{{{SPACE}}}{kind}")
    child.text = text
    for name, value in attributes.items():
        child.set(name, value)


def read_records(package: Package) -> dict[str, tuple[str, Record]]:
    """The records of an agreement by their marks, each with the part that holds it; what can't be read is passed over."""
    out: dict[str, tuple[str, Record]] = {}
    for name in sorted(package.parts):
        if not name.startswith("customXml/") or SPACE.encode() not in package.parts[name] or "itemProps" in name:
            continue
        try:
            root = parse_xml(package.parts[name], name)
        except PackageError:
            continue
        if root.tag != f"{{{SPACE}}}annex" or not re.fullmatch(r"[0-9a-f]{8}(?:\d{1,3})?", root.get("tag", "")):
            continue
        schedules = root.find(f"{{{SPACE}}}schedules")
        out[root.get("tag", "")] = (
            name,
            Record(
                tag=root.get("tag", ""),
                properties=_pairs(root, "property", "name"),
                choices=_pairs(root, "choice", "name"),
                names=_pairs(root, "name", "of"),
                left_out=tuple((e.get("what", ""), tuple(e)) for e in root.iter(f"{{{SPACE}}}left-out")),
                outside=tuple((root.findtext(f"{{{SPACE}}}outside") or "").split()),
                word=("", "") if schedules is None else (schedules.get("was", ""), schedules.text or ""),
            ),
        )
    return out


def _pairs(root: etree._Element, kind: str, key: str) -> dict[str, str]:
    return {e.get(key, ""): e.text or "" for e in root.findall(f"{{{SPACE}}}{kind}")}


def properties_of(annex: Package) -> dict[str, str]:
    """The document properties of an annex's own file, by name."""
    name = "docProps/core.xml"
    if name not in annex.parts:
        return {}
    return {local_name(str(e.tag)): e.text or "" for e in annex.xml(name) if isinstance(e.tag, str) and e.text}
