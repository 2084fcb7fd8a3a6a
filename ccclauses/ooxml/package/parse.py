"""XML of a part, read within bounds: encodings, depth and names that can be written again."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from ...common.limits import limits
from .strict import to_transitional

ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1"})
_NAMESPACE = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*["']([^"'<]*)["']""")


class PackageError(Exception):
    """A file that is not a sound Word package, or is refused; the text is one plain sentence."""


def normal_xml(data: bytes) -> bytes:
    """Return XML as UTF-8 in the Transitional dialect; what can't be decoded is left for the parser to refuse."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return data
        data = re.sub(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""", r"\1", text, count=1).encode("utf-8")
    return to_transitional(data)


def parse_xml(data: bytes, part: str = "a part") -> etree._Element:
    """Parse one part without entities, DTD or network, and within the depth bound; raises `PackageError`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    declared = re.match(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""", data)
    if declared and declared.group(1).decode("ascii", "replace").lower() not in ENCODINGS:
        raise PackageError(f"The file is refused: {part} is written in an encoding that Word files don't use.")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise PackageError(f"The file is damaged: {part} is not well-formed XML.") from None
    if root.getroottree().docinfo.doctype:
        raise PackageError(f"The file is refused: {part} declares a document type, which Word files never do.")
    if not _namespaces_can_be_written(root, data):
        raise PackageError(f"The file is refused: {part} names a namespace that is not an address.")
    if root.xpath(_deeper_than(limits().word_depth)):
        raise PackageError(f"The file is refused: {part} nests more than {limits().word_depth} elements.")
    return root


def _namespaces_can_be_written(root: etree._Element, data: bytes) -> bool:
    """Whether every namespace declared can be written again; text that only looks like a declaration doesn't count."""
    doubtful = {uri for uri in set(_NAMESPACE.findall(data)) if not _namespace_can_be_written(uri)}
    return not doubtful or doubtful.isdisjoint(uri.encode() for e in root.iter() for uri in e.nsmap.values())


@lru_cache(maxsize=512)
def _namespace_can_be_written(uri: bytes) -> bool:
    """Whether lxml takes a namespace for one of its own; it parses any, and raises when it is to write some of them."""
    address = uri.decode("utf-8", "replace")
    if "&" in address:
        import html  # with all the entities of HTML, for few files have any here

        address = html.unescape(address)
    try:
        etree.Element("a", nsmap={"a": address or "a"})
    except ValueError:
        return False
    return True


def _deeper_than(depth: int) -> str:
    return "boolean(" + "/*" * (depth + 1) + ")"
