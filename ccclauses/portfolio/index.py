"""A folder → its holdings. An SQLite file next to the annexes keeps what was read; a file is known
by its bytes, and whatever is in doubt is read again."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..common.limits import limits
from ..load.document.located import first_refused
from ..model.findings.portfolio import Holding
from ..model.library.library import Library
from ..model.words.plurals import counted
from .holding import holding_of, unreadable

INDEX = ".portfolio.sqlite"
_FORM = 2  # of the rows; raised when a holding has other fields or is read in another way
_TABLES = (
    "CREATE TABLE stamp (text TEXT)",
    "CREATE TABLE holdings (file TEXT PRIMARY KEY, hash TEXT, holding TEXT)",
)
_LONGEST = 1 << 20  # characters of a row; that of a whole annex has some thousands
_MAPPINGS = ("clauses", "values", "coverage")
_SHARE = re.compile(r"\d{1,6} of \d{1,6}")
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_OURS = (".yaml", ".yml", ".json")  # profiles, annexes as data and manifests lie beside annexes
_NAMED = 10  # files that are passed over, by name
_WAIT = 0.2  # seconds for another program to let go of the index

Row = tuple[str, Holding]  # the SHA-256 of a file, and what it holds
BUSY = "another program holds the index; it is not used this time"


class _Busy(Exception):
    """Another process holds the index."""


def holdings(
    folder: Path,
    library: Library,
    today: date,
    *,
    rebuild: bool = False,
    earlier: Sequence[Library] = (),
    tell: Callable[[str], None] = lambda words: None,
) -> tuple[list[Holding], int]:
    """What the Word files below a folder hold, by file name, and how many of them had to be read.

    A file is known by its bytes; all are read again when library or day differ. Files of more than `limits.word_bytes`
    are reported and not read. Without leave to write next to the annexes, or while another program holds it, there is not an index.
    """
    stamp = json.dumps([_FORM, library.fingerprint, *(e.fingerprint for e in earlier), today.isoformat()])
    paths = list(_files(folder))
    known: dict[str, Row] = {}
    busy = False
    try:
        if not rebuild:
            known = _read(folder / INDEX, stamp, 2 * len(paths) + 100)  # some may represent files that are gone
    except _Busy:
        busy = True
        tell(BUSY)
    rows: dict[str, Row] = {}
    fresh = 0
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > limits().word_bytes:
                rows[name] = ("", unreadable(name, "the file is too large"))
                continue
            data = path.read_bytes()
        except OSError as problem:
            rows[name] = ("", unreadable(name, f"the file can't be read: {problem.strerror or problem}"))
            continue
        sign = hashlib.sha256(data).hexdigest()
        if name in known and known[name][0] == sign:
            rows[name] = known[name]
            continue
        fresh += 1
        rows[name] = (sign, holding_of(data, name, library, today, earlier))
    if rows != known and not busy:
        _write(folder / INDEX, stamp, rows)
    return _with_copies(rows[name][1] for name in sorted(rows)), fresh


def _with_copies(found: Iterable[Holding]) -> list[Holding]:
    """The holdings, each told the first that has its fingerprint."""
    first: dict[str, str] = {}
    out = []
    for holding in found:
        other = first.setdefault(holding.fingerprint, holding.file) if holding.fingerprint else holding.file
        out.append(holding if other == holding.file else replace(holding, same_as=other))
    return out


def other_files(folder: Path, *beside: Path) -> list[str]:
    """The files below a folder that no command reads as an annex or as what lies next to one; `beside` are outputs."""
    outputs = {p.resolve() for p in beside}
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix.lower() not in (*_SUFFIXES, *_OURS)
        and not path.name.startswith(("~$", "."))
        and not outputs & {path.resolve(), *path.resolve().parents}
    ]


def others_said(names: Sequence[str]) -> str:
    """The files that were passed over, in a sentence; empty for none."""
    if not names:
        return ""
    shown = [*names[:_NAMED], *([f"{len(names) - _NAMED} more"] if len(names) > _NAMED else [])]
    were = "was" if len(names) == 1 else "were"
    return f"{counted(len(names), 'file')} of {'another kind' if len(names) == 1 else 'other kinds'} {were} not read: {', '.join(shown)}"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        # Word keeps a lock next to an open file whose name begins so.
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".")) and path.is_file():
            yield path


def _read(path: Path, stamp: str, most: int) -> dict[str, Row]:
    """Up to `most` rows of an index that was made in the same way, else none: whatever is wrong with it, it is made again."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as base:
            # A view that has a table's name would run what a stranger wrote, for as long as it likes.
            made = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            if sorted(made) != sorted((table,) for table in _TABLES):
                return {}
            if base.execute("SELECT text FROM stamp LIMIT 2").fetchall() != [(stamp,)]:
                return {}
            # The pages of a damaged file may lead in circles, so that its rows have no end.
            rows = base.execute("SELECT file, hash, holding FROM holdings LIMIT ?", (most,))
            found = {file: (sign, _holding(file, text)) for file, sign, text in rows}
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            raise _Busy from None
        return {}
    except (sqlite3.Error, ValueError, TypeError, RecursionError):
        return {}
    return {file: (sign, holding) for file, (sign, holding) in found.items() if holding}


def _holding(file: str, text: str) -> Holding | None:
    """What a row of the index holds, if it is what a file could tell."""
    if len(text) > _LONGEST:
        return None
    found = Holding(**json.loads(text))
    if not isinstance(found.remarks, list) or not isinstance(found.clauses, dict):
        return None
    found = replace(found, remarks=tuple(found.remarks))
    texts: list[Any] = []
    for field in fields(Holding):
        member = getattr(found, field.name)
        if field.name in _MAPPINGS:
            texts += [*member, *member.values()] if isinstance(member, dict) else [None]
        elif field.name == "remarks":
            texts += member
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
            texts = ((f, s, json.dumps(asdict(h), ensure_ascii=False)) for f, (s, h) in rows.items())
            base.executemany("INSERT INTO holdings VALUES (?, ?, ?)", texts)
        part.replace(path)
    except (OSError, sqlite3.Error):
        part.unlink(missing_ok=True)  # the next run reads all files again
