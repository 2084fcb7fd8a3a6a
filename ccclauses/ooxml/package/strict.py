"""Turns ISO 29500 Strict parts into Transitional ones while a package is read, so that later steps know one dialect."""

from __future__ import annotations

import re
from functools import cache

STRICT_ROOT = b"http://purl.oclc.org/ooxml/"

# Strict name -> Transitional name; anything below officeDocument/relationships keeps its last step.
NAMES = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships/metadata/core-properties": b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties": b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    b"http://purl.oclc.org/ooxml/officeDocument/customProperties": b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes": b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    b"http://purl.oclc.org/ooxml/officeDocument/customXml": b"http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    b"http://purl.oclc.org/ooxml/officeDocument/bibliography": b"http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    b"http://purl.oclc.org/ooxml/officeDocument/sharedTypes": b"http://schemas.openxmlformats.org/officeDocument/2006/sharedTypes",
    b"http://purl.oclc.org/ooxml/schemaLibrary/main": b"http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    b"http://purl.oclc.org/ooxml/drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"http://purl.oclc.org/ooxml/drawingml/chartDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
    b"http://purl.oclc.org/ooxml/drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
    b"http://purl.oclc.org/ooxml/drawingml/lockedCanvas": b"http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_CONFORMANCE = re.compile(rb"""\s[\w.-]+:conformance\s*=\s*(?:"strict"|'strict')""")


def to_transitional(data: bytes) -> bytes:
    """Return an XML part with Strict namespaces replaced; other parts come back as they are."""
    if STRICT_ROOT not in data:
        return data
    return _CONFORMANCE.sub(b"", _name().sub(lambda found: NAMES[found.group()], data))


@cache
def _name() -> re.Pattern[bytes]:
    """Any of the names, the longest first; compiled when the first Strict part is met, for few ever are."""
    return re.compile(b"|".join(re.escape(n) for n in sorted(NAMES, key=len, reverse=True)))
