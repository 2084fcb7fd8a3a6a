"""Word file → PDF, through LibreOffice where it is installed: tagged, with the outline and the title shown."""

from __future__ import annotations

import json

from ..model.diagnostic import Diagnostic
from .office import convert

_OPTIONS = {"UseTaggedPDF": True, "ExportBookmarks": True, "DisplayPDFDocumentTitle": True, "ExportFormFields": False}


def write_pdf(docx: bytes, *, timeout: float | None = None) -> tuple[bytes | None, list[Diagnostic]]:
    """The PDF of a Word file; None with a plain reason where LibreOffice is missing, fails or takes too long."""
    options = {name: {"type": "boolean", "value": str(value).lower()} for name, value in _OPTIONS.items()}
    return convert(docx, f"pdf:writer_pdf_Export:{json.dumps(options)}", timeout=timeout)
