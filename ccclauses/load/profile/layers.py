"""A profile and the profiles that it extends, laid over one another: the nearest file that says a thing decides it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...common.limits import limits
from ...model.diagnostic import Diagnostic, Position
from ..document.located import MappingNode, Mark, Node, ScalarNode, SequenceNode, decode, parse, position, read_bytes
from ..document.reading import Reader, entries, is_blank, quoted

# Lists of names that a profile adds to; every other list takes the place of the one that it builds on.
_ADDED = ("frameworks", "include", "libraries")
_SECTIONS = frozenset(
    "annex agreement parties client provider charges term facts postures exclude settings credits failures processing terms".split()
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One profile file of a chain: its root and its bytes."""

    file: str
    root: MappingNode
    data: bytes


def profile_libraries(path: Path, text: str | None = None) -> tuple[tuple[Path, ...], list[Diagnostic]]:
    """The folders of clauses that a profile names, which must be known before it can be read against them."""
    reader = Reader()
    layers, _ = read_layers(path, text, reader)
    folders: list[Path] = []
    for node in reversed([value_at(layer.root, "libraries") for layer in layers]):
        for item in node.value if isinstance(node, SequenceNode) else ():
            if isinstance(item, ScalarNode) and not is_blank(item):
                folder = Path(as_written(item))
                if folder not in folders:
                    folders.append(folder)
    # Anything else that is wrong is reported when the profile is read; only files that can't be opened end here.
    return tuple(folders), reader.diagnostics


def profile_says(path: Path) -> Mapping[str, str]:
    """What a profile and those that it extends hold, by dotted key: `contacts.1.name` is in the first of a list of groups.

    The items of a plain list are with semicolons between them. Paths are left out, since they start from the file that
    they are in. Nothing is said by a profile that can't be read; why is reported where it is read for its own sake.
    """
    reader = Reader()
    layers, _ = read_layers(path, None, reader)
    if reader.diagnostics or not layers:
        return {}
    root = layers[0].root
    for layer in layers[1:]:
        root = laid_over(layer.root, root, reader)
    paths = ("extends", "libraries", "template")
    return {name: text for name, text in _said(root, "") if name not in paths}


