"""The document properties of a Word file: what a file manager and a document system show of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ...common.outside import outside
from ..elements import DECLARATION, escape

CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def timestamp(day: date) -> str:
    """The moment that a file gives as its making: that which the run is given (`outside`), else the start of `day`.

    A clock is never read, so that equal input gives equal bytes.
    """
    made = outside().made
    day = day if day > date.min else date(2000, 1, 1)  # of an annex whose date is open
    return made.strftime("%Y-%m-%dT%H:%M:%SZ") if made else f"{day.isoformat()}T00:00:00Z"


def core_properties(values: Mapping[str, str], made: str) -> str:
    """The part docProps/core.xml; `values` are by qualified name ("dc:title"), empty ones are left out."""
    elements = "".join(f"<{name}>{escape(' '.join(text.split()))}</{name}>" for name, text in values.items() if text)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{elements}<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>'
    )
