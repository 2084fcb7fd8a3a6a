"""A clause by its file, or by its id with a posture and a law → something that can be compared."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..compare.contents import Contents, Line, Part
from ..derive.rungs import Rung, rung
from ..model.annex import Entry, Text
from ..model.diagnostic import Diagnostic, errors
from ..model.library.clause import Clause
from ..model.library.library import Law, Library

_TABLES = ("topics", "postures", "forms", "facts", "definitions", "laws", "constraints", "frame")


def rung_contents(clause: Clause, library: Library, posture: str, law: Law) -> Contents | None:
    """The wording of a clause as a posture prints it under a law; None when it has none there."""
    found = rung(clause, library, posture, law)
    if found is None:
        return None
    lines = tuple(Line(number=line.number, inlines=(Text(line.text),)) for line in found.lines)
    part = Part(id=clause.id, title=clause.title, version=clause.version, lines=lines)
    return Contents(parts=(part,), values={e.name: e for e in _entries(found, clause)})


def _entries(found: Rung, clause: Clause) -> Iterator[Entry]:
    for name, text in found.values.items():
        parameter = clause.parameters.get(name)
        if parameter and found.posture in parameter.values:
            value = found.variant.settings.get(name, parameter.values[found.posture])
            yield Entry(
                name=name, label=parameter.label, clause=clause.id, value=value, text=text, stricter=parameter.stricter
            )


def read_clause_file(path: Path, library: Path, name: str) -> tuple[Clause | None, Library | None, list[Diagnostic]]:
    """The clause of one file, read with the tables of a library next to it but without the library's other clauses.

    `name` is the file's own name, which git's copy of it may not have. Problems that only come from the missing
    neighbours are left out.
    """
    from ..load.library.library import load_library

    with tempfile.TemporaryDirectory(prefix="ccclauses-") as folder:
        place = Path(folder)
        for table in _TABLES:
            for source in sorted(library.glob(f"{table}.y*ml")):
                shutil.copyfile(source, place / source.name)
        if (library / "frameworks").is_dir():
            shutil.copytree(library / "frameworks", place / "frameworks")
        copy = place / "clause" / name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        loaded, problems = load_library(place)
    clause = next(iter(loaded.clauses.values()), None)
    if clause is None:
        own = [d for d in errors(problems) if d.at.file == str(copy)]
        return None, None, [_told_at(d, str(path)) for d in own or problems]
    return clause, loaded, []


def _told_at(diagnostic: Diagnostic, file: str) -> Diagnostic:
    return replace(diagnostic, at=replace(diagnostic.at, file=file))
