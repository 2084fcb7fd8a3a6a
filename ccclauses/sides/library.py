"""A clause library by its folders, or by a folder at a git revision."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from ..common.resources import library_folder
from ..load.library.library import load_library
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.library.library import Library
from .revision import RevisionError, copy_at_revision


def library_of(*folders: Path) -> tuple[Library | None, list[Diagnostic]]:
    """A library of its own when the first folder holds the tables of one, else read over the shipped one."""
    whole = bool(folders) and any((folders[0] / f"topics{suffix}").is_file() for suffix in (".yaml", ".yml"))
    library, problems = load_library(*(() if whole else (library_folder(),)), *folders)
    return (None, problems) if errors(problems) else (library, problems)


def library_named(specs: Sequence[str]) -> tuple[Library | None, list[Diagnostic]]:
    """The library that folders or `FOLDER@REVISION` name, each read over the one before; the shipped one for none."""
    folders: list[Path] = []
    shown: dict[str, str] = {}  # a copy → what the reader called it
    problems: list[Diagnostic] = []
    with ExitStack() as stack:
        for spec in specs:
            path, at, revision = spec.rpartition("@")
            if Path(spec).is_dir():
                folders.append(Path(spec))
                continue
            try:
                if not at or not path:
                    raise RevisionError(
                        "there is no such folder; name a folder, or FOLDER@REVISION of a git repository"
                    )
                place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ccclauses-")))
                folders.append(copy_at_revision(Path(path), revision, place))
                shown[str(folders[-1])] = path
            except RevisionError as problem:
                problems.append(Diagnostic(rule="library", message=str(problem), at=Position(file=spec)))
        if problems:
            return None, problems
        library, problems = library_of(*folders)
    for copy, name in shown.items():
        problems = [replace(d, at=replace(d.at, file=d.at.file.replace(copy, name))) for d in problems]
    return library, problems
