"""A YAML text with some of its values changed: only the characters of those values change.

Comments, blank lines, quotes and the order of keys stay as somebody wrote them, since nothing is parsed and printed anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...model.diagnostic import errors
from ..profile.intake import BARE, PLAIN
from .located import MappingNode, Node, ScalarNode, SequenceNode, parse

Group = Mapping[str, str]
Value = str | tuple[str, ...] | tuple[Group, ...]
"""What is at a path: a text, a list of texts, or a list of groups of keys. Empty takes the key away."""

_NAME = re.compile(r"[A-Za-z][\w-]*")
_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)*(?: [A-Za-z]+)*|[0-9.]+ ?%")  # 12 hours, 5 Business Days, 5 %


class CantEdit(ValueError):
    """A text that can't be changed in this way; the words say why."""


def edited(text: str, changes: Iterable[tuple[str, Value]]) -> str:
    """The text with each (path, value) changed. A path is keys with dots between them, or numbers of a list from 0.

    A key that is not there is added at the end of its group, and a group that becomes empty goes with its last key.
    Raises `CantEdit` where the text is no YAML, or holds something else where a path needs a group.
    """
    for path, value in changes:
        keys = path.split(".")
        if isinstance(value, tuple) and value and not isinstance(value[0], str):
            text = _groups(text, keys, value)
        else:
            text = _one(text, keys, value)
    return text


def _groups(text: str, keys: list[str], items: tuple[Group, ...]) -> str:
    """A list of groups is changed item by item, so that what is written around the items stays."""
    node = _at(_root(text), keys)
    if not isinstance(node, SequenceNode) or not all(isinstance(n, MappingNode) for n in node.value):
        return _one(text, keys, items)
    for number in range(len(node.value) - 1, len(items) - 1, -1):
        text = _one(text, [*keys, str(number)], "")
    for number, item in enumerate(items):
        if number >= len(node.value):
            text = _one(text, [*keys, str(number)], (item,))
            continue
        old = {k.value: v for k, v in node.value[number].value}
        for key in [*(k for k in item if item[k]), *(k for k in old if not item.get(k))]:
            was = old.get(key)
            if not isinstance(was, ScalarNode) or was.value.strip() != item.get(key, "").strip():
                text = _one(text, [*keys, str(number), key], item.get(key, ""))
    return text


@lru_cache(maxsize=16)  # what a text says is asked for again and again while it is changed
def _root(text: str) -> Node | None:
    root, problems = parse(text, "")
    if root is None and any(p.rule == "empty-file" for p in problems):
        return None
    if errors(problems):
        raise CantEdit(f"line {problems[0].at.line} of the file can't be read: {problems[0].message}")
    return root


def _at(node: Node | None, keys: list[str]) -> Node | None:
    for key in keys:
        if isinstance(node, MappingNode):
            node = next((v for k, v in node.value if k.value == key), None)
        elif isinstance(node, SequenceNode) and key.isdecimal():
            node = node.value[int(key)] if int(key) < len(node.value) else None
        else:
            return None
    return node


