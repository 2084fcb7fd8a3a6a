"""A Word file on disk → the annex that it holds, with every reason why it could not be read as a diagnostic."""

from __future__ import annotations

from pathlib import Path

from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, Position, Severity
from ..model.library.library import Library
from ..ooxml.package.package import read_package
from ..ooxml.package.parse import PackageError
from .recover import recover_annex
from .within import alone
from .word.document import ReadDocument, View
from .word.docx import read_docx


def read_word_file(path: Path, *, view: View = "accepted") -> tuple[ReadDocument | None, list[Diagnostic]]:
    """What is in a Word file; None when it is not a sound Word file."""
    try:
        return read_docx(read_package(path), view=view, name=str(path)), []
    except PackageError as problem:
        return None, [Diagnostic(rule="unreadable-file", message=str(problem), at=Position(file=str(path)))]


def read_word_annex(
    path: Path, library: Library, *, sent: Annex | None = None, view: View = "accepted"
) -> tuple[Annex | None, list[Diagnostic]]:
    """The annex in a Word file; None when it holds none. Notes say what could not be found."""
    try:
        package, around = alone(read_package(path))
        document = read_docx(package, view=view, name=str(path))
    except PackageError as problem:
        return None, [Diagnostic(rule="unreadable-file", message=str(problem), at=Position(file=str(path)))]
    annex, notes = recover_annex(document, library, sent)
    at = Position(file=str(path))
    told = [Diagnostic(rule="in-agreement", severity=Severity.NOTE, message=line, at=at) for line in around]
    return annex, [*told, *notes]
