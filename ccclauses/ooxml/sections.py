"""The sections of a text as python-docx knows them, which keeps what a section says in the order that Word wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from docx.enum.section import WD_HEADER_FOOTER, WD_SECTION
from docx.oxml.parser import parse_xml
from docx.oxml.section import CT_SectPr
from lxml import etree

from .namespaces import w

Slot = tuple[str, str]  # ("header", "default")
NEW_PAGE, CONTINUOUS = WD_SECTION.NEW_PAGE, WD_SECTION.CONTINUOUS
TYPES = ("default", "first", "even")


@contextmanager
def changing(section: etree._Element) -> Iterator[CT_SectPr]:
    """A section as an element that can be changed; it takes the place of `section` in its tree when all is said."""
    own = cast(CT_SectPr, parse_xml(etree.tostring(section, with_tail=False)))
    yield own
    if (parent := section.getparent()) is not None:
        parent.replace(section, own)


def refer(section: CT_SectPr, shown: Mapping[Slot, str]) -> None:
    """Let a section name headers and footers by their relationships, each slot once."""
    for child in [c for c in section if c.tag in map(w, ("headerReference", "footerReference"))]:
        if (child.tag.rpartition("}")[2].removesuffix("Reference"), child.get(w("type"), "default")) in shown:
            section.remove(child)
    for (kind, type_), id_ in sorted(shown.items(), key=lambda i: (i[0][0] != "header", i[0])):
        add = section.add_headerReference if kind == "header" else section.add_footerReference
        add(WD_HEADER_FOOTER.from_xml(type_), id_)
