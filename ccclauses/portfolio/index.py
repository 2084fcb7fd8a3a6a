"""A folder → its holdings. An SQLite file beside the annexes keeps what was read; it is made anew whenever it is in doubt."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from ..limits import LIMITS
from ..load.located import first_refused
from ..model.clause import Library
from ..model.portfolio import Holding
from .holding import holding_of

INDEX = ".portfolio.sqlite"
_FORM = 1  # of the rows; raised when a holding has other fields or is read in another way
_TABLES = (
    "CREATE TABLE stamp (text TEXT)",
    "CREATE TABLE holdings (file TEXT PRIMARY KEY, size INTEGER, changed INTEGER, holding TEXT)",
)
_LONGEST = 1 << 20  # characters of a row; that of a whole annex has some thousands
_MAPPINGS = ("clauses", "values", "coverage")
_SHARE = re.compile(r"\d{1,6} of \d{1,6}")
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

Row = tuple[int, int, Holding]  # size and time of change of a file, and what it holds


def holdings(folder: Path, library: Library, today: date, *, rebuild: bool = False) -> tuple[list[Holding], int]:
    """What the Word files below a folder hold, by file name, and how many of them had to be read.

    A file is read again when its size or time of change differs, and all are when library or day do. Files of more than
    `LIMITS.word_bytes` are told and not read. Without leave to write beside the annexes there is no index.
    """
    stamp = json.dumps([_FORM, library.fingerprint, today.isoformat()])
    paths = list(_files(folder))
    known = (
        {} if rebuild else _read(folder / INDEX, stamp, 2 * len(paths) + 100)
    )  # some may stand for files that are gone
    rows: dict[str, Row] = {}
    fresh = 0
    for path in paths:
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


def _read(path: Path, stamp: str, most: int) -> dict[str, Row]:
    """Up to `most` rows of an index that was made in the same way, else none: whatever is wrong with it, it is made again."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
            # A view that has a table's name would run what a stranger wrote, for as long as it likes.
            made = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            if sorted(made) != sorted((table,) for table in _TABLES):
                return {}
            if base.execute("SELECT text FROM stamp LIMIT 2").fetchall() != [(stamp,)]:
                return {}
            # The pages of a damaged file may lead in circles, so that its rows have no end.
            rows = base.execute("SELECT file, size, changed, holding FROM holdings LIMIT ?", (most,))
            found = {file: (size, changed, _holding(file, text)) for file, size, changed, text in rows}
    except (sqlite3.Error, ValueError, TypeError, RecursionError):
        return {}
    return {file: (size, changed, holding) for file, (size, changed, holding) in found.items() if holding}


def _holding(file: str, text: str) -> Holding | None:
    """What a row of the index holds, if it is what a file could tell."""
    if len(text) > _LONGEST:
        return None
    found = Holding(**json.loads(text))
    texts: list[Any] = []
    for field in fields(Holding):
        member = getattr(found, field.name)
        if field.name in _MAPPINGS:
            texts += [*member, *member.values()] if isinstance(member, dict) else [None]
        elif field.name != "changed":
            texts.append(member)
    sound = all(isinstance(t, str) and not first_refused(t) for t in texts) and isinstance(found.changed, bool)
    shares = sound and all(_SHARE.fullmatch(share) for share in found.coverage.values())
    return found if shares and found.file == file else None


def _write(path: Path, stamp: str, rows: dict[str, Row]) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as base, base:
            for table in _TABLES:
                base.execute(table)
            base.execute("INSERT INTO stamp VALUES (?)", (stamp,))
            texts = ((f, s, c, json.dumps(asdict(h), ensure_ascii=False)) for f, (s, c, h) in rows.items())
            base.executemany("INSERT INTO holdings VALUES (?, ?, ?, ?)", texts)
        part.replace(path)
    except (OSError, sqlite3.Error):
        part.unlink(missing_ok=True)  # the next run reads all files again
