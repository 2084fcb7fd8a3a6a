"""A deal → the files that a person takes along for work on our side, in one zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from ..deals.state import Shown
from ..derive.handbook import handbook_of
from ..derive.obligations import date_obligations
from ..model.diagnostic import Diagnostic
from ..pipeline import build_annex
from ..report.handbook import write_handbook_xlsx
from ..report.performance.calendar import write_ics
from ..report.performance.sheet import write_obligations_xlsx
from ..write.data.annex_json import write_json
from ..write.pdf import write_pdf

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


def all_files(found: Shown, stem: str) -> bytes:
    """Everything that is for us in one zip, each file whole; why one is missing is in a text next to the others.

    `found` has an annex, and `stem` begins the names.
    """
    left_out: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(found, stem, left_out):
            archive.writestr(name, data)
        if left_out:
            archive.writestr("NOT INCLUDED.txt", "\n".join(left_out) + "\n")
    return buffer.getvalue()


def _files(found: Shown, stem: str, left_out: list[str]) -> Iterator[tuple[str, bytes]]:
    assert found.annex and found.profile
    yield f"{stem}.yaml", found.text.encode()
    yield f"{stem}.json", write_json(found.annex).encode()
    built, problems = build_annex(found.profile, found.library)
    if built is None:
        left_out.append(f"{stem}.docx: {_why(problems)}")
        return
    yield f"{stem}.docx", built.data
    pdf, problems = write_pdf(built.data)
    if pdf:
        yield f"{stem}.pdf", pdf
    else:
        left_out.append(f"{stem}.pdf: {_why(problems)}")
    yield f"{stem}-handbook.xlsx", write_handbook_xlsx(handbook_of(found.annex, found.library), found.annex)
    if not found.profile.term_start:
        left_out.append(f"{stem}-obligations: the first day of the services is not said")
        return
    duties, problems = date_obligations(found.annex, found.profile.term_start)
    if duties:
        yield f"{stem}-obligations.ics", write_ics(duties, found.annex)
        yield f"{stem}-obligations.xlsx", write_obligations_xlsx(duties, found.annex)
    else:
        left_out.append(f"{stem}-obligations: {_why(problems)}")


def _why(problems: list[Diagnostic]) -> str:
    return "; ".join(p.message for p in problems)
