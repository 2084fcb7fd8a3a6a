"""A row of a table → the text of a profile: its columns are named by the dotted keys of a profile.

`parties.provider.name` fills that key, `settings.breach_notice` a value, `contacts.1.email` a key of the first contact.
A list is in one cell with semicolons between its items. An empty cell leaves what the base profile says, save for a
row of another supplier than the base's: what identifies the base's supplier is not taken over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.diagnostic import Diagnostic, Position, nearest
from ...model.library.library import Library
from ..document.reading import quoted
from ..profile.profile_format import profile_record

SUPPLIER = "parties.provider.name"
_PROVIDER = "parties.provider."
_OF_SUPPLIER = ("sites", "subcontractors")  # lists that belong to the supplier whole
BY_PARTY = ("contacts", "systems")  # lists of which each entry says whose it is; the supplier's where it does not say
_ADDED = ("frameworks", "include")  # lists to which a row adds
_NO_COLUMNS = {
    "extends": "all rows build on the profile that --profile names; name another one there",
    "libraries": "one library is loaded for all rows; name its folders in the base profile",
}
_ENTRY = re.compile("[1-9][0-9]?")  # contacts, sites or subcontractors in one row
_LISTED = re.compile(r"(?P<list>.*?)\.(?P<number>[1-9][0-9]?)\.(?P<key>.*)")

Cells = Mapping[str, tuple[str, int]]  # what a row gives: by title the text and its column


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """The text of a row's profile; for each line the column (from 1) that it came from, 0 for one taken from the base.

    `groups` are the groups of keys by the line on which they begin, named as titles name them.
    """

    text: str
    columns: Mapping[int, int]
    groups: Mapping[int, str]

    def column(self, line: int) -> int:
        """The column that a line of the text came from; that of the nearest line below it for the name of a section."""
        later = [at for at in self.columns if at >= line]
        return self.columns[min(later)] if later else 1


@dataclass(slots=True)
class _Group:
    """Keys of a section, or numbered entries of a list, in the order in which their columns stand."""

    path: str = ""
    entries: dict[str, _Group | tuple[Any, int]] = field(default_factory=dict)


def check_columns(
    titles: Sequence[str], library: Library, file: str, own: Sequence[str] = (), row: int = 1
) -> tuple[Mapping[str, bool], list[Diagnostic]]:
    """Which columns hold lists, by title, and a problem for each title that is not a key of a profile.

    `own` are titles that mean something to the caller alone; `row` is that of the titles.
    """
    schema = profile_record(library).schema(_known(library))
    names = [name for name in _names(schema) if name not in _NO_COLUMNS]
    lists: dict[str, bool] = {}
    problems: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for column, title in enumerate(titles, 1):
        at = Position(file=file, line=row, column=column)
        if not title:
            continue
        if title in seen:
            message = f"the column {quoted(title)} appears twice"
            problems.append(
                Diagnostic(
                    rule="duplicate-column", message=message, at=at, hint=f"column {seen[title]} has it too; keep one"
                )
            )
            continue
        seen[title] = column
        if title in own:
            continue
        if title in _NO_COLUMNS:
            message = f"{quoted(title)} can't be a column"
            problems.append(Diagnostic(rule="unknown-column", message=message, at=at, hint=_NO_COLUMNS[title]))
            continue
        found = _leaf(schema, title.split("."))
        if found is None:
            hint = _meant(title, [*names, *own])
            problems.append(
                Diagnostic(
                    rule="unknown-column", message=f"{quoted(title)} is not a key of a profile", at=at, hint=hint
                )
            )
        else:
            lists[title] = found == "list"
    return lists, problems


def _meant(title: str, names: Sequence[str]) -> str:
    """What a column is to be called: the provider's key of that title, else the key that is nearest to it."""
    provider = f"parties.provider.{title.strip().casefold().replace(' ', '_')}"
    known = f"did you mean `{provider}`?" if provider in names else nearest(title, names)
    return known or "name it by a key of a profile, such as `parties.provider.name`"


def names_another(cells: Cells, says: Mapping[str, str]) -> bool:
    """Whether a row names another supplier than the base does; `says` is what the base holds, by dotted key."""
    ours, theirs = says.get(SUPPLIER, ""), cells.get(SUPPLIER, ("", 0))[0]
    return bool(ours and theirs) and ours.casefold().split() != theirs.casefold().split()


def supplier_says(says: Mapping[str, str]) -> Mapping[str, str]:
    """What of a base identifies its supplier: the party, its sites and subcontractors, its own contacts and systems."""
    if SUPPLIER not in says:
        return {}
    own = [f"{name}.{n}." for name in BY_PARTY for n, e in list_entries(name, says).items() if e["party"] == "provider"]
    starts = (_PROVIDER, *(f"{name}." for name in _OF_SUPPLIER), *own)
    return {key: text for key, text in says.items() if key.startswith(starts)}


