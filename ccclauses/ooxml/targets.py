"""What the relationships of a part point to, told by content: pictures, objects and charts have no other name that lasts."""

from __future__ import annotations

import hashlib

from .package import Package


class Targets:
    """What the relationships of one part point to, by content."""

    def __init__(self, package: Package, part: str):
        self.package = package
        self.rows = {row.id: row for row in package.relationships(part)}
        self._digests: dict[str, str] = {}

    def of(self, id_: str) -> str:
        """Return the address or a digest of the content behind a relationship."""
        row = self.rows.get(id_)
        if row is None:
            return id_
        if row.external:
            return row.target
        if row.target not in self._digests:
            data = self.package.parts.get(row.target, row.target.encode())
            self._digests[row.target] = hashlib.sha256(data).hexdigest()
        return self._digests[row.target]


TAKEN_IN = "a file taken in: "


def held(package: Package) -> dict[str, str]:
    """The pictures, embedded objects and files taken in (altChunk) of a package: their names by a digest of what they hold."""
    taken = {r.target for s in package.stories() for r in package.relationships(s.part) if r.kind == "aFChunk"}
    return {
        hashlib.sha256(data).hexdigest(): f"{TAKEN_IN}{name}" if name in taken else name
        for name, data in package.parts.items()
        if name in taken or "/media/" in name or "/embeddings/" in name
    }
