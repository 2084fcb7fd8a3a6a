"""A path that a user names → what the rules say of it: a library, a clause file, a profile, an annex, any contract."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..load.library import load_library
from ..load.limits import LIMITS
from ..load.profile import load_profile, profile_libraries
from ..model.diagnostic import Diagnostic, Position, errors
from ..resources import library_folder
from .engine import lint_annex, lint_library, lint_words

_WORD = (".docx", ".docm", ".dotx", ".dotm")


def lint_target(path: Path) -> list[Diagnostic]:
    """The findings of one target; a file that can't be read is a finding too."""
    if path.is_dir():
        return _library(path, None)
    if path.suffix in _WORD:
        return _word(path)
    if path.suffix == ".json":
        return _annex_json(path)
    if path.suffix in (".yaml", ".yml"):
        folder = _library_of(path)
        return _library(folder, path.stem) if folder else _profile(path)
    return lint_words([("", line, line.startswith("#")) for line in lines_of(str(path))], str(path))


def _library_of(path: Path) -> Path | None:
    """The library folder in which a clause file stands; None for a file outside of one."""
    shipped = library_folder().resolve()
    for parent in path.resolve().parents:
        if (parent / "topics.yaml").exists() or parent == shipped:
            return parent
    return None


def _library(folder: Path, clause: str | None) -> list[Diagnostic]:
    # A client's own folder is read over the shipped library, unless it is a whole library itself.
    alone = folder.resolve() == library_folder().resolve() or (folder / "topics.yaml").exists()
    library, problems = load_library(folder) if alone else load_library(library_folder(), folder)
    if errors(problems):
        return problems
    clauses = [c for c in library.clauses.values() if (clause is None or c.id == clause) and Path(folder) in Path(c.at.file).parents]
    whole = alone and clause is None
    return problems + (lint_library(library) if whole else lint_library(library, clauses))


def _profile(path: Path) -> list[Diagnostic]:
    from ..compose.annex import compose_annex
    from ..resolve import resolve

    folders, problems = profile_libraries(path)
    if errors(problems):
        return problems
    library, problems = load_library(library_folder(), *folders)
    profile, found = load_profile(path, library)
    problems = problems + found
    resolution, found = resolve(profile, library) if profile else (None, [])
    problems += found
    annex, found = compose_annex(resolution) if resolution else (None, [])
    return problems + found + (lint_annex(annex, str(path)) if annex else [])


def _annex_json(path: Path) -> list[Diagnostic]:
    # The writer that also reads annexes back stands to the right of this module.
    import importlib

    text = path.read_bytes()[: LIMITS.file_bytes * 4].decode("utf-8", "replace")
    annex, problems = importlib.import_module("ccclauses.write.annex_json").read_json(text, str(path))
    return list(problems) + (lint_annex(annex, str(path)) if annex else [])


def _word(path: Path) -> list[Diagnostic]:
    paragraphs, problem = _word_file(str(path))
    return [problem] if problem else lint_words([("", text, heading) for text, heading in paragraphs], str(path))


@lru_cache(maxsize=16)
def _word_file(file: str) -> tuple[tuple[tuple[str, bool], ...], Diagnostic | None]:
    from ..ooxml.package import PackageError, read_package
    from ..ooxml.words import word_paragraphs

    try:
        return tuple(word_paragraphs(read_package(file))), None
    except PackageError as problem:
        return (), Diagnostic(rule="unreadable-file", message=str(problem), at=Position(file=file))


@lru_cache(maxsize=64)
def lines_of(file: str) -> list[str]:
    """The lines of a text file, or the paragraphs of a Word file; empty when there is no such file."""
    path = Path(file)
    if path.suffix in _WORD:
        return [text for text, _ in _word_file(file)[0]]
    try:
        with path.open("rb") as stream:
            return stream.read(LIMITS.file_bytes).decode("utf-8", "replace").split("\n")
    except OSError:
        return []
