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