def row_differs(cells: Cells, lists: Mapping[str, bool], says: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a row says and its base does not, by title. With the base it gives the row's profile again."""
    if names_another(cells, says):
        gone = supplier_says(says)
        says = {key: text for key, text in says.items() if key not in gone}
    texts = {title: text for title, (text, _) in cells.items() if title in lists}

    def same(title: str, text: str) -> bool:
        if listed := _LISTED.fullmatch(title):
            ours, theirs = list_entries(listed["list"], texts), list_entries(listed["list"], says)
            parties = {entry.get("party") for entry in ours.values()}
            return [*ours.values()] == [entry for entry in theirs.values() if entry.get("party") in parties]
        if lists[title]:
            ours_, theirs_ = _items(text), _items(says.get(title, ""))
            return set(ours_) <= set(theirs_) if title in _ADDED else ours_ == theirs_
        return says.get(title) == text.strip()

    return tuple((title, text) for title, text in texts.items() if not same(title, text))


def list_entries(name: str, texts: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """The groups of a list by their numbers. A contact or system whose party is not given is the supplier's."""
    found: dict[int, dict[str, str]] = {}
    for title, text in texts.items():
        listed = _LISTED.fullmatch(title)
        if listed and listed["list"] == name:
            found.setdefault(int(listed["number"]), {})[listed["key"]] = text.strip()
    if name in BY_PARTY:
        found = {number: {"party": "provider", **entry} for number, entry in found.items()}
    return dict(sorted(found.items()))


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def row_text(cells: Cells, lists: Mapping[str, bool], extends: str, says: Mapping[str, str] | None = None) -> RowText:
    """The profile that a row makes on the base whose file is `extends` and which holds what `says` says."""
    says = says or {}
    root = _Group()
    for title, (text, column) in cells.items():
        if title not in lists or not text.strip():
            continue
        *path, last = title.split(".")
        group = root
        for key in path:
            below = group.entries.setdefault(key, _Group(path=f"{group.path}.{key}".lstrip(".")))
            assert isinstance(below, _Group)
            group = below
        group.entries[last] = (_items(text) if lists[title] else text.strip(), column)
    other = names_another(cells, says)
    if other:
        _take_away(root, supplier_says(says))
    for name in BY_PARTY:
        _join(root, name, says, other)
    lines = [f"extends: {_scalar(extends)}"]
    columns: dict[int, int] = {}
    groups = {1: ""}
    _write(root, "", lines, columns, groups)
    return RowText(text="\n".join(lines) + "\n", columns=columns, groups=groups)


def _group(entry: _Group | tuple[Any, int]) -> _Group:
    """An entry that the format says is a group."""
    assert isinstance(entry, _Group)
    return entry


def _take_away(root: _Group, gone: Mapping[str, str]) -> None:
    """Empty values for what the base says of its own supplier and the row does not say of its own."""
    party = _group(_group(root.entries["parties"]).entries["provider"])  # the row names its supplier
    for name in gone:
        key, _, below = name.removeprefix(_PROVIDER).partition(".")
        if name.startswith(_PROVIDER):
            party.entries.setdefault(key, ([] if below else "", 0))
        elif key in _OF_SUPPLIER:
            root.entries.setdefault(key, ([], 0))


def _join(root: _Group, name: str, says: Mapping[str, str], other: bool) -> None:
    """A row's entries of a party take the place of the base's of that party; those of the other party stay."""
    own = root.entries.get(name, _Group())
    assert isinstance(own, _Group)
    for entry in own.entries.values():
        _group(entry).entries.setdefault("party", ("provider", 0))
    parties = (_group(entry).entries["party"] for entry in own.entries.values())
    replaced = {party[0] for party in parties if isinstance(party, tuple)}
    replaced |= {"provider"} if other else set()
    before = list(list_entries(name, says).values())
    kept = [entry for entry in before if entry["party"] not in replaced]
    if not own.entries and len(kept) == len(before):
        return
    groups: list[Any] = [_Group(entries={k: (text, 0) for k, text in entry.items()}) for entry in kept]
    groups += [own.entries[number] for number in sorted(own.entries, key=int)]
    root.entries[name] = _Group(path=name, entries={str(n): g for n, g in enumerate(groups, 1)}) if groups else ([], 0)


def _write(group: _Group, indent: str, lines: list[str], columns: dict[int, int], groups: dict[int, str]) -> None:
    numbered = bool(group.entries) and all(key.isdecimal() for key in group.entries)
    keys = sorted(group.entries, key=int) if numbered else list(group.entries)
    for key in keys:
        entry = group.entries[key]
        head = f"{indent}-" if numbered else f"{indent}{_key(key)}:"
        if isinstance(entry, _Group):
            lines.append(head)
            groups[len(lines) + 1] = entry.path
            _write(entry, indent + "  ", lines, columns, groups)
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
    """The schema of a value that is written, without the null that represents one that is not."""
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
