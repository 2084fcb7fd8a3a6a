"""A YAML file that says which of a template's styles represents which role of the annex."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..model.diagnostic import Diagnostic, Position
from .document.located import ScalarNode, decode, parse, position, read_bytes
from .document.reading import BAD, Reader
from .document.schema import LINE, MapOf


def load_style_mapping(path: Path) -> tuple[Mapping[str, str] | None, Mapping[str, Position], list[Diagnostic]]:
    """The mapping, where each role is in the file, and every problem; whether the names exist is the template's to say."""
    data, problems = read_bytes(path)
    text, more = ("", []) if problems else decode(data, str(path))
    root, found = (None, []) if problems or more else parse(text, str(path))
    problems = [*problems, *more, *found]
    if root is None:
        return None, {}, problems
    reader = Reader(texts={str(path): text})
    mapping = MapOf(LINE, LINE).read(root, reader)
    if mapping is BAD:
        return None, {}, reader.diagnostics
    places = {key.value: position(key) for key, _ in root.value if isinstance(key, ScalarNode)}
    return mapping, places, reader.diagnostics
