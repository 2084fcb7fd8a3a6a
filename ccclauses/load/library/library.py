"""Folders of YAML files to one `Library`: the shipped folder first, then a client's own, which add to it or replace.

Every problem of every file is reported in one run. A clause that has a problem stays known by name, so that one mistake
is reported once and not again by everything that refers to it.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position, errors
from ...model.library.clause import Clause
from ...model.library.library import Definition, Library
from ..approvals import APPROVALS_FILE
from ..document.located import MappingNode, Node, decode, parse, position, read_bytes
from ..document.reading import BAD, Named, Reader, quoted
from . import clause_format, formats
from .changes import check_changes
from .checks import check_library
from .tables import _TABLES, Draft, read_tables, unique

_MERGED = ("parameters", "failures", "maps_to")  # keys of a replacing clause whose entries join those it takes over


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

    So is a team's approvals file, which may lie next to its clauses and is not a part of them.
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
    read_tables(folder, roots, number, draft)
    for name, node in roots.items():
        if name.startswith("frameworks/"):
            _read_framework(name, node, draft)
        elif "/" in name or _stem(name) not in _TABLES:
            _read_clause(name, node, number, draft)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


# -- tables ---------------------------------------------------------------------------------------------------------


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
    unique(draft.frameworks, framework.id, framework, framework.at, draft, "the framework")


def _read_clause(name: str, node: Node, number: int, draft: Draft) -> None:
    stem, reader = _stem(name), draft.reader
    if "postures" in draft.broken:
        return  # each value of a parameter would be blamed for a posture that nobody knows
    record = clause_format.clause_record(tuple(draft.postures))
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
