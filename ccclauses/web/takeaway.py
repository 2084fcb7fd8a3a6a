"""Preview → the files that a person takes along, each whole, and all of them in one zip."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timezone

from ..pipeline import build_annex
from ..handbook import handbook_of
from ..model.clause import Library
from ..model.diagnostic import Diagnostic
from ..obligations import date_obligations
from ..ooxml.package import PackageError, read_package, write_package
from ..redline import redline
from ..write.annex_json import write_json
from ..report.handbook import write_handbook_xlsx
from ..report.calendar import write_ics
from ..write.pdf import write_pdf
from ..report.sheet import write_obligations_xlsx
from .preview import Preview

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "pdf": "application/pdf",
    "json": "application/json",
    "yaml": "application/yaml",
    "ics": "text/calendar",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file_stem(preview: Preview) -> str:
    """A name for the files: the reference of the annex, else its title."""
    profile = preview.profile
    words = (profile.reference or profile.title) if profile else ""
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")[:60] or "annex"


def word_file(preview: Preview, library: Library) -> tuple[bytes | None, list[Diagnostic]]:
    """The annex in Word."""
    assert preview.profile
    built, problems = build_annex(preview.profile, library)
    return (built.data if built else None), problems


def all_files(
    preview: Preview, library: Library, other: bytes = b"", now: datetime | None = None
) -> tuple[bytes, list[str]]:
    """Everything in one zip, and why a file is not in it.

    `other` is a Word file for a redline from it to the annex, whose changes are made `now`, by default on its date.
    """
    left_out: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(preview, library, other, left_out, now):
            archive.writestr(name, data)
        if left_out:
            archive.writestr("NOT INCLUDED.txt", "\n".join(left_out) + "\n")
    return buffer.getvalue(), left_out


def _files(
    preview: Preview, library: Library, other: bytes, left_out: list[str], now: datetime | None
) -> Iterator[tuple[str, bytes]]:
    assert preview.annex and preview.profile
    stem = file_stem(preview)
    word, problems = word_file(preview, library)
    yield f"{stem}.yaml", preview.text.encode()
    yield f"{stem}.json", write_json(preview.annex).encode()
    if word is None:
        left_out.append(f"{stem}.docx: {'; '.join(p.message for p in problems)}")
        return
    yield f"{stem}.docx", word
    pdf, problems = write_pdf(word)
    if pdf:
        yield f"{stem}.pdf", pdf
    else:
        left_out.append(f"{stem}.pdf: {'; '.join(p.message for p in problems)}")
    handbook = handbook_of(preview.annex, library)
    yield f"{stem}-handbook.xlsx", write_handbook_xlsx(handbook, preview.annex)
    if preview.profile.term_start:
        duties, problems = date_obligations(preview.annex, preview.profile.term_start)
        if duties:
            yield f"{stem}-obligations.ics", write_ics(duties, preview.annex)
            yield f"{stem}-obligations.xlsx", write_obligations_xlsx(duties, preview.annex)
        else:
            left_out.append(f"{stem}-obligations: {'; '.join(p.message for p in problems)}")
    else:
        left_out.append(f"{stem}-obligations: the first day of the services is not said")
    if other:
        try:
            made_on = now or datetime.combine(preview.annex.date, time(0), timezone.utc)
            made = redline(read_package(other), read_package(word), date=made_on)
            yield f"{stem}-redline.docx", write_package(made.package.parts)
        except PackageError as problem:
            left_out.append(f"{stem}-redline.docx: {problem}")
