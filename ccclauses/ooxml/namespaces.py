"""The XML names that every module working on Word parts shares."""

from __future__ import annotations

from functools import cache

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
V = "urn:schemas-microsoft-com:vml"
XML = "http://www.w3.org/XML/1998/namespace"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

XML_SPACE = f"{{{XML}}}space"


@cache
def w(name: str) -> str:
    """Return `name` in the WordprocessingML namespace, as lxml spells it."""
    return f"{{{W}}}{name}"


@cache
def r(name: str) -> str:
    """Return `name` in the relationships namespace, as lxml spells it."""
    return f"{{{R}}}{name}"


@cache
def m(name: str) -> str:
    """Return `name` in the mathematics namespace, as lxml spells it."""
    return f"{{{M}}}{name}"


def make(name: str) -> etree._Element:
    """Return a new WordprocessingML element.

    Its prefix is declared: one that lxml makes up may be taken for another namespace where trees are joined.
    """
    return etree.Element(w(name), nsmap={"w": W})


def local_name(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]
