"""`changes` of a clause file: for each version the reason why it differs from the one before."""

from __future__ import annotations

import re
from typing import Any

from ...model.diagnostic import Severity
from ...model.library.clause import Change
from ..document.located import MappingNode, Node, ScalarNode
from ..document.reading import BAD, Reader, entries, quoted
from ..document.schema import LINE, Json, Kind, Known

_SAY = "say in one to three sentences what changed in effect and why"
_VERSION = re.compile(r"[0-9]{1,15}")


class Changes(Kind):
    """Versions from 2 on, each with its reason; read in the order of the versions."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, MappingNode):
            return reader.expected(
                node, "a group of versions and their reasons", f"write `2:` below `changes:` and {_SAY}"
            )
        before = len(reader.diagnostics)
        found: dict[int, Change] = {}
        for key, value in entries(node, reader):
            version = int(key.value) if _VERSION.fullmatch(key.value) else 0
            if version < 2:
                reader.problem("bad-version", key, f"{quoted(key.value)} is not a version that has a reason",
                               "write a whole number from 2 up to `version`; version 1 follows no other")  # fmt: skip
            elif version in found:
                reader.problem("duplicate-entry", key, f"version {version} has two reasons", "keep one")
            elif isinstance(value, ScalarNode) and not value.value.strip():
                reader.problem("missing-reason", value, f"the reason of version {version} is empty", _SAY)
            elif (reason := LINE.read(value, reader)) is not BAD:
                found[version] = Change(version=version, reason=reason)
        return BAD if len(reader.diagnostics) > before else tuple(found[version] for version in sorted(found))

    def schema(self, known: Known) -> Json:
        versions = {"pattern": "^([2-9]|[1-9][0-9]+)$"}
        return {"type": "object", "propertyNames": versions, "additionalProperties": LINE.schema(known)}


def check_changes(version: int, changes: tuple[Change, ...], node: Node, reader: Reader) -> None:
    """Report a reason for a version that is yet to come, and a version without one after a version that has one."""
    named, group = next((key, value) for key, value in node.value if key.value == "changes")
    for key, _ in group.value:
        if (given := int(key.value)) > version:
            reader.problem("bad-version", key, f"there is a reason for version {given}, and the clause is at {version}",
                           f"write `version: {given}`, or correct the number here")  # fmt: skip
    present = [c.version for c in changes if c.version <= version]
    for one, following in zip(present, [*present[1:], version + 1]):
        if following > one + 1:
            last = following - 1
            lacking = f"version {last} has" if last == one + 1 else f"versions {one + 1} to {last} have"
            reader.problem("missing-reason", named, f"{lacking} no reason, though version {one} has one",
                           f"write `{one + 1}:` below it and {_SAY}", Severity.WARNING)  # fmt: skip
