"""A small description of what a YAML file may hold. The same description reads it and gives its JSON Schema.

A kind reads one node: it returns the typed value, or reports what is wrong and returns `BAD`. Reading goes on past a
problem, so that one run tells everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ...model.diagnostic import Severity, nearest
from ..profile.synonyms import key_called
from .located import MappingNode, Node, ScalarNode, SequenceNode, first_refused, position, refused_character
from .reading import _BRACES, BAD, BLANK, Reader, entries, is_blank, listed, quoted

Json = dict[str, Any]
Known = Mapping[str, Iterable[str]]  # names by sort, for the JSON Schema


class Kind:
    """What a value may be.

    Nobody compares or prints kinds, so they are made without the methods for it, which every command would wait for.
    """

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        """The typed value of a node, or `BAD`."""
        raise NotImplementedError

    def schema(self, known: Known) -> Json:
        """The JSON Schema of the values. Editors type bare words themselves, so a text may come as a number too."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Raw(Kind):
    """A node as it is, for a value that can be typed only when something else is known."""

    like: Json = field(default_factory=dict)

    def read(self, node: Node, reader: Reader, **about: Any) -> Node:
        return node

    def schema(self, known: Known) -> Json:
        return dict(self.like)


class Scalar(Kind):
    """A single value, typed by `typed`, which may report at `node`."""

    wanted = "a text"
    example = ""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, ScalarNode):
            hint = _BRACES if isinstance(node, (MappingNode, SequenceNode)) and node.flow_style else self.example
            return reader.expected(node, self.wanted, hint)
        if is_blank(node):
            return reader.expected(node, self.wanted, self.example)
        if node.style == '"' and first_refused(node.value):
            # Codes such as \u0007 in double quotes bring in what the file itself does not hold.
            reader.diagnostics.append(refused_character(first_refused(node.value), position(node)))
            return BAD
        return self.typed(node.value.strip(), node, reader)

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        """The value that the text represents, or `BAD`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Line(Scalar):
    """Words on one line; `lines` allows several, joined by `join`."""

    join: str = ""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if isinstance(node, ScalarNode) and node.style != '"':
            text = node.value.strip()
            if text and "\n" not in text and (node.style or text not in BLANK):
                return text  # most values are just this
        return Scalar.read(self, node, reader)

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if not text:
            return reader.expected(node, "a text", "write it, or leave the key out")
        if "\n" in text:
            if not self.join:
                return reader.problem(
                    "wrong-type", node, "the text is on several lines; it must be on one", "use `>-` or one line"
                )
            return self.join.join(line.strip().rstrip(",") for line in text.splitlines() if line.strip())
        return text

    def schema(self, known: Known) -> Json:
        return {"type": ["string", "number", "boolean"]}


LINE = Line()
PROSE = Line(join="\n")
ADDRESS = Line(join=", ")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Choice(Scalar):
    """One of a few words; `meanings` says what each means."""

    meanings: Mapping[str, str]
    what: str = "choice"

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        if text in self.meanings:
            return text
        hint = nearest(text, self.meanings) or f"write one of {listed(self.meanings)}"
        return reader.problem("unknown-choice", node, f"unknown {self.what} {quoted(text)}", hint)

    def schema(self, known: Known) -> Json:
        # An editor reads a bare yes or no as a boolean.
        return {
            "enum": [
                *self.meanings,
                *(truth for word, truth in (("yes", True), ("no", False)) if word in self.meanings),
            ]
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Name(Scalar):
    """The name of something of a sort: a clause, a law, a parameter; looked up when everything is read."""

    sort: str

    def typed(self, text: str, node: ScalarNode, reader: Reader) -> Any:
        return reader.name(self.sort, text, node)

    def schema(self, known: Known) -> Json:
        return {"enum": list(known[self.sort])} if self.sort in known else LINE.schema(known)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListOf(Kind):
    """A list; a single value may represent a list of one. `unique` refuses the same value twice."""

    item: Kind
    single: bool = False
    unique: bool = False

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, SequenceNode):
            if not self.single:
                return reader.expected(
                    node, "a list", "write each entry on a line of its own, after `- `, or all in `[ ]`"
                )
            value = self.item.read(node, reader)
            return BAD if value is BAD else (value,)
        values = []
        for item in node.value:
            value = self.item.read(item, reader)
            if self.unique and value is not BAD and value in values:
                value = reader.problem(
                    "duplicate-entry", item, f"{quoted(str(value))} appears twice in the list", "keep one"
                )
            values.append(value)
        return tuple(v for v in values if v is not BAD) or (BAD if values else ())

    def schema(self, known: Known) -> Json:
        item = self.item.schema(known)
        many: Json = {"type": "array", "items": item}
        return {"anyOf": [many, item]} if self.single else many


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MapOf(Kind):
    """Names of one sort, each with a value. A record is reported its `name` and `at`, the place of its key."""

    key: Kind
    value: Kind

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        result, fine = {}, isinstance(node, MappingNode)
        for key_node, value_node in entries(node, reader):
            name = self.key.read(key_node, reader)
            value = self.value.read(value_node, reader, name=name, at=position(key_node))
            if name is BAD or value is BAD:
                fine = False
            else:
                result[name] = value
        # What is right is read on, so that one run reports everything; the errors stop whoever needs the whole.
        return MappingProxyType(result) if fine or result else BAD

    def schema(self, known: Known) -> Json:
        value = self.value.schema(known)
        keys = self.key.schema(known)
        if "enum" in keys:
            return {
                "type": "object",
                "properties": {name: value for name in keys["enum"]},
                "additionalProperties": False,
            }
        return {"type": "object", "additionalProperties": value}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Field:
    """A key of a record: what it holds, what it is for, whether it must be written, and its value when it is not.

    One that is `awaited` may be left open for a while; an editor asks for it.
    """

    kind: Kind
    doc: str
    required: bool = False
    default: Any = None
    awaited: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Record(Kind):
    """A group of known keys; `build` makes a value of them, from keyword arguments."""

    what: str  # "a clause", "a party", for messages
    fields: Mapping[str, Field]
    build: Callable[..., Any] | None = None
    partial: bool = False  # whether a value that is wrong costs only itself: the rest of the group is read
    defaults: Mapping[str, Any] = field(init=False, repr=False, compare=False)
    required: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "defaults", {name: f.default for name, f in self.fields.items()})
        object.__setattr__(self, "required", tuple(name for name, f in self.fields.items() if f.required))

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        before = len(reader.diagnostics)
        given = self.given(node, reader)
        if given is BAD or not self.complete(given, node, reader):
            return BAD
        if self.partial and not any(given.get(name, BAD) is BAD for name in self.required):
            given = {name: value for name, value in given.items() if value is not BAD}
        elif len(reader.diagnostics) > before and any(
            d.severity >= Severity.ERROR for d in reader.diagnostics[before:]
        ):
            return BAD
        values = self.defaults | given
        if not self.build:
            return values
        about.setdefault("at", position(node))
        return self.build(**values, **about)

    def given(self, node: Node, reader: Reader) -> Any:
        """The values that are written, without those that are wrong; `BAD` when the node is not a group of keys."""
        if not isinstance(node, MappingNode):
            return reader.expected(node, self.what, f"write its keys: {listed(self.fields)}")
        given: dict[str, Any] = {}
        meant = set()
        for key, value_node in entries(node, reader):
            field_ = self.fields.get(key.value)
            if field_ is None:
                name, known = self._meant_by(key.value)
                meant.add(name)
                if node.flow_style and is_blank(value_node) and not known:
                    # `{name: OrderBot AI, Inc., country: US}`: the comma ends the value, and the rest becomes a key.
                    before = [k.value for k, _ in node.value[: node.value.index((key, value_node))]]
                    known = (
                        f"if it belongs to the value of `{before[-1]}`, put quotes around the whole, since a comma ends it"
                        if before
                        else ""
                    )
                hint = known or nearest(key.value, self.fields) or f"{self.what} has the keys {listed(self.fields)}"
                reader.problem("unknown-key", key, f"unknown key {quoted(key.value)} in {self.what}", hint)
            elif not is_blank(value_node):
                given[key.value] = field_.kind.read(value_node, reader)
        # What has another name has been reported, and is not missing too.
        return {name: BAD for name in self.fields if name in meant} | given if meant else given

    def _meant_by(self, name: str) -> tuple[str, str]:
        """The key of this record that has another name here, and the hint that says so or under which key it is."""
        *_, group, last = ["", *key_called(name).split(".")]
        for key, field_ in self.fields.items():
            below = getattr(field_.kind, "fields", ())
            if name in below:
                return "", f"it belongs under `{key}`"
            if key == last:
                return key, f"it is called `{key}` here"
            if key == group and last in below:
                return "", f"it is called `{last}` here, and belongs under `{key}`"
        return "", ""

    def complete(self, given: Mapping[str, Any], node: Node, reader: Reader) -> bool:
        """Whether every required key is there; those that are not are reported."""
        missing = [name for name in self.required if name not in given]
        for name in missing:
            reader.problem(
                "missing-key", node, f"`{name}` is missing in {self.what}", f"write `{name}`: {self.fields[name].doc}"
            )
        return not missing

    def schema(self, known: Known) -> Json:
        properties = {}
        for name, f in self.fields.items():
            schema = f.kind.schema(known)
            # A key with nothing after it counts as not written; an editor reads it as null.
            properties[name] = {
                "description": f.doc,
                **(schema if f.required or f.awaited else {"anyOf": [schema, {"type": "null"}]}),
            }
        required = [name for name, f in self.fields.items() if f.required or f.awaited]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }
