"""Folders of YAML files to one `Library`: the shipped folder first, then a client's own, which add to it or replace.

Every problem of every file is reported in one run. A clause that has a problem stays known by name, so that one mistake
is told once and not again by everything that refers to it.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..limits import limits
from ..model.clause import (
    Clause,
    Definition,
    EarlierValue,
    Fact,
    Framework,
    Law,
    Library,
    Numbering,
    Part,
    Posture,
    Topic,
)
from ..model.diagnostic import Diagnostic, Position, errors
from ..model.form import Form
from ..model.signal import Signal
from . import formats
from .approvals import APPROVALS_FILE
from .changes import check_changes
from .checks import check_library
from .located import MappingNode, Node, decode, parse, position, read_bytes
from .schema import BAD, Kind, Named, Reader, quoted

_TABLES = (
    "topics",
    "postures",
    "forms",
    "facts",
    "definitions",
    "laws",
    "constraints",
    "frame",
    "signals",
    "earlier_values",
)
_MERGED = ("parameters", "failures", "maps_to")  # keys of a replacing clause whose entries join those it takes over


@dataclass(slots=True)
class Draft:
    """A library while its folders are read: the tables as they grow, and for each clause its values and its node."""

    reader: Reader = field(default_factory=Reader)
    groups: dict[str, str] = field(default_factory=dict)
    unheaded: set[str] = field(default_factory=set)
    topics: dict[str, Topic] = field(default_factory=dict)
    postures: dict[str, Posture] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    definitions: list[Definition] = field(default_factory=list)
    frame: list[Part] = field(default_factory=list)
    laws: dict[str, Law] = field(default_factory=dict)
    numberings: dict[str, Numbering] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    constraints: dict[str, Any] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    earlier_values: dict[str, EarlierValue] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    replaced: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # files and clauses that are known but could not be read


def load_library(*folders: Path) -> tuple[Library, list[Diagnostic]]:
    """The library of the shipped folder and, after it, a client's own; with every problem of every file."""
    with _no_collection():
        return _loaded(folders)


def _loaded(folders: Iterable[Path]) -> tuple[Library, list[Diagnostic]]:
    draft, digest = Draft(), hashlib.sha256()
    for number, folder in enumerate(folders):
        _read_folder(folder, number, draft, digest)
    library = _library(draft, digest.hexdigest())
    library = check_library(library, draft.reader, draft.nodes, draft.broken)
    found = draft.reader.diagnostics
    return library, sorted(dict.fromkeys(found), key=lambda d: (d.at, d.rule))