def _one(text: str, keys: list[str], value: Value) -> str:
    root = _root(text)
    if root is None:
        return text.rstrip("\n") + ("\n" if text.strip() else "") + _block(keys, value, 0) if value else text
    depth = len(keys)
    while depth and _at(root, keys[:depth]) is None:
        depth -= 1
    holder, rest = _at(root, keys[:depth]) if depth else root, keys[depth:]
    assert holder is not None
    if not rest:
        return _replace(text, holder, value, keys) if value else _remove(text, root, keys)
    if not value:
        return text
    if isinstance(holder, ScalarNode) and not holder.value.strip() and holder.style not in ("'", '"'):
        return _fill(text, root, keys, depth, value)
    if isinstance(holder, SequenceNode) and rest == [str(len(holder.value))]:
        return _append(text, holder, value)
    if not isinstance(holder, MappingNode):
        raise CantEdit("a single value was found where a group of keys belongs")
    return _add(text, holder, rest, value)


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says, and where."""

    root: Node | None

    def get(self, path: str) -> Value:
        """What is written at a path; an empty text where nothing is."""
        return _value(_at(self.root, path.split(".")))

    def keys(self, path: str = "") -> tuple[str, ...]:
        """The keys of a group, in their order."""
        node = _at(self.root, path.split(".")) if path else self.root
        return tuple(k.value for k, _ in node.value) if isinstance(node, MappingNode) else ()

    def path_at(self, line: int, column: int) -> str:
        """The path of the value at a place (both from 1): the deepest one that begins there or before it on that line."""
        best, found = (0, 0), ""
        stack: list[tuple[str, Node]] = [("", self.root)] if self.root is not None else []
        while stack:
            path, node = stack.pop()
            inner: list[tuple[str, Node, Node]] = []
            if isinstance(node, MappingNode):
                inner = [(k.value, k, v) for k, v in node.value]
            elif isinstance(node, SequenceNode) and any(isinstance(n, MappingNode) for n in node.value):
                inner = [(str(n), v, v) for n, v in enumerate(node.value)]
            for name, key, value in inner:
                here = f"{path}.{name}" if path else name
                stack.append((here, value))
                for mark in (key.start_mark, value.start_mark):
                    place = (mark.column + 1, len(here))
                    if mark.line + 1 == line and mark.column + 1 <= column and place > best:
                        best, found = place, here
        return found

    def lines(self, path: str) -> range:
        """The lines that a path takes, from 1; none where nothing is written."""
        node = _at(self.root, path.split("."))
        return range(node.start_mark.line + 1, max(node.start_mark.line, node.end_mark.line) + 2) if node else range(0)


def written(text: str) -> Written:
    """What a text says; raises `CantEdit` when it can't be read."""
    return Written(_root(text))


def _value(node: Node | None) -> Value:
    if isinstance(node, ScalarNode):
        return node.value.strip()
    if isinstance(node, SequenceNode):
        if any(isinstance(n, MappingNode) for n in node.value):
            groups = (n for n in node.value if isinstance(n, MappingNode))
            return tuple({k.value: _text(v) for k, v in n.value} for n in groups)
        return tuple(_text(n) for n in node.value)
    return ""


