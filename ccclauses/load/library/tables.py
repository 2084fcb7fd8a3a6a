"""The tables next to the clauses of a library: each read and taken over, a later folder's over an earlier's."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.diagnostic import Diagnostic, Position
from ...model.library.clause import EarlierValue, Part
from ...model.library.form import Form
from ...model.library.library import Definition, Fact, Framework, Law, Numbering, Posture, Topic
from ...model.library.signal import Signal
from ..document.located import Node
from ..document.reading import BAD, Reader, quoted
from ..document.schema import Kind
from . import formats

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


def read_tables(folder: Path, roots: dict[str, Node], number: int, draft: Draft) -> None:
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


def unique(table: dict[str, Any], key: str, value: Any, at: Position, draft: Draft, what: str) -> None:
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
        unique(draft.forms, form.id, form, form.at, draft, "the form")


def _take_facts(facts: Any, node: Node, draft: Draft) -> None:
    for fact in facts:
        unique(draft.facts, fact.name, fact, fact.at, draft, "the fact")


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
        unique(draft.laws, law.id, law, law.at, draft, "the law")


def _take_constraints(constraints: Any, node: Node, draft: Draft) -> None:
    for constraint in constraints:
        unique(draft.constraints, constraint.id, constraint, constraint.at, draft, "the constraint")


def _take_signals(signals: Any, node: Node, draft: Draft) -> None:
    for signal in signals:
        unique(draft.signals, signal.id, signal, signal.at, draft, "the group of words")


def _take_earlier_values(values: Any, node: Node, draft: Draft) -> None:
    for value in values:
        unique(draft.earlier_values, value.name, value, value.at, draft, "the value")


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
