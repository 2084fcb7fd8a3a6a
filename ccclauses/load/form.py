"""A profile as the fields of a form, and back: each field is a dotted path such as `parties.client.name`.

A list of plain values repeats its path; a list of groups counts them, as `contacts.0.name` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Position, errors
from .located import MappingNode, Node, ScalarNode, SequenceNode, parse, position
from .schema import is_blank

Fields = tuple[tuple[str, str], ...]
LISTS = ("frameworks", "include", "processing.data", "processing.persons")
REQUIRED = (
    "annex.date", "agreement.title", "parties.client.name", "parties.client.country", "parties.provider.name",
    "parties.provider.country", "law",
)  # fmt: skip
_FROM_FILES = {"extends": "a profile that builds on another", "libraries": "clauses from folders"}
_STYLES = ("legal", "modern")


@dataclass(frozen=True, slots=True)
class FormProfile:
    """A profile written from fields, and the field that each of its lines holds."""

    text: str
    lines: dict[int, str]

    def field_at(self, at: Position) -> str:
        """The field of a line; empty for a line that holds none."""
        return self.lines.get(at.line, "")


def read_fields(text: str, file: str) -> tuple[Fields, list[Diagnostic]]:
    """The fields of a profile that is given as text. What only files can give (a base, folders) is a problem."""
    root, problems = parse(text, file)
    if errors(problems) or root is None:
        return (), problems
    if not isinstance(root, MappingNode):
        at = position(root)
        return (), [
            *problems,
            Diagnostic(
                rule="wrong-type", message="this is no profile", at=at, hint="write its keys: annex, parties, law …"
            ),
        ]
    fields = []
    for name, node in _leaves(root, ""):
        top = name.partition(".")[0]
        if top in _FROM_FILES:
            hint = "use the command line for it; the page reads no other files"
            problems.append(
                Diagnostic(
                    rule="not-on-the-page",
                    message=f"`{top}`: {_FROM_FILES[top]} can't be opened here",
                    at=position(node),
                    hint=hint,
                )
            )
        elif top == "template" and node.value not in _STYLES:
            hint = f"the page knows {' and '.join(_STYLES)}"
            problems.append(
                Diagnostic(
                    rule="not-on-the-page",
                    message=f"`template`: {node.value!r} is no house style",
                    at=position(node),
                    hint=hint,
                )
            )
        else:
            fields.append((name, node.value))
    return tuple(fields), problems


def _leaves(node: Node, path: str) -> Iterator[tuple[str, ScalarNode]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield from _leaves(value, f"{path}.{key.value}" if path else key.value)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            yield from _leaves(item, path if isinstance(item, ScalarNode) else f"{path}.{number}")
    elif isinstance(node, ScalarNode) and not is_blank(node):
        yield path, node


def write_profile(fields: Iterable[tuple[str, str]], library: Library) -> FormProfile:
    """The fields as a profile; empty ones are left out, save those that a profile must have."""
    given = [(name, text.strip()) for name, text in fields if text.strip() and _on_the_page(name, text.strip())]
    named = {name for name, _ in given}
    listed = {
        f"settings.{n}"
        for c in library.clauses.values()
        for n, p in c.parameters.items()
        if p.type in ("list", "countries")
    }
    tree: dict[str, Any] = {}
    for name, text in [*given, *((name, "") for name in REQUIRED if name not in named)]:
        values = [v.strip() for v in text.split(",") if v.strip()] if name in listed else [text]
        for value in values:
            _put(tree, name, value, is_list=name in LISTS or name in listed)
    lines: list[str] = []
    places: dict[int, str] = {}
    _write(tree, "", 0, lines, places)
    return FormProfile("\n".join(lines) + "\n", places)


def _on_the_page(name: str, text: str) -> bool:
    """Whether a form may say this: a stranger's form names no file."""
    top = name.partition(".")[0]
    return top not in _FROM_FILES and (top != "template" or text in _STYLES)


def _put(tree: dict[str, Any], name: str, value: str, *, is_list: bool) -> None:
    *above, last = name.split(".")
    for part in above:
        found = tree.setdefault(part, {})
        if not isinstance(found, dict):
            return  # a stranger's form with a value where a group belongs
        tree = found
    if is_list:
        known = tree.setdefault(last, [])
        if isinstance(known, list):
            known.append(value)
    elif not isinstance(tree.get(last), (dict, list)):
        tree[last] = value


def _write(tree: dict[str, Any], path: str, depth: int, lines: list[str], places: dict[int, str]) -> None:
    pad = "  " * depth
    for key, value in tree.items():
        name = f"{path}.{key}" if path else key
        quoted = key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key, ensure_ascii=False)
        lines.append(f"{pad}{quoted}:")
        places[len(lines)] = name
        if isinstance(value, str):
            lines[-1] += f" {json.dumps(value, ensure_ascii=False)}" if value else ""
        elif isinstance(value, list):
            lines[-1] += f" [{', '.join(json.dumps(v, ensure_ascii=False) for v in value)}]"
        elif value and all(k.isdigit() for k in value):
            for number, item in sorted(value.items(), key=lambda pair: int(pair[0])):
                _item(item, f"{name}.{number}", depth + 1, lines, places)
        else:
            _write(value, name, depth + 1, lines, places)


def _item(item: Any, name: str, depth: int, lines: list[str], places: dict[int, str]) -> None:
    """A group in a list: its first key stands behind the dash."""
    if not isinstance(item, dict):
        lines.append(f"{'  ' * depth}- {json.dumps(str(item), ensure_ascii=False)}")
        places[len(lines)] = name
        return
    start = len(lines)
    _write(item, name, depth + 1, lines, places)
    lines[start] = f"{'  ' * depth}- {lines[start].lstrip()}"
