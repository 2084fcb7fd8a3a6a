"""What reads a YAML file by its description: every problem with its place, and every name that is looked up later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...model.diagnostic import Diagnostic, Severity, Source
from ...model.library.condition import Condition
from .located import MappingNode, Node, ScalarNode, SequenceNode, first_refused, position, refused_character

BAD: Any = object()  # what a kind returns for a value that is wrong, after it has said so


class Named(NamedTuple):
    """A name to be looked up when everything is read; `owner` is the clause it is in."""

    sort: str
    name: str
    node: Node
    owner: str


@dataclass(slots=True)
class Reader:
    """What reading gathers: problems, names to look up, conditions to check; and the texts that nodes are in."""

    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    names: list[Named] = field(default_factory=list)
    conditions: list[tuple[Condition, Source]] = field(default_factory=list)
    owner: str = ""
    unread: set[str] = field(default_factory=set)  # names of values that are there and wrong

    def problem(self, rule: str, node: Node, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Any:
        """Report a problem at a node; returns `BAD`."""
        self.diagnostics.append(Diagnostic(rule=rule, message=message, at=position(node), hint=hint, severity=severity))
        return BAD

    def name(self, sort: str, name: str, node: Node) -> str:
        """Remember a name that must exist."""
        self.names.append(Named(sort, name, node, self.owner))
        return name

    def expected(self, node: Node, wanted: str, hint: str = "") -> Any:
        """Report that a node is not what it should be; returns `BAD`."""
        return self.problem("wrong-type", node, f"{describe(node)} was found where {wanted} is expected", hint)


def describe(node: Node) -> str:
    """A node in the words of a person, for messages."""
    if isinstance(node, MappingNode):
        return "a group of keys"
    if isinstance(node, SequenceNode):
        return "a list"
    return "nothing" if is_blank(node) else quoted(node.value)


def quoted(text: str) -> str:
    """A text from a file as a message may show it: short, on one line, printable."""
    line = " ".join(text.split())
    shown = "".join(c if c.isprintable() else "?" for c in (line if len(line) <= 60 else f"{line[:57]}…"))
    return f"`{shown}`"


BLANK = frozenset(("", "~", "null"))


def is_blank(node: Node) -> bool:
    """Whether a key was written with nothing after it."""
    return isinstance(node, ScalarNode) and not node.style and node.value in BLANK


def entries(node: Node, reader: Reader, wanted: str = "a group of keys") -> Iterator[tuple[ScalarNode, Node]]:
    """The keys and values of a group, each key once."""
    if not isinstance(node, MappingNode):
        reader.expected(node, wanted, "write `key: value` lines, indented below the key")
        return
    seen: dict[str, ScalarNode] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            reader.problem("wrong-type", key, f"{describe(key)} was found where a key is expected", _BRACES)
        elif key.value == "<<" and not key.style:
            reader.problem("merge-key", key, "merge keys are not used here", "write the keys where they are needed")
        elif key.style == '"' and first_refused(key.value):
            reader.diagnostics.append(refused_character(first_refused(key.value), position(key)))
        elif key.value in seen:
            line = position(seen[key.value]).line
            reader.problem(
                "duplicate-key",
                key,
                f"the key {quoted(key.value)} appears twice",
                f"it is on line {line} too; keep one",
            )
        else:
            seen[key.value] = key
            yield key, value


_BRACES = "put quotes around a text that starts with `{` or `[`"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in quotes with commas, the first few of many."""
    shown = list(names)
    text = ", ".join(f"`{name}`" for name in shown[:most])
    return f"{text} and {len(shown) - most} more" if len(shown) > most else text
