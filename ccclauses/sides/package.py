"""A Word file, a profile or an annex as JSON → a Word package, to be redlined or reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..model.diagnostic import Diagnostic, Position, errors
from ..ooxml.package.package import Package, check_comparable, read_package
from ..ooxml.package.parse import PackageError
from .annex import YAML_SUFFIXES, ProfileLoader, at_posture, json_annex

if TYPE_CHECKING:
    from ..model.annex import Annex


def word_package(
    path: Path, load_profile: ProfileLoader, *, posture: str = "", template: str = ""
) -> tuple[Package | None, list[Diagnostic]]:
    """What the file is, or would be, in Word. A profile is built in its own house style, an annex in `legal`, or both in `template`."""
    suffix = path.suffix.lower()
    if suffix in YAML_SUFFIXES:
        return _built(path, load_profile, posture, template)
    if posture:
        message = "a posture is chosen for a profile, and this is none"
        return None, [Diagnostic(rule="posture", message=message, at=Position(file=str(path)))]
    if suffix == ".json":
        annex, problems = json_annex(path, str(path))
        return (None, problems) if annex is None else _in_style(annex, str(path), template)
    try:
        package = read_package(path)
        check_comparable(package)
        return package, []
    except PackageError as problem:
        return None, [_unreadable(path, problem)]


def _unreadable(path: Path, problem: PackageError) -> Diagnostic:
    return Diagnostic(rule="unreadable-file", message=str(problem), at=Position(file=str(path)))


def _built(
    path: Path, load_profile: ProfileLoader, posture: str, template: str
) -> tuple[Package | None, list[Diagnostic]]:
    from ..pipeline import build_annex

    profile, library, problems = load_profile(path)
    if profile is not None and library is not None and posture:
        profile, found = at_posture(profile, library, posture)
        problems = problems + found
    if profile is None or library is None:
        return None, problems
    built, found = build_annex(profile, library, template=template or None)
    problems = problems + found
    return (read_package(built.data) if built and not errors(problems) else None), problems


def _in_style(annex: Annex, file: str, template: str) -> tuple[Package | None, list[Diagnostic]]:
    from ..pipeline import HOUSE_STYLES, house_style
    from ..write.word.docx import write_docx

    style, problems = house_style(template or HOUSE_STYLES[0], Beside(file), None)
    if style is None or errors(problems):
        return None, problems
    return read_package(write_docx(annex, style)), problems


class Beside:
    """Stands for the profile that an annex as JSON no longer has: a client's template is looked for next to the file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def at(self, key: str) -> Position:
        """The file; an annex has no lines of its own."""
        return Position(file=self.file)