def _said(node: Node, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield from _said(value, f"{path}.{key.value}" if path else key.value)
    elif isinstance(node, SequenceNode):
        if any(isinstance(item, MappingNode) for item in node.value):
            for number, item in enumerate(node.value, 1):
                yield from _said(item, f"{path}.{number}")
        else:
            yield path, "; ".join(item.value.strip() for item in node.value if isinstance(item, ScalarNode))
    elif isinstance(node, ScalarNode) and not is_blank(node):
        yield path, node.value.strip()


def read_layers(path: Path, text: str | None, reader: Reader) -> tuple[list[Layer], bool]:
    """The profile and those that it extends, itself first, and whether all of them could be read."""
    layers: list[Layer] = []
    seen: dict[str, str] = {}
    called_at: Position | None = None
    while True:
        file = str(path)
        real = os.path.realpath(path)
        if real in seen and called_at:
            way = " → ".join(f"`{name}`" for name in (*seen.values(), seen[real]))
            reader.diagnostics.append(
                Diagnostic(
                    rule="extends-cycle",
                    message=f"profiles extend each other in a circle: {way}",
                    at=called_at,
                    hint="remove one `extends`",
                )
            )
            return layers, False
        if len(layers) > limits().bases and called_at:
            message = f"more than {limits().bases} profiles build on each other"
            reader.diagnostics.append(Diagnostic(rule="too-deep", message=message, at=called_at))
            return layers, False
        seen[real] = path.name
        data, problems = (b"", []) if text is not None else read_bytes(path)
        if problems and called_at:
            # Where the base is named says more than a file that is not there.
            problems = [
                Diagnostic(rule=p.rule, message=f"{quoted(file)}: {p.message}", at=called_at, hint=p.hint)
                for p in problems
            ]
        if not problems and text is None:
            text, problems = decode(data, file)
        elif text is not None:
            data = text.encode("utf-8", "replace")
        root: Node | None = None
        if not problems:
            text = (text or "").removeprefix("\ufeff")
            root, problems = parse(text, file)
        reader.diagnostics += problems
        if root is None and [p.rule for p in problems] == ["empty-file"]:
            mark = Mark(file, 0, 0, 0, None, 0)
            root = MappingNode("", [], mark, mark)  # a deal of which nothing is known yet
        if root is None:
            return layers, False
        if not isinstance(root, MappingNode):
            reader.expected(root, "a profile", "write `key: value` lines, such as `law: GB-EAW`")
            return layers, False
        reader.texts[file] = text or ""
        layers.append(Layer(file, root, data))
        base = value_at(root, "extends")
        if not isinstance(base, ScalarNode) or is_blank(base) or "\n" in base.value.strip() or "\0" in base.value:
            return layers, True
        path, text, called_at = Path(as_written(base)), None, position(base)


def value_at(root: MappingNode, name: str) -> Node | None:
    return next((v for k, v in root.value if isinstance(k, ScalarNode) and k.value == name), None)


def as_written(node: ScalarNode) -> str:
    """A path as it is written in a file, seen from where the program runs."""
    folder: str = os.path.dirname(node.start_mark.name)
    return os.path.normpath(os.path.join(folder, node.value.strip()))


def laid_over(base: MappingNode, own: MappingNode, reader: Reader) -> MappingNode:
    """A profile laid over the one that it extends."""
    below = {k.value: (k, v) for k, v in entries(base, reader)}
    above = {k.value: (k, v) for k, v in entries(own, reader)}
    below.pop("extends", None)
    _settle_choices(below, above)
    return _merged(below, above, own, reader)


def _settle_choices(below: dict[str, Any], above: dict[str, Any]) -> None:
    # What a profile includes its base may not exclude, and the other way round: the nearer word counts.
    for ours, theirs in (("include", "exclude"), ("exclude", "include")):
        if ours in above and theirs in below:
            names = {n.value for n in names_in(above[ours][1])}
            key, node = below[theirs]
            if isinstance(node, SequenceNode):
                kept: list[Any] = [n for n in node.value if not _is_one_of(n, names)]
            elif isinstance(node, MappingNode):
                kept = [(k, v) for k, v in node.value if not _is_one_of(k, names)]
            else:
                continue
            below[theirs] = (key, type(node)(node.tag, kept, node.start_mark, node.end_mark, node.flow_style))


def names_in(node: Node) -> Iterable[ScalarNode]:
    nodes = (
        (k for k, _ in node.value)
        if isinstance(node, MappingNode)
        else node.value
        if isinstance(node, SequenceNode)
        else ()
    )
    return [n for n in nodes if isinstance(n, ScalarNode)]


def _is_one_of(node: Node, names: Container[str]) -> bool:
    return isinstance(node, ScalarNode) and node.value in names


def _merged(below: dict[str, Any], above: dict[str, Any], own: MappingNode, reader: Reader) -> MappingNode:
    pairs = dict(below)
    for name, (key, value) in above.items():
        under = below[name][1] if name in below else None
        if under is not None and is_blank(value):
            continue
        if under is not None and _is_none(value):
            del pairs[name]
            continue
        if name in _SECTIONS and isinstance(value, MappingNode) and isinstance(under, MappingNode):
            inner_below = {k.value: (k, v) for k, v in entries(under, reader)}
            inner_above = {k.value: (k, v) for k, v in entries(value, reader)}
            value = _merged(inner_below, inner_above, value, reader)
        elif name in _ADDED and isinstance(value, SequenceNode) and isinstance(under, SequenceNode):
            ours = {n.value for n in names_in(value)}
            kept = [n for n in under.value if not _is_one_of(n, ours)]
            value = SequenceNode(value.tag, kept + value.value, value.start_mark, value.end_mark, value.flow_style)
        pairs[name] = (key, value)
    return MappingNode(own.tag, list(pairs.values()), own.start_mark, own.end_mark, own.flow_style)


def _is_none(node: Node) -> bool:
    """Whether a key was written with an empty text in quotes, which takes away what the base says."""
    return isinstance(node, ScalarNode) and node.style in ("'", '"') and not node.value.strip()


def paths_of(root: MappingNode) -> Iterator[str]:
    node = value_at(root, "libraries")
    for item in node.value if isinstance(node, SequenceNode) else ():
        if isinstance(item, ScalarNode):
            yield as_written(item)


def places_of(root: MappingNode, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Position]]:
    for key, value in root.value:
        if isinstance(key, ScalarNode) and not is_blank(value):
            name = f"{prefix}{key.value}"
            yield name, position(key)
            if name in _ALIASES:
                yield _ALIASES[name], position(key)
            if isinstance(value, MappingNode) and depth < 2:
                yield from places_of(value, f"{name}.", depth + 1)


_ALIASES = {"charges.monthly": "monthly_charges", "annex.language": "language"}


def fingerprint_of(layers: list[Layer]) -> str:
    digest = hashlib.sha256()
    for layer in layers:
        digest.update(f"{len(layer.data)}\0".encode() + layer.data)
    return digest.hexdigest()