@contextmanager
def _no_collection() -> Iterator[None]:
    # The nodes of a library are many and all in use; looking for garbage among them takes a fifth of the time. They must
    # be gone when collecting is turned on again: it would begin with them.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The YAML files of a folder as (name inside it, path), sorted; what begins with a dot is passed over.

    So is a team's approvals file, which may lie beside its clauses and is no part of them.
    """
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith(".") and name != APPROVALS_FILE:
                path = Path(parent, name)
                yield path.relative_to(folder).as_posix(), path


def _read_folder(folder: Path, number: int, draft: Draft, digest: Any) -> None:
    reader = draft.reader
    if not folder.is_dir():
        message = "this is a file, not a folder" if folder.exists() else "there is no such folder of clauses"
        hint = "a path under `libraries` starts from the folder of the profile that names it"
        reader.diagnostics.append(
            Diagnostic(rule="unreadable-file", message=message, at=Position(file=str(folder)), hint=hint)
        )
        return
    # Cues judge papers and make no annex; they are read apart and leave the fingerprint as it is.
    files = sorted((name, path) for name, path in files_of(folder) if not name.startswith("assess/"))
    if len(files) > limits().library_files:
        message = f"the folder holds more than {limits().library_files:,} YAML files"
        reader.diagnostics.append(Diagnostic(rule="too-many-files", message=message, at=Position(file=str(folder))))
        return
    roots: dict[str, Node] = {}
    for name, path in files:
        data, problems = read_bytes(path)
        digest.update(f"{number}/{name}\0{len(data)}\0".encode() + data)
        text, node = "", None
        if not problems:
            text, problems = decode(data, str(path))
        if not problems:
            node, problems = parse(text, str(path))
        reader.diagnostics += problems
        if node is None:
            draft.broken.add(_stem(name))
        else:
            reader.texts[str(path)] = text
            roots[name] = node
    _read_tables(folder, roots, number, draft)
    for name, node in roots.items():
        if name.startswith("frameworks/"):
            _read_framework(name, node, draft)
        elif "/" in name or _stem(name) not in _TABLES:
            _read_clause(name, node, number, draft)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


# -- tables ---------------------------------------------------------------------------------------------------------


def _read_tables(folder: Path, roots: dict[str, Node], number: int, draft: Draft) -> None:
    kinds: dict[str, Kind] = {
        "topics": formats.GROUPS, "postures": formats.POSTURES, "forms": formats.FORMS, "facts": formats.FACTS,
        "laws": formats.LAWS, "definitions": formats.DEFINITIONS, "constraints": formats.CONSTRAINTS,
        "frame": formats.FRAME, "signals": formats.SIGNALS, "earlier_values": formats.EARLIER_VALUES,
    }  # fmt: skip
    for table in _TABLES:
        node = roots.get(f"{table}.yaml")
        if node is None:
            if not number and table in ("topics", "postures", "laws") and table not in draft.broken:
                at = Position(file=str(folder / f"{table}.yaml"))
                draft.reader.diagnostics.append(
                    Diagnostic(rule="missing-file", message=f"a clause library needs the file {table}.yaml", at=at)
                )
                draft.broken.add(table)
            continue
        if table == "postures" and number:
            draft.reader.problem(
                "replaced-table", node, "postures belong to the shipped library", "leave this file out"
            )
            continue
        value = kinds[table].read(node, draft.reader)
        if value is BAD:
            draft.broken.add(table)
        else:
            _TAKE[table](value, node, draft)


def _unique(table: dict[str, Any], key: str, value: Any, at: Position, draft: Draft, what: str) -> None:
    """Take a value into a table; a later folder replaces what an earlier one has, one file has it once."""
    before = table.get(key)
    if before is not None and before.at.file == at.file:
        message, hint = f"{what} {quoted(key)} appears twice", f"it is on line {before.at.line} too; keep one"
        draft.reader.diagnostics.append(Diagnostic(rule="duplicate-entry", message=message, at=at, hint=hint))
    else:
        table[key] = value


def _take_topics(groups: Any, node: Node, draft: Draft) -> None:
    here: set[str] = set()
    for group in groups:
        draft.groups[group["id"]] = group["title"]
        if not group["heading"]:
            draft.unheaded.add(group["id"])
        for topic, at in group["topics"]:
            if topic["id"] in here:
                message = f"the topic {quoted(topic['id'])} appears twice"
                draft.reader.diagnostics.append(
                    Diagnostic(rule="duplicate-entry", message=message, at=at, hint="keep one")
                )
            here.add(topic["id"])
            order = draft.topics[topic["id"]].order if topic["id"] in draft.topics else len(draft.topics)
            draft.topics[topic["id"]] = Topic(id=topic["id"], title=topic["title"], group=group["id"], order=order)


def _take_postures(postures: Any, node: Node, draft: Draft) -> None:
    for order, (posture, at) in enumerate(postures):
        if posture["id"] in draft.postures:
            message = f"the posture {quoted(posture['id'])} appears twice"
            draft.reader.diagnostics.append(Diagnostic(rule="duplicate-entry", message=message, at=at, hint="keep one"))
        draft.postures[posture["id"]] = Posture(**posture, order=order)


def _take_forms(forms: Any, node: Node, draft: Draft) -> None:
    for form in forms:
        _unique(draft.forms, form.id, form, form.at, draft, "the form")


def _take_facts(facts: Any, node: Node, draft: Draft) -> None:
    for fact in facts:
        _unique(draft.facts, fact.name, fact, fact.at, draft, "the fact")


def _take_definitions(definitions: Any, node: Node, draft: Draft) -> None:
    # A later folder's definition takes the place of every earlier one of that term.
    terms = {d.term for d in definitions}
    draft.definitions = [d for d in draft.definitions if d.term not in terms] + list(definitions)


def _take_frame(parts: Any, node: Node, draft: Draft) -> None:
    names = {(p.name, p.laws) for p in parts}
    draft.frame = [p for p in draft.frame if (p.name, p.laws) not in names] + list(parts)


def _take_laws(laws: Any, node: Node, draft: Draft) -> None:
    draft.numberings.update(laws["numberings"])
    for law in laws["laws"]:
        _unique(draft.laws, law.id, law, law.at, draft, "the law")


def _take_constraints(constraints: Any, node: Node, draft: Draft) -> None:
    for constraint in constraints:
        _unique(draft.constraints, constraint.id, constraint, constraint.at, draft, "the constraint")


def _take_signals(signals: Any, node: Node, draft: Draft) -> None:
    for signal in signals:
        _unique(draft.signals, signal.id, signal, signal.at, draft, "the group of words")


def _take_earlier_values(values: Any, node: Node, draft: Draft) -> None:
    for value in values:
        _unique(draft.earlier_values, value.name, value, value.at, draft, "the value")


_TAKE = {
    "topics": _take_topics,
    "postures": _take_postures,
    "forms": _take_forms,
    "facts": _take_facts,
    "definitions": _take_definitions,
    "frame": _take_frame,
    "laws": _take_laws,
    "constraints": _take_constraints,
    "signals": _take_signals,
    "earlier_values": _take_earlier_values,
}


# -- frameworks and clauses -----------------------------------------------------------------------------------------


def _read_framework(name: str, node: Node, draft: Draft) -> None:
    framework = formats.FRAMEWORK.read(node, draft.reader)
    if framework is BAD:
        draft.broken.add(_stem(name))
        return
    if framework.id != _stem(name):
        draft.reader.problem("file-name", node,
                             f"the framework {quoted(framework.id)} stands in a file of another name",
                             f"name the file `{framework.id}.yaml`")  # fmt: skip
    _unique(draft.frameworks, framework.id, framework, framework.at, draft, "the framework")


def _read_clause(name: str, node: Node, number: int, draft: Draft) -> None:
    stem, reader = _stem(name), draft.reader
    if "postures" in draft.broken:
        return  # each value of a parameter would be blamed for a posture that nobody knows
    record = formats.clause_record(tuple(draft.postures))
    reader.owner = stem
    before = len(errors(reader.diagnostics))
    given = record.given(node, reader)
    reader.owner = ""
    if given is BAD:
        draft.broken.add(stem)
        return
    taken = _taken_over(given, node, name, number, draft)
    values = _inherit(given, taken) if taken else given
    record.complete(values, node, reader)
    if given.get("changes", BAD) is not BAD and values.get("version", BAD) is not BAD:
        check_changes(values["version"], given["changes"], node, reader)
    if stem != given.get("id", stem) and given.get("id") is not BAD:
        reader.problem("file-name", node, f"the clause {quoted(given['id'])} stands in a file of another name",
                       f"name the file `{given['id']}.yaml`")  # fmt: skip
    if len(errors(reader.diagnostics)) > before:
        draft.broken.add(stem)
        _keep_parameter_names(node, stem, reader)
        return
    values = {key: values.get(key, f.default) for key, f in record.fields.items()}
    values["at"] = position(node)
    if taken:
        draft.replaced[stem] = taken
    elif stem in draft.values:
        earlier = draft.values[stem]["at"]
        hint = (
            f"it is in {earlier.file} too; keep one"
            if number == 0
            else f"write `extends: {stem}` to replace it, or choose another id"
        )
        reader.problem("duplicate-clause", node, f"the library has a clause {quoted(stem)} already", hint)
        return
    draft.values[stem] = values
    draft.nodes[stem] = node


def _keep_parameter_names(node: Node, owner: str, reader: Reader) -> None:
    """Remember the parameters of a clause that could not be read, so that those who use them are not blamed."""
    for key, value in node.value:
        if key.value == "parameters" and isinstance(value, MappingNode):
            reader.names += [Named("loose parameter", str(k.value), k, owner) for k, _ in value.value]


def _taken_over(given: dict[str, Any], node: Node, name: str, number: int, draft: Draft) -> dict[str, Any] | None:
    """The values of the clause that this one replaces, if it says so and may."""
    base = given.get("extends")
    if not base or base is BAD:
        return None
    key = next(k for k, _ in node.value if k.value == "extends")
    if number == 0:
        draft.reader.problem("extends", key, "a clause of the shipped library extends none", "remove `extends`")
    elif base != given.get("id", base) and base in draft.values:
        draft.reader.problem("extends", key, f"a clause can replace only the one of its own id, not {quoted(base)}",
                             f"write `id: {base}`, or leave `extends` out")  # fmt: skip
    return draft.values.get(base)


def _inherit(given: dict[str, Any], taken: dict[str, Any]) -> dict[str, Any]:
    # A clause that counts its own versions gives its own reasons for them.
    left = ("at", "changes") if "version" in given else ("at",)
    values = {key: value for key, value in taken.items() if key not in left} | given
    for key in _MERGED:
        if key in given and given[key] is not BAD:
            values[key] = MappingProxyType({**taken[key], **given[key]})
    return values


# -- the whole ------------------------------------------------------------------------------------------------------


def _library(draft: Draft, fingerprint: str) -> Library:
    clauses: dict[str, Clause] = {}
    last = len(draft.topics)
    order = {t.id: t.order for t in draft.topics.values()}
    for id_ in sorted(draft.values, key=lambda i: (order.get(draft.values[i]["topic"], last), i)):
        taken = draft.replaced.get(id_)
        clauses[id_] = Clause(**draft.values[id_], replaces=Clause(**taken) if taken else None)
    definitions: dict[str, Definition] = {}
    for definition in draft.definitions:
        # A term may be defined again under a condition that excludes the first one.
        key = definition.term if definition.term not in definitions else f"{definition.term} ({definition.when})"
        if key in definitions:
            message, hint = (
                f"the term {quoted(definition.term)} is defined twice",
                "give each its own `when`, or keep one",
            )
            draft.reader.diagnostics.append(
                Diagnostic(rule="duplicate-entry", message=message, at=definition.at, hint=hint)
            )
        definitions.setdefault(key, definition)
    return Library(
        clauses=MappingProxyType(clauses),
        topics=MappingProxyType(draft.topics),
        groups=MappingProxyType(draft.groups),
        headings=MappingProxyType({g: t for g, t in draft.groups.items() if g not in draft.unheaded}),
        postures=MappingProxyType(draft.postures),
        definitions=MappingProxyType(definitions),
        frameworks=MappingProxyType(draft.frameworks),
        laws=MappingProxyType(draft.laws),
        numberings=MappingProxyType(draft.numberings),
        facts=MappingProxyType(draft.facts),
        constraints=tuple(draft.constraints.values()),
        forms=MappingProxyType(draft.forms),
        earlier_values=MappingProxyType(draft.earlier_values),
        signals=tuple(draft.signals.values()),
        frame=tuple(draft.frame),
        fingerprint=fingerprint,
    )
