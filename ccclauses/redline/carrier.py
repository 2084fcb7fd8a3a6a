"""What BEFORE's deleted content needs beside AFTER's parts in the package that becomes the redline."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from ..ooxml.namespaces import MC, R
from ..ooxml.output import Output
from ..ooxml.package.package import Package, Relationship


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
        """Return where a part of BEFORE is in the redline, after copying it if it must be."""
        if name in self._copied:
            return self._copied[name]
        data = self.before.parts.get(name)
        nested = self.before.relationships(name)
        if data is None:
            return name
        held = self.output.parts.get(name)
        if held is not None and held.blob == data and not nested:
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
