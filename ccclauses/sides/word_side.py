"""A profile, an annex as JSON or a Word file → the Word package that it is, or would be."""

from __future__ import annotations

from pathlib import Path

from ..build import house_style
from ..model.diagnostic import Diagnostic, Position, errors
from ..ooxml.package import Package, PackageError, read_package
from ..write.docx import write_docx
from .read import ProfileLoader, json_annex, profile_annex


def word_package(path: Path, load_profile: ProfileLoader) -> tuple[Package | None, list[Diagnostic]]:
    """The package of a Word file, or of the annex that a profile or an annex JSON comes to."""
    ending = path.suffix.lower()
    if ending not in (".yaml", ".yml", ".json"):
        try:
            return read_package(path), []
        except PackageError as problem:
            return None, [Diagnostic(rule="unreadable-file", message=str(problem), at=Position(file=str(path)))]
    annex, problems = json_annex(path, str(path)) if ending == ".json" else profile_annex(path, load_profile)
    if annex is None or errors(problems):
        return None, problems
    style, found = house_style("legal", None, None)  # type: ignore[arg-type]
    problems = problems + found
    return (read_package(write_docx(annex, style)) if style else None), problems
