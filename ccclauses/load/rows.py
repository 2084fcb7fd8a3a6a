"""A row of a table → the text of a profile: its columns are named by the dotted keys of a profile.

`parties.provider.name` fills that key, `settings.breach_notice` a value, `contacts.1.email` a key of the first contact.
A list stands in one cell with semicolons between its items. An empty cell leaves what the base profile says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Position, nearest
from .profile_format import profile_record
from .schema import quoted

_ENTRY = re.compile("[1-9][0-9]?")  # contacts, sites or subcontractors in one row


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """The text of a row's profile, and for each of its lines the column (from 1) that it came from."""

    text: str
    columns: Mapping[int, int]

    def column(self, line: int) -> int:
        """The column that a line of the text came from; that of the nearest line below it for the name of a section."""
        later = [at for at in self.columns if at >= line]
        return self.columns[min(later)] if later else 1


@dataclass(slots=True)
class _Group:
    """Keys of a section, or numbered entries of a list, in the order in which their columns stand."""

    entries: dict[str, _Group | tuple[Any, int]] = field(default_factory=dict)


def check_columns(
    titles: Sequence[str], library: Library, file: str, own: Sequence[str] = ()
) -> tuple[Mapping[str, bool], list[Diagnostic]]:
    """Which columns hold lists, by title, and a problem for each title that is no key of a profile.

    `own` are titles that mean something to the caller alone.
    """
    schema = profile_record(library).schema(_known(library))
    names = list(_names(schema))
    lists: dict[str, bool] = {}
    problems: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for column, title in enumerate(titles, 1):
        at = Position(file=file, line=1, column=column)
        if not title:
            continue
        if title in seen:
            message = f"the column {quoted(title)} stands twice"
            problems.append(
                Diagnostic(
                    rule="duplicate-column", message=message, at=at, hint=f"column {seen[title]} has it too; keep one"
                )
            )
            continue
        seen[title] = column
        if title in own:
            continue
        found = _leaf(schema, title.split("."))
        if found is None or title == "extends":
            hint = _meant(title, [*names, *own])
            problems.append(
                Diagnostic(rule="unknown-column", message=f"{quoted(title)} is no key of a profile", at=at, hint=hint)
            )
        else:
            lists[title] = found == "list"
    return lists, problems


def _meant(title: str, names: Sequence[str]) -> str:
    """What a column is to be called: the provider's key of that title, else the key that is nearest to it."""
    provider = f"parties.provider.{title.strip().casefold().replace(' ', '_')}"
    known = f"did you mean `{provider}`?" if provider in names else nearest(title, names)
    return known or "name it by a key of a profile, such as `parties.provider.name`"


def row_text(cells: Mapping[str, tuple[str, int]], lists: Mapping[str, bool], extends: str) -> RowText:
    """The profile that a row makes; `cells` are the texts that it gives, each with its column, by title."""
    root = _Group()
    for title, (text, column) in cells.items():
        if title not in lists or not text.strip():
            continue
        *path, last = title.split(".")
        group = root
        for key in path:
            below = group.entries.setdefault(key, _Group())
            assert isinstance(below, _Group)
            group = below
        value = [item.strip() for item in text.split(";") if item.strip()] if lists[title] else text.strip()
        group.entries[last] = (value, column)
    lines = [f"extends: {_scalar(extends)}"]
    columns: dict[int, int] = {}
    _write(root, "", lines, columns)
    return RowText(text="\n".join(lines) + "\n", columns=columns)


def _write(group: _Group, indent: str, lines: list[str], columns: dict[int, int]) -> None:
    numbered = bool(group.entries) and all(key.isdecimal() for key in group.entries)
    keys = sorted(group.entries, key=int) if numbered else list(group.entries)
    for key in keys:
        entry = group.entries[key]
        head = f"{indent}-" if numbered else f"{indent}{_key(key)}:"
        if isinstance(entry, _Group):
            lines.append(head)
            _write(entry, indent + "  ", lines, columns)
        else:
            value, column = entry
            shown = "[" + ", ".join(map(_scalar, value)) + "]" if isinstance(value, list) else _scalar(value)
            lines.append(f"{head} {shown}")
            columns[len(lines)] = column


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _scalar(key)


def _scalar(text: str) -> str:
    # A JSON text is a YAML text in double quotes; nothing in it can become a key, a tag or an anchor.
    return json.dumps(text, ensure_ascii=False)


# -- the keys of a profile ----------------------------------------------------------------------------------------


def _known(library: Library) -> dict[str, list[str]]:
    return {"topic": list(library.topics), "clause": list(library.clauses), "posture": list(library.postures)}


def _plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a value that is written, without the null that stands for one that is not."""
    options = [s for s in schema.get("anyOf", ()) if s != {"type": "null"}]
    arrays = [s for s in options if s.get("type") == "array"]
    return _plain(arrays[0] if arrays else options[0]) if options else schema


def _leaf(schema: Mapping[str, Any], path: Sequence[str]) -> str | None:
    """Whether the key at `path` holds one value or a list; None when there is no such key."""
    schema = _plain(schema)
    if not path:
        if schema.get("type") == "array":
            return None if "properties" in _plain(schema["items"]) else "list"
        return None if schema.get("type") == "object" else "one"
    if schema.get("type") == "array":
        entry = _plain(schema["items"])
        number = _ENTRY.fullmatch(path[0])
        return _leaf(entry, path[1:]) if number and "properties" in entry and len(path) > 1 else None
    if path[0] in schema.get("properties", {}):
        return _leaf(schema["properties"][path[0]], path[1:])
    other = schema.get("additionalProperties")
    return _leaf(other, path[1:]) if isinstance(other, Mapping) else None


def _names(schema: Mapping[str, Any], prefix: str = "") -> Any:
    schema = _plain(schema)
    if schema.get("type") == "array" and "properties" in _plain(schema["items"]):
        yield from _names(schema["items"], f"{prefix}1.")
    elif "properties" in schema:
        for name, inner in schema["properties"].items():
            yield from _names(inner, f"{prefix}{name}.")
    else:
        yield prefix.rstrip(".")
