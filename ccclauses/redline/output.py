"""The package that becomes the redline: AFTER's parts, and what BEFORE's deleted content needs beside them."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from types import MappingProxyType

from lxml import etree

from ..ooxml.namespaces import CONTENT_TYPES, MC, RELATIONSHIPS, R
from ..ooxml.package import (
    CONTENT_TYPES_PART,
    Package,
    Relationship,
    content_type,
    parse_xml,
    rels_name,
    serialize_xml,
)

MACRO_KINDS = frozenset({"vbaProject", "attachedToolbars", "keyMapCustomizations"})
PLAIN_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Output:
    """A package under construction; trees that were opened are written back at the end."""

    def __init__(self, base: Package):
        self.main_part = base.main_part
        self.parts: dict[str, bytes] = dict(base.parts)
        self.trees: dict[str, etree._Element] = {}
        self.types = base.xml(CONTENT_TYPES_PART)
        self._relationships: dict[str, list[Relationship]] = {}
        self._rewritten: set[str] = set()  # parts whose relationships are no longer as they were read

    # ---------------------------------------------------------------- parts

    def tree(self, part: str) -> etree._Element:
        """Return the tree of `part`, which is written back at the end."""
        if part not in self.trees:
            self.trees[part] = parse_xml(self.parts[part], part)
        return self.trees[part]

    def put_tree(self, part: str, root: etree._Element) -> None:
        """Make `root` the content of `part`."""
        self.trees[part] = root
        self.parts.setdefault(part, b"")

    def add_part(self, wanted: str, data: bytes, declared: str) -> str:
        """Add a part under `wanted` or the next free name like it, with its content type."""
        taken = {name.lower() for name in self.parts}
        stem, dot, extension = wanted.rpartition(".")
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}_{number}{dot}{extension}"
        self.parts[name] = data
        self._declare(name, declared)
        return name

    def _declare(self, name: str, declared: str) -> None:
        if declared and content_type(self.types, name) != declared:
            row = etree.SubElement(self.types, f"{{{CONTENT_TYPES}}}Override")
            row.set("PartName", "/" + name)
            row.set("ContentType", declared)

    # -------------------------------------------------------- relationships

    def relationships(self, part: str) -> list[Relationship]:
        """Return the relationships of `part`, to be changed through `relate` only."""
        if part not in self._relationships:
            self._relationships[part] = list(
                Package(
                    parts=MappingProxyType(self.parts),
                    main_part=self.main_part,
                    main_type="",
                ).relationships(part)
            )
        return self._relationships[part]

    def related(self, kind: str) -> str | None:
        """Return the part that the main part points to as `kind`."""
        for rel in self.relationships(self.main_part):
            if rel.kind == kind and not rel.external and rel.target in self.parts:
                return rel.target
        return None

    def relate(self, part: str, type_: str, target: str, external: bool = False) -> str:
        """Return the id of a relationship of `part`, a new one when none is like it."""
        rows = self.relationships(part)
        for row in rows:
            if (row.type, row.target, row.external) == (type_, target, external):
                return row.id
        used = {row.id for row in rows}
        number = len(rows) + 1
        while f"rId{number}" in used:
            number += 1
        rows.append(Relationship(id=f"rId{number}", type=type_, target=target, external=external))
        self._rewritten.add(part)
        return f"rId{number}"

    def set_relationships(self, part: str, rows: list[Relationship]) -> None:
        """Give `part` these relationships."""
        if rows:
            self._relationships[part] = rows
            self._rewritten.add(part)

    # -------------------------------------------------------------- leaving

    def drop(self, part: str) -> None:
        """Take a part away, with every relationship of the package and of its stories that leads to it."""
        self.parts.pop(part, None)
        self.parts.pop(rels_name(part), None)
        self.trees.pop(part, None)
        for source in ("", *self.parts):
            if source == "" or rels_name(source) in self.parts:
                rows = self.relationships(source)
                left = [row for row in rows if row.external or row.target != part]
                if len(left) < len(rows):
                    self._relationships[source] = left
                    self._rewritten.add(source)
        for row in list(self.types):
            if row.get("PartName", "").lstrip("/").lower() == part.lower():
                self.types.remove(row)

    def without_macros(self) -> None:
        """Leave a macro project behind: a redline is a plain document."""
        rows = self.relationships(self.main_part)
        for row in [row for row in rows if row.kind in MACRO_KINDS]:
            rows.remove(row)
            self._rewritten.add(self.main_part)
            self.parts.pop(row.target, None)
            self.parts.pop(rels_name(row.target), None)
        for name in [name for name in self.parts if name.lower().endswith(("vbaproject.bin", "vbadata.xml"))]:
            del self.parts[name]
        for row in list(self.types):
            name = row.get("PartName", "").lstrip("/")
            if name.lower() == self.main_part.lower():
                row.set("ContentType", PLAIN_MAIN)
            elif name and name not in self.parts:
                self.types.remove(row)

    def finish(self) -> Package:
        """Return the package as it stands."""
        for part, root in self.trees.items():
            self.parts[part] = serialize_xml(root)
        for part in sorted(self._rewritten):
            self.parts[rels_name(part)] = _written(part, self._relationships[part])
        self.parts[CONTENT_TYPES_PART] = serialize_xml(self.types)
        return Package(parts=MappingProxyType(self.parts), main_part=self.main_part, main_type="document")


def _written(part: str, rows: list[Relationship]) -> bytes:
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
    folder = posixpath.dirname(part)
    for row in rows:
        made = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship")
        made.set("Id", row.id)
        made.set("Type", row.type)
        made.set("Target", row.target if row.external else posixpath.relpath(row.target, folder or "."))
        if row.external:
            made.set("TargetMode", "External")
    return serialize_xml(root)


class Carrier:
    """Carries content from a part of BEFORE into a part of the redline, with everything it points to."""

    def __init__(self, output: Output, before: Package, source: str, target: str):
        self.output, self.before, self.target = output, before, target
        self.rows = {row.id: row for row in before.relationships(source)}
        self._known: dict[str, str] = {}
        self._copied: dict[str, str] = {}

    def carry(self, element: etree._Element) -> etree._Element:
        """Return a copy of `element` whose relationship ids mean the same in the redline."""
        copy = deepcopy(element)
        for found in copy.iter():
            for name, value in found.attrib.items():
                if name.startswith(f"{{{R}}}") and value in self.rows:
                    found.set(name, self._id(value))
        return copy

    def _id(self, old: str) -> str:
        if old not in self._known:
            row = self.rows[old]
            target = row.target if row.external else self._part(row.target)
            self._known[old] = self.output.relate(self.target, row.type, target, row.external)
        return self._known[old]

    def _part(self, name: str) -> str:
        """Return where a part of BEFORE stands in the redline, after copying it if it must be."""
        if name in self._copied:
            return self._copied[name]
        data = self.before.parts.get(name)
        nested = self.before.relationships(name)
        if data is None:
            return name
        if self.output.parts.get(name) == data and not nested:
            return name
        new = self.output.add_part(name, data, self.before.content_type(name))
        self._copied[name] = new
        rows = [
            Relationship(
                id=row.id,
                type=row.type,
                external=row.external,
                target=row.target if row.external else self._part(row.target),
            )
            for row in nested
        ]
        self.output.set_relationships(new, rows)
        return new


def with_namespaces(root: etree._Element, other: etree._Element) -> etree._Element:
    """Return `root` with the prefixes of `other` declared too, so that its content can move in.

    Values such as mc:Ignorable and mc:Requires name prefixes, which a parser can't see and carry along.
    """
    names = dict(root.nsmap)
    addresses = set(names.values())
    for prefix, address in other.nsmap.items():
        if prefix is not None and prefix not in names and address not in addresses:
            names[prefix] = address
    ignorable = f"{{{MC}}}Ignorable"
    known = (root.get(ignorable) or "").split()
    more = [
        prefix
        for prefix in (other.get(ignorable) or "").split()
        if prefix not in known and names.get(prefix) == other.nsmap.get(prefix)
    ]
    if len(names) == len(root.nsmap) and not more:
        return root
    made = etree.Element(root.tag, attrib=dict(root.attrib), nsmap=names)
    if more:
        made.set(ignorable, " ".join(known + more))
    made.text = root.text
    made.extend(list(root))
    return made
