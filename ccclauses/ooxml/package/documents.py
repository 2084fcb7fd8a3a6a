"""Word files as python-docx knows them: opened only behind our gate, and saved so that equal documents give equal bytes.

python-docx by itself reads archives of any size, follows any relationship and dates what it saves by the clock.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .package import CONTENT_TYPES_PART, Package, read_package, serialize_xml, write_package
from .parse import PackageError, parse_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def open_document(source: str | os.PathLike[str] | bytes | Package) -> Document:
    """A Word file as a python-docx `Document`; a template opens as a document. Raises `PackageError`."""
    package = source if isinstance(source, Package) else read_package(source)
    parts = dict(package.parts)
    types = package.xml(CONTENT_TYPES_PART)
    for row in types:
        if row.get("PartName", "").lower() == f"/{package.main_part.lower()}":
            row.set("ContentType", _MAIN)
    parts[CONTENT_TYPES_PART] = serialize_xml(types)
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            parse_xml(data, name)
    try:
        return docx.Document(io.BytesIO(write_package(parts)))
    except (KeyError, ValueError, AttributeError, TypeError, AssertionError, LookupError) as problem:
        # Each is what python-docx raises for a relationship to nothing or a part of the wrong type.
        raise PackageError("The file is damaged: its parts do not fit together.") from problem


def document_bytes(document: Document) -> bytes:
    """The Word file of a python-docx `Document`: fixed order and dates of the parts, and nothing taken from the clock."""
    saved = io.BytesIO()
    document.save(saved)
    return write_package(read_package(saved.getvalue()).parts)


def describe_table(table: Table, title: str, description: str) -> None:
    """Give a table the alternative text that a screen reader speaks, which python-docx has no name for."""
    properties = table._tbl.tblPr
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), " ".join(text.split()))
        properties.append(element)


def repeat_row(row: _Row, *, header: bool) -> None:
    """Keep a row on one page, and repeat it on each page when it is the header."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
