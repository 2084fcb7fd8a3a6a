"""Page numbers for the contents list: reckoned by LibreOffice where it is installed, since only a layout knows them.

`write_docx` writes a contents list without page numbers unless it is given these. Word may break pages a little
differently; its own update of the contents list then corrects them.
"""

from __future__ import annotations

import re

from ..model.annex import Annex
from ..model.diagnostic import Diagnostic
from .docx import write_docx
from .house_style import HouseStyle
from .office import TIMEOUT, convert
from .word_body import contents_entries

_PAGE_REFERENCE = re.compile(r'<text:bookmark-ref text:reference-format="page" text:ref-name="([^"]+)">(\d+)</text:bookmark-ref>')


def page_numbers(annex: Annex, template: HouseStyle, *, draft: bool | None = None, timeout: float = TIMEOUT) -> tuple[dict[str, int], list[Diagnostic]]:
    """The page of each heading by its anchor; empty with a plain reason where LibreOffice can't say."""
    asked = {anchor: 0 for *_, anchor in contents_entries(annex)}  # as many lines as there will be, so that pages break alike
    data, found = convert(write_docx(annex, template, draft=draft, pages=asked), "fodt", timeout=timeout)
    if data is None:
        return {}, found
    return {anchor: int(page) for anchor, page in _PAGE_REFERENCE.findall(data.decode()) if anchor in asked}, found