def _text(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return ", ".join(_text(n) for n in node.value)
    return node.value.strip() if isinstance(node, ScalarNode) else ""


def said_in(text: str) -> dict[str, str | tuple[str, ...] | dict[str, str]]:
    """What a small file of notes says: under each key a text, a list of texts or a group of keys; anything deeper is left out.

    Raises `CantEdit` when it can't be read.
    """
    root = _root(text)
    out: dict[str, str | tuple[str, ...] | dict[str, str]] = {}
    for key, node in root.value if isinstance(root, MappingNode) else ():
        if isinstance(node, ScalarNode):
            out[key.value] = node.value.strip()
        elif isinstance(node, SequenceNode):
            out[key.value] = tuple(n.value.strip() for n in node.value if isinstance(n, ScalarNode))
        else:
            out[key.value] = {k.value: v.value.strip() for k, v in node.value if isinstance(v, ScalarNode)}
    return out


def set_group(text: str, name: str, value: Mapping[str, str] | tuple[str, ...]) -> str:
    """The text of such a file with the list or group `name` set to `value`; its keys may hold dots."""
    if isinstance(value, tuple):
        return _one(text, [name], value)
    before = _at(_root(text), [name])
    old = [k.value for k, _ in before.value] if isinstance(before, MappingNode) else []
    for key in [*value, *(k for k in old if k not in value)]:
        text = _one(text, [name, key], value.get(key, ""))
    return text


# -- the four things that can happen to a text ----------------------------------------------------------------------


def _replace(text: str, node: Node, value: Value, keys: list[str]) -> str:
    start, end = node.start_mark.index, _end(text, node)
    if isinstance(node, ScalarNode) and not node.value and start == end and not text[:start].endswith(" "):
        return f"{text[:start]} {_flow(value)}{text[end:]}"
    if isinstance(node, SequenceNode) and not node.flow_style and not isinstance(value, str):
        return (
            text[:start]
            + ("\n" + " " * node.start_mark.column).join(f"- {_flow((v,))[1:-1]}" for v in value)
            + text[end:]
        )
    return text[:start] + _flow(value) + text[end:]


def _remove(text: str, root: Node, keys: list[str]) -> str:
    """Take a key or an item away, and each group that is empty then."""
    while len(keys) > 1:
        above = _at(root, keys[:-1])
        assert above is not None
        if len(above.value) > 1:
            break
        keys = keys[:-1]
    holder = _at(root, keys[:-1])
    assert isinstance(holder, (MappingNode, SequenceNode))
    number = int(keys[-1]) if isinstance(holder, SequenceNode) else [k.value for k, _ in holder.value].index(keys[-1])
    entry = holder.value[number]
    first, last = (entry[0], entry[1]) if isinstance(entry, tuple) else (entry, entry)
    start, end = first.start_mark.index, _end(text, last)
    if holder.flow_style:
        if number + 1 < len(holder.value):
            after = holder.value[number + 1]
            end = (after[0] if isinstance(after, tuple) else after).start_mark.index
        else:
            start = len(text[:start].rstrip().removesuffix(",").rstrip()) if number else start
        return text[:start] + text[end:]
    line = text.rfind("\n", 0, start) + 1
    if isinstance(holder, MappingNode) and text[line:start].strip():  # the first key behind the dash of an item
        after = holder.value[number + 1][0].start_mark.index
        return text[:start] + text[after:]
    return text[:line] + text[_line_end(text, end) :]


def _add(text: str, group: MappingNode, keys: list[str], value: Value) -> str:
    if group.flow_style:
        inner = _flow(value)
        for key in reversed(keys[1:]):
            inner = f"{{{_key(key)}: {inner}}}"
        end = _end(text, group.value[-1][1]) if group.value else group.start_mark.index + 1
        return f"{text[:end]}{', ' if group.value else ''}{_key(keys[0])}: {inner}{text[end:]}"
    column = group.value[0][0].start_mark.column
    return _after(text, _end(text, group.value[-1][1]), _block(keys, value, column))


def _append(text: str, items: SequenceNode, value: Value) -> str:
    item = _flow(value)[1:-1] if isinstance(value, tuple) else _flow(value)
    end = _end(text, items.value[-1]) if items.value else items.start_mark.index + 1
    if items.flow_style:
        return f"{text[:end]}{', ' if items.value else ''}{item}{text[end:]}"
    return _after(text, end, f"{' ' * items.start_mark.column}- {item}\n")


def _fill(text: str, root: Node, keys: list[str], depth: int, value: Value) -> str:
    """Write a group below a key that is alone on its line."""
    holder = _at(root, keys[: depth - 1]) if depth > 1 else root
    assert isinstance(holder, MappingNode)
    key = next(k for k, _ in holder.value if k.value == keys[depth - 1])
    if holder.flow_style:
        raise CantEdit("a single value was found where a group of keys belongs")
    return _after(text, key.end_mark.index, _block(keys[depth:], value, key.start_mark.column + 2))


def _after(text: str, end: int, lines: str) -> str:
    at = _line_end(text, end)
    return text[:at] + ("" if text[:at].endswith("\n") else "\n") + lines + text[at:]


def _line_end(text: str, index: int) -> int:
    at = text.find("\n", index)
    return len(text) if at < 0 else at + 1


def _end(text: str, node: Node) -> int:
    """Where what a node says ends, without the blank lines and comments that follow it."""
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(_end(text, n) for n in (last if isinstance(last, tuple) else (last,)))
    start = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


# -- how a value is written -----------------------------------------------------------------------------------------


def _block(keys: list[str], value: Value, column: int) -> str:
    lines = [f"{' ' * (column + 2 * n)}{_key(key)}:" for n, key in enumerate(keys)]
    if isinstance(value, tuple) and not all(isinstance(v, str) for v in value):
        pad = " " * (column + 2 * len(keys))
        lines += [f"{pad}- {_flow((v,))[1:-1]}" for v in value]
    else:
        lines[-1] += f" {_flow(value)}"
    return "\n".join(lines) + "\n"


def _flow(value: Value | tuple[str | Group, ...]) -> str:
    if isinstance(value, str):
        return _scalar(value)
    items = (v if isinstance(v, str) else {k: t for k, t in v.items() if t.strip()} for v in value)
    return f"[{', '.join(_scalar(v) if isinstance(v, str) else _pairs(v) for v in items)}]"


def _pairs(group: Group) -> str:
    return f"{{{', '.join(f'{_key(k)}: {_scalar(t)}' for k, t in group.items())}}}"


def _key(key: str) -> str:
    return key if _NAME.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _scalar(text: str) -> str:
    """A text on one line as our own reader takes it: plain where that is safe in every place, else in quotes."""
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    plain = PLAIN.fullmatch(text) or BARE.fullmatch(text) or _NAME.fullmatch(text) or _AMOUNT.fullmatch(text)
    return text if plain and text.lower() not in ("null", "none") else json.dumps(text, ensure_ascii=False)
