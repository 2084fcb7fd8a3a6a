"""The document properties of a Word file: what a file manager and a document system show of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime, timezone

from .elements import DECLARATION, escape

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def timestamp(day: date, environment: Mapping[str, str] | None = None) -> str:
    """The moment that a file gives as its making: `SOURCE_DATE_EPOCH` where it is set, else the start of `day`.

    A clock is never read, so that equal input gives equal bytes.
    """
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) <= 11:
        try:
            return datetime.fromtimestamp(int(epoch), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (OverflowError, ValueError, OSError):
            pass
    return f"{day.isoformat()}T00:00:00Z"


def core_properties(values: Mapping[str, str], made: str) -> str:
    """The part docProps/core.xml; `values` are by qualified name ("dc:title"), empty ones are left out."""
    elements = "".join(f"<{name}>{escape(' '.join(text.split()))}</{name}>" for name, text in values.items() if text)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'{elements}<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>'
    )
