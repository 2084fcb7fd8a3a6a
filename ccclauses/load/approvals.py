"""A team's approvals file: read with the place of every mistake, and written so that it can be read again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..model.diagnostic import Diagnostic
from ..model.library.approval import Approval
from ..model.library.clause import EMPTY
from .document.kinds import DATE, WHOLE, Identifier
from .document.located import ScalarNode, decode, parse, read_bytes
from .document.reading import BAD, Reader, quoted
from .document.schema import LINE, PROSE, Field, MapOf, Record, Scalar

APPROVALS_FILE = "approvals.yaml"

_HEADER = """\
# What this team has reviewed, written by `ccclauses approve`. A clause whose content has changed since loses its approval.
"""


class _Hash(Scalar):
    wanted = "the hash of a clause"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if re.fullmatch(r"[0-9a-f]{64}", text):
            return text
        return reader.problem(
            "wrong-type",
            node,
            f"{quoted(text)} was found where {self.wanted} is expected",
            "it is 64 digits from 0 to f, written by `ccclauses approve`; approve the clause again",
        )


def _approval(name: str, **values: Any) -> Approval:
    return Approval(clause=name, note=values.pop("note") or "", **values)


_APPROVAL = Record(
    "an approval",
    {
        "version": Field(WHOLE, "the version of the clause that was reviewed", required=True),
        "content": Field(_Hash(), "the hash of what was reviewed", required=True),
        "date": Field(DATE, "the day of the approval, such as `2026-03-31`", required=True),
        "by": Field(LINE, "who approved it", required=True),
        "note": Field(PROSE, "what the reviewer wants to be remembered"),
    },
    _approval,
)
_FILE = Record(
    "an approvals file",
    {"approvals": Field(MapOf(Identifier(), _APPROVAL), "clause → its approval", default=EMPTY)},
    lambda approvals, at: approvals,
)


def load_approvals(path: Path) -> tuple[Mapping[str, Approval], list[Diagnostic]]:
    """The approvals in a file by clause, and every problem of it; none when there is an error."""
    data, problems = read_bytes(path)
    if problems:
        return EMPTY, problems
    text, problems = decode(data, str(path))
    return (EMPTY, problems) if problems else load_approvals_text(text, str(path))


def load_approvals_text(text: str, file: str) -> tuple[Mapping[str, Approval], list[Diagnostic]]:
    """Approvals given as text; `file` is what their places name."""
    root, problems = parse(text, file)
    if root is None:
        return EMPTY, problems
    reader = Reader(texts={file: text})
    read = _FILE.read(root, reader)
    return MappingProxyType(dict(read)) if read is not BAD else EMPTY, [*problems, *reader.diagnostics]


def approvals_text(approvals: Iterable[Approval]) -> str:
    """The approvals as their file holds them, by clause."""
    lines = [_HEADER, "approvals:\n"]
    for approval in sorted(approvals, key=lambda a: a.clause):
        lines += [
            f"  {approval.clause}:\n",
            f"    version: {approval.version}\n",
            f"    content: {approval.content}\n",
            f"    date: {approval.date.isoformat()}\n",
            f"    by: {_text(approval.by)}\n",
        ]
        lines += [f"    note: {_text(approval.note)}\n"] if approval.note else []
    return "".join(lines)


def _text(words: str) -> str:
    # A JSON string is YAML in double quotes: no name can be anything but a name.
    return json.dumps(words, ensure_ascii=False)
