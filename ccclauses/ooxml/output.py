"""A Word file under construction: its parts, relationships and content types as python-docx carries them.

python-docx's own reader parses parts and writes them anew. Here a file has come through our gate already, and every part is a plain
`Part` that keeps its bytes; only the trees that were opened are written back. What nothing changed leaves byte for byte as it came.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from docx.opc.rel import Relationships
from lxml import etree

from .package.package import CONTENT_TYPES_PART, Package, Relationship, content_type, rels_name, serialize_xml
from .package.parse import parse_xml

MACRO_KINDS = frozenset({"vbaProject", "attachedToolbars", "keyMapCustomizations"})
PLAIN_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Output:
    """A package under construction; trees that were opened are written back at the end."""

    def __init__(self, base: Package):
        self.main_part = base.main_part
        self.trees: dict[str, etree._Element] = {}
        types = base.xml(CONTENT_TYPES_PART)
        names = [n for n in base.parts if n != CONTENT_TYPES_PART and not n.endswith(".rels")]
        self._package = OpcPackage()
        self.parts = {n: Part(PackURI(f"/{n}"), content_type(types, n), base.parts[n]) for n in names}
        self._absent: dict[str, Part] = {}
        self._beside = {n: d for n, d in base.parts.items() if n not in self.parts}
        self._were = {n: list(base.relationships(n)) for n in ("", *names)}
        for name, rows in self._were.items():
            self.set_relationships(name, rows)
        self._declared = self._types()

    # ---------------------------------------------------------------- parts

    def tree(self, part: str) -> etree._Element:
        """Return the tree of `part`, which is written back at the end."""
        if part not in self.trees:
            self.trees[part] = parse_xml(self.parts[part].blob, part)
        return self.trees[part]

    def peek(self, part: str) -> etree._Element:
        """Return the tree of a part that is only read, so that it is not written again."""
        return self.trees[part] if part in self.trees else parse_xml(self.parts[part].blob, part)

    def put_tree(self, part: str, root: etree._Element) -> None:
        """Make `root` the content of `part`."""
        self.trees[part] = root

    def add_part(self, wanted: str, data: bytes, declared: str) -> str:
        """Add a part under `wanted` or the next free name like it, with its content type."""
        taken = {name.lower() for name in self.parts}
        stem, dot, extension = wanted.rpartition(".")
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}_{number}{dot}{extension}"
        self.parts[name] = Part(PackURI(f"/{name}"), declared, data)
        return name

    def add_own(self, kind: str, root: etree._Element) -> tuple[str, str]:
        """Add a part that Word knows by its kind ("styles", "header") to the main part; return its name and relationship."""
        wanted = posixpath.join(posixpath.dirname(self.main_part), f"{kind}.xml")
        name = self.add_part(wanted, b"", getattr(CT, f"WML_{kind.upper()}"))
        self.put_tree(name, root)
        return name, self.relate(self.main_part, getattr(RT, kind.upper()), name)

    # -------------------------------------------------------- relationships

    def _relations(self, part: str) -> Relationships:
        return self.parts[part].rels if part else self._package.rels

    def _part(self, name: str) -> Part:
        """The part of that name, or what represents one that is named and not there, as Word itself writes them."""
        return self.parts.get(name) or self._absent.setdefault(name, Part(PackURI(f"/{name}"), ""))

    def relationships(self, part: str) -> list[Relationship]:
        """Return the relationships of `part`, of the package for an empty name; changed through the methods here only."""
        return [
            Relationship(
                id=row.rId,
                type=row.reltype,
                target=row.target_ref if row.is_external else row.target_part.partname.membername,
                external=row.is_external,
            )
            for row in self._relations(part).values()
        ]

    def related(self, kind: str) -> str | None:
        """Return the part that the main part points to as `kind`."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, *kinds: str) -> Iterator[str]:
        """The parts that the main part points to as one of `kinds`, each once."""
        rows = self.relationships(self.main_part)
        yield from dict.fromkeys(
            x.target for x in rows if x.kind in kinds and not x.external and x.target in self.parts
        )

    def relate(self, part: str, type_: str, target: str, external: bool = False) -> str:
        """Return the id of a relationship of `part`, a new one when none is like it."""
        rows = self._relations(part)
        return rows.get_or_add_ext_rel(type_, target) if external else rows.get_or_add(type_, self._part(target)).rId

    def set_relationships(self, part: str, rows: Iterable[Relationship]) -> None:
        """Give `part` these relationships."""
        own = self._relations(part)
        own.clear()
        for row in rows:
            own.add_relationship(row.type, row.target if row.external else self._part(row.target), row.id, row.external)

    # -------------------------------------------------------------- leaving

    def drop(self, part: str) -> None:
        """Take a part away, with every relationship that leads to it."""
        gone = self.parts.pop(part, None)
        self.trees.pop(part, None)
        for name in ("", *self.parts):
            own = self._relations(name)
            for row in [r for r in own.values() if not r.is_external and r.target_part is gone]:
                del own[row.rId]

    def leave_unreached(self) -> None:
        """Take away every part that no relationship leads to."""
        reached = {part.partname.membername for part in self._package.iter_parts()}
        for name in self.parts.keys() - reached:
            self.drop(name)

    def without_macros(self) -> None:
        """Leave a macro project behind: a redline is a plain document."""
        kinds = [row.target for row in self.relationships(self.main_part) if row.kind in MACRO_KINDS]
        for name in (*kinds, *(n for n in tuple(self.parts) if n.lower().endswith(("vbaproject.bin", "vbadata.xml")))):
            self.drop(name)
        self.parts[self.main_part]._content_type = PLAIN_MAIN

    def finish(self) -> Package:
        """Return the package as it is."""
        parts = dict(self._beside)
        for name in {**self._were, **self.parts}:
            rows = self.relationships(name) if name in self.parts or not name else []
            if rows != self._were.get(name, []):
                parts.pop(rels_name(name), None)
                if rows:
                    parts[rels_name(name)] = relationships_xml(name, rows)
        for name, part in self.parts.items():
            parts[name] = serialize_xml(self.trees[name]) if name in self.trees else part.blob
        if (types := self._types()) != self._declared:
            parts[CONTENT_TYPES_PART] = types
        return Package(parts=MappingProxyType(parts), main_part=self.main_part, main_type="document")

    def _types(self) -> bytes:
        """The list of content types, for which python-docx writes a package of parts without content."""
        written = io.BytesIO()
        named = [Part(p.partname, p.content_type) for p in self.parts.values() if p.content_type]
        PackageWriter.write(written, Relationships("/"), named)
        with zipfile.ZipFile(written) as archive:
            return archive.read(CONTENT_TYPES_PART)


def relationships_xml(part: str, rows: Sequence[Relationship]) -> bytes:
    """The part that holds the relationships of `part`, an empty name for those of the package."""
    own = Relationships(posixpath.dirname(f"/{part}"))
    for row in rows:
        target = row.target if row.external else Part(PackURI(f"/{row.target}"), "")
        own.add_relationship(row.type, target, row.id, row.external)
    written = own.xml
    return written if isinstance(written, bytes) else written.encode()
