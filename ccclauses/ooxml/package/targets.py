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
# What a part of the text may hold that is shown or run, and that nothing else reads.
_HELD = frozenset(
    {"image", "oleObject", "package", "control", "activeXControlBinary", "aFChunk", "font", "video", "audio"}
)
_OBFUSCATED = 32  # bytes at the start of an embedded font that change with every save (17.8.1)


def held(package: Package) -> dict[str, str]:
    """The pictures, embedded objects, fonts and files taken in (altChunk) of a package: their names by a digest of their content."""
    kinds: dict[str, str] = {}
    elsewhere: list[str] = []
    for source in package.parts:
        if not source.endswith(".rels"):
            rows = package.relationships(source)
            kinds |= {row.target: row.kind for row in rows if row.kind in _HELD and not row.external}
            elsewhere += (row.target for row in rows if row.kind in ("aFChunk", "subDocument") and row.external)
    return {hashlib.sha256(address.encode()).hexdigest(): f"{TAKEN_IN}{address}" for address in elsewhere} | {
        hashlib.sha256(data[_OBFUSCATED:] if kinds.get(name) == "font" else data).hexdigest(): (
            f"{TAKEN_IN}{name}" if kinds.get(name) == "aFChunk" else name
        )
        for name, data in package.parts.items()
        if name in kinds or "/media/" in name or "/embeddings/" in name or "/ink/" in name
    }
