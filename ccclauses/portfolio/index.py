"""A folder → its holdings. An SQLite file beside the annexes keeps what was read; it is made anew whenever it is in doubt."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

from ..limits import LIMITS
from ..model.clause import Library
from ..model.portfolio import Holding
from .holding import holding_of

INDEX = ".portfolio.sqlite"
_FORM = 1  # of the rows; raised when a holding has other fields or is read in another way
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def holdings(folder: Path, library: Library, today: date, *, rebuild: bool = False) -> tuple[list[Holding], int]:
    """What the Word files below a folder hold, by file name, and how many of them had to be read.

    A file is read again when its size or time of change differs, and all are when library or day do. Files of more than
    `LIMITS.word_bytes` are told and not read. Without leave to write beside the annexes there is no index.
    """
    stamp = json.dumps([_FORM, library.fingerprint, today.isoformat()])
    known = {} if rebuild else _read(folder / INDEX, stamp)
    rows: dict[str, tuple[int, int, Holding]] = {}
    fresh = 0
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            about = path.stat()
            size, changed = about.st_size, about.st_mtime_ns
            row = known.get(name)
            if row and row[:2] == (size, changed):
                rows[name] = row
                continue
            fresh += 1
            if size > LIMITS.word_bytes:
                found = Holding(file=name, problem="the file is too large", clauses={}, values={}, coverage={})
            else:
                found = holding_of(path.read_bytes(), name, library, today)
        except OSError as problem:
            reason = f"the file can't be read: {problem.strerror or problem}"
            size, changed, found = -1, -1, Holding(file=name, problem=reason, clauses={}, values={}, coverage={})
        rows[name] = (size, changed, found)
    if rows != known:
        _write(folder / INDEX, stamp, rows)
    return [rows[name][2] for name in sorted(rows)], fresh


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        # Word keeps a lock beside an open file whose name begins so.
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".")) and path.is_file():
            yield path


def _read(path: Path, stamp: str) -> dict[str, tuple[int, int, Holding]]:
    """The rows of an index that was made in the same way, else none: whatever is wrong with it, it is made again."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            if base.execute("SELECT text FROM stamp").fetchall() != [(stamp,)]:
                return {}
            found = base.execute("SELECT file, size, changed, holding FROM holdings").fetchall()
        return {file: (size, changed, Holding(**json.loads(text))) for file, size, changed, text in found}
    except (sqlite3.Error, ValueError, TypeError):
        return {}


def _write(path: Path, stamp: str, rows: dict[str, tuple[int, int, Holding]]) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as base, base:
            base.execute("CREATE TABLE stamp (text TEXT)")
            base.execute("CREATE TABLE holdings (file TEXT PRIMARY KEY, size INTEGER, changed INTEGER, holding TEXT)")
            base.execute("INSERT INTO stamp VALUES (?)", (stamp,))
            texts = ((f, s, c, json.dumps(asdict(h), ensure_ascii=False)) for f, (s, c, h) in rows.items())
            base.executemany("INSERT INTO holdings VALUES (?, ?, ?, ?)", texts)
        part.replace(path)
    except (OSError, sqlite3.Error):
        part.unlink(missing_ok=True)  # the next run reads all files again
