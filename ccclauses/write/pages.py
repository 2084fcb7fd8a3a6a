"""Page numbers for the contents list: calculated by LibreOffice where it is installed, since only a layout knows them.

`write_docx` writes a contents list without page numbers unless it is given these. Word may break pages a little
differently; its own update of the contents list then corrects them.
"""

from __future__ import annotations

import re

from ..model.annex import Annex
from ..model.diagnostic import Diagnostic
from .office import convert
from .word.docx import write_docx
from .word.house_style import HouseStyle
from .word.word_body import contents_entries

# A layout reaches us as a PDF whose bookmarks are named destinations: LibreOffice lists its pages and destinations in
# plain objects, and writes "5F" for the "_" of a name. (Its own formats hold page references that no layout filled.)
_EXPORT = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_PAGES = re.compile(rb"/Type/Pages\b.*?/Kids\[([^\]]*)\]", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_DESTINATION = re.compile(rb"/([\w.-]+)\[(\d+) 0 R/XYZ")


def pages_of_pdf(pdf: bytes) -> int:
    """How many pages a PDF has that LibreOffice wrote."""
    return len(_PAGE.findall(pdf))


def count_pages(docx: bytes, *, timeout: float | None = None) -> int | None:
    """How many pages LibreOffice lays a Word file out on; None where it is missing, fails or takes too long."""
    pdf, _ = convert(docx, "pdf", timeout=timeout)
    return pages_of_pdf(pdf) if pdf else None


def page_numbers(
    annex: Annex, template: HouseStyle, *, draft: bool | None = None, timeout: float | None = None
) -> tuple[dict[str, int], list[Diagnostic]]:
    """The page of each heading by its anchor; empty with a plain reason where LibreOffice can't say."""
    asked = {
        anchor: 0 for *_, anchor in contents_entries(annex)
    }  # as many lines as there will be, so that pages break alike
    pdf, found = convert(write_docx(annex, template, draft=draft, pages=asked), _EXPORT, timeout=timeout)
    if pdf is None:
        return {}, found
    tree = _PAGES.search(pdf)
    order = {int(number): page for page, number in enumerate(re.findall(rb"(\d+) 0 R", tree[1]), 1)} if tree else {}
    places = {name.decode(): order.get(int(number), 0) for name, number in _DESTINATION.findall(pdf)}
    pages = {anchor: places.get(anchor.replace("_", "5F"), 0) for anchor in asked}
    return {anchor: page for anchor, page in pages.items() if page}, found
