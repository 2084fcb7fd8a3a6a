"""Annex ⇄ JSON, exactly: what is written and read again is equal. The file stays at home, since it holds sources.

Every value of `model` becomes an object with a `type`; a field that has its default is left out. A date or a decimal
is a text where the field is one, and an object with a `type` where the field may hold several kinds of value.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ...model.annex import Annex, Table
from ...model.diagnostic import Diagnostic, Position, nearest
from ...model.obligation import Deadline
from ...model.words.quantity import Duration, QuantityError
from .format_1 import as_format_2

FORMAT = 2  # raised when an older reader could no longer read what is written
_MOST_PROBLEMS = 50
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN_NAMES = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    Decimal: "a number as text",
    date: "a date such as 2026-12-01",
}


def write_json(annex: Annex) -> str:
    """The annex as JSON, one value a line where that helps a reader of differences."""
    return _indented({"format": FORMAT, **_encode(annex, Annex)}) + "\n"


def read_json(text: str, file: str = "annex.json") -> tuple[Annex | None, list[Diagnostic]]:
    """The annex that was written as JSON; None when it can't be read, with every problem and the path to it."""

    def problem(message: str, line: int = 1, column: int = 1, hint: str = "") -> Diagnostic:
        return Diagnostic(
            rule="annex-json", message=message, at=Position(file=file, line=line, column=column), hint=hint
        )

    try:
        raw = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_no_float)
    except json.JSONDecodeError as error:
        return None, [
            problem(f"the file is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno, error.colno)
        ]
    except RecursionError:
        return None, [problem("the file is not an annex: it nests too deeply")]
    except ValueError as error:
        return None, [problem(f"the file is not an annex: {error}")]
    if not isinstance(raw, dict) or raw.get("type") != "Annex":
        return None, [
            problem("the file is JSON, but not an annex", hint="an annex is written by `ccclauses build --to json`")
        ]
    form = raw.pop("format", None)
    if form == 1 and type(form) is int:
        raw = as_format_2(raw)
    elif type(form) is not int or form != FORMAT:
        return None, [problem("the annex is of another format", hint=f"this version reads formats 1 to {FORMAT}")]
    reader = _Reader()
    annex = reader.read(raw, Annex, "")
    found = [problem(message, hint=hint) for message, hint in reader.problems[:_MOST_PROBLEMS]]
    return (None, found) if found else (annex, [])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        twice = next(k for i, (k, _) in enumerate(pairs) if k in {p for p, _ in pairs[:i]})
        raise ValueError(f"`{twice}` appears twice in one object")
    return out


def _no_constant(name: str) -> None:
    raise ValueError(f"`{name}` is not a number that an annex holds")


def _no_float(text: str) -> None:
    raise ValueError(f"the number {text} has a fraction; an annex writes such numbers as text")


# ----------------------------------------------------------------- writing


@cache
def _fields(cls: type) -> tuple[tuple[str, Any, Any], ...]:
    """Name, type and default of each field of a dataclass; the default is `dataclasses.MISSING` where it has none."""
    hints = get_type_hints(cls)
    out = []
    for field in dataclasses.fields(cls):
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        out.append((field.name, hints[field.name], default))
    return tuple(out)


def _encode(value: Any, hint: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out: dict[str, Any] = {"type": type(value).__name__}
        for name, kind, default in _fields(type(value)):
            member = getattr(value, name)
            if default is dataclasses.MISSING or member != default or type(member) is not type(default):
                out[name] = _encode(member, kind)
        return out
    if isinstance(value, Decimal):
        return str(value) if hint is Decimal else {"type": "decimal", "value": str(value)}
    if isinstance(value, date):
        return value.isoformat() if hint is date else {"type": "date", "value": value.isoformat()}
    if isinstance(value, Mapping):
        kind = get_args(hint)[1] if get_args(hint) else Any
        return {str(key): _encode(member, kind) for key, member in value.items()}
    if isinstance(value, tuple):
        kinds = _member_hints(hint, len(value))
        return [_encode(member, kind) for member, kind in zip(value, kinds)]
    raise TypeError(f"an annex holds no {type(value).__name__}")


_compact = json.JSONEncoder(ensure_ascii=False).encode


def _indented(value: Any, margin: str = "\n") -> str:
    """As `json.dumps(value, ensure_ascii=False, indent=1)`, which gives up its fast encoder for an indent."""
    deeper = margin + " "
    if value and isinstance(value, dict):
        members = [f"{_compact(key)}: {_indented(member, deeper)}" for key, member in value.items()]
        return f"{{{deeper}{f',{deeper}'.join(members)}{margin}}}"
    if value and isinstance(value, list):
        return f"[{deeper}{f',{deeper}'.join([_indented(member, deeper) for member in value])}{margin}]"
    return _compact(value)


def _member_hints(hint: Any, count: int) -> tuple[Any, ...]:
    """The types of a tuple's members; those of the tuple among the kinds of a union."""
    if get_origin(hint) in (Union, UnionType):
        hint = next((h for h in get_args(hint) if get_origin(h) is tuple), tuple)
    args = get_args(hint)
    if len(args) == 2 and args[1] is Ellipsis:
        return (args[0],) * count
    return args if len(args) == count else (Any,) * count


# ----------------------------------------------------------------- reading


class _Wrong:
    """Stands for a value that could not be read, so that reading goes on to the next problem."""


_WRONG = _Wrong()


class _Reader:
    """Reads values by the types of their fields and notes every problem with its path."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def wrong(self, path: str, message: str, hint: str = "") -> Any:
        self.problems.append((f"{path or 'the annex'}: {message}", hint))
        return _WRONG

    def read(self, raw: Any, hint: Any, path: str) -> Any:
        """The value that `raw` represents where a field is of type `hint`."""
        origin = get_origin(hint)
        if origin in (Union, UnionType):
            return self._union(raw, get_args(hint), path)
        if origin is Literal:
            allowed = get_args(hint)
            if isinstance(raw, str) and raw in allowed:
                return raw
            return self.wrong(
                path, f"`{raw}` is not one of {', '.join(map(str, allowed))}", nearest(str(raw), map(str, allowed))
            )
        if origin is tuple:
            return self._tuple(raw, hint, path)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(raw, get_args(hint), path)
        if dataclasses.is_dataclass(hint):
            return self._dataclass(raw, hint, path)
        return self._scalar(raw, hint, path)

    def _scalar(self, raw: Any, hint: Any, path: str) -> Any:
        if hint in (str, int, bool):
            if type(raw) is not hint:
                return self.wrong(path, f"this is to be {_PLAIN_NAMES[hint]}")
            return self._written(raw, path) if hint is str else raw
        make: Callable[[str], Any] = Decimal if hint is Decimal else date.fromisoformat
        try:
            value = make(raw)
        except (InvalidOperation, ValueError, TypeError):
            return self.wrong(path, f"this is to be {_PLAIN_NAMES[hint]}")
        return self.wrong(path, "this is to be a number") if hint is Decimal and not value.is_finite() else value

    def _written(self, text: str, path: str) -> Any:
        """The text, unless JSON spells in it what no file or terminal can hold."""
        found = _UNWRITABLE.search(text)
        return self.wrong(path, f"the character U+{ord(found[0]):04X} can't be written") if found else text

    def _union(self, raw: Any, kinds: tuple[Any, ...], path: str) -> Any:
        if isinstance(raw, dict):
            tag = raw.get("type")
            plain = {"decimal": Decimal, "date": date}.get(tag) if isinstance(tag, str) else None
            if plain in kinds:
                return self._scalar(raw.get("value"), plain, f"{path}.value")
            named = {k.__name__: k for k in kinds if isinstance(k, type) and dataclasses.is_dataclass(k)}
            if not isinstance(tag, str) or tag not in named:
                return self.wrong(
                    path,
                    f"`{tag}` is not a type that belongs here",
                    nearest(str(tag), named) or f"one of {', '.join(named)}",
                )
            return self._dataclass(raw, named[tag], path)
        if isinstance(raw, list):
            tuples = [k for k in kinds if get_origin(k) is tuple]
            return self._tuple(raw, tuples[0], path) if tuples else self.wrong(path, "a list does not belong here")
        if raw is None and NoneType in kinds:
            return None
        if isinstance(raw, str) and (words := next((k for k in kinds if get_origin(k) is Literal), None)):
            return self.read(raw, words, path)
        if type(raw) in kinds:
            return self._written(raw, path) if isinstance(raw, str) else raw
        if isinstance(raw, str):
            return next((self._scalar(raw, k, path) for k in kinds if k in (Decimal, date)), None) or self.wrong(
                path, "text does not belong here"
            )
        return self.wrong(path, "this value does not belong here")

    def _tuple(self, raw: Any, hint: Any, path: str) -> Any:
        if not isinstance(raw, list):
            return self.wrong(path, "this is to be a list")
        args = get_args(hint)
        if not (len(args) == 2 and args[1] is Ellipsis) and len(args) != len(raw):
            return self.wrong(path, f"this is to be a list of {len(args)} values")
        return tuple(
            self.read(m, k, f"{path}[{i}]") for i, (m, k) in enumerate(zip(raw, _member_hints(hint, len(raw))))
        )

    def _mapping(self, raw: Any, kinds: tuple[Any, ...], path: str) -> Any:
        if not isinstance(raw, dict):
            return self.wrong(path, "this is to be an object")
        out = {}
        for key, member in raw.items():
            if kinds[0] is int:
                if not key.lstrip("-").isdecimal():
                    self.wrong(f"{path}.{key}", "this name is to be a whole number")
                    continue
                out[int(key)] = self.read(member, kinds[1], f"{path}.{key}")
            else:
                out[self._written(key, path)] = self.read(member, kinds[1], f"{path}.{key}")
        return MappingProxyType(out)

    def _dataclass(self, raw: Any, cls: Any, path: str) -> Any:
        if not isinstance(raw, dict):
            return self.wrong(path, f"this is to be an object of type {cls.__name__}")
        if raw.get("type") != cls.__name__:
            return self.wrong(path, f"`{raw.get('type')}` was found where {cls.__name__} is expected")
        before, fields = len(self.problems), _fields(cls)
        known = {name for name, _, _ in fields}
        for name in raw:
            if name != "type" and name not in known:
                self.wrong(path, f"{cls.__name__} has no `{name}`", nearest(name, known))
        values = {}
        for name, kind, default in fields:
            here = f"{path}.{name}" if path else name
            if name in raw:
                values[name] = self.read(raw[name], kind, here)
            elif default is dataclasses.MISSING:
                values[name] = self.wrong(here, "this is missing")
        if len(self.problems) > before:
            return _WRONG
        try:
            made = cls(**values)
        except QuantityError as problem:
            return self.wrong(path, str(problem))
        unsound = _unsound(made)
        return self.wrong(path, unsound) if unsound else made


def _unsound(value: Any) -> str:
    """Why a value whose members are each of the right kind can't be what an annex holds; empty when it can."""
    if isinstance(value, Table) and any(len(row) != len(value.header) for row in value.rows):
        return "each row of the table is to have as many cells as its header"
    if isinstance(value, Duration) and value.amount < 0:
        return "a period is not negative"
    if isinstance(value, Deadline) and value.counts_from is None and (value.every or value.within or value.before):
        return "a deadline says what it counts from"
    return ""
