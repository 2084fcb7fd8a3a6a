"""What is known of a library while it is checked, and how a problem of it is reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...model.diagnostic import Diagnostic, Position
from ...model.library.clause import Parameter
from ...model.library.library import Library
from ..document.reading import Reader


@dataclass(slots=True)
class Sight:
    """What is known while a library is checked. `loose` names parameters of clauses that could not be read."""

    library: Library
    reader: Reader
    broken: Collection[str]
    loose: Collection[str]
    parameters: Mapping[str, Parameter]
    owners: Mapping[str, str]
    labels: Mapping[str, frozenset[str]]
    reach: Mapping[str, frozenset[str]]  # of each clause: itself and all that it requires, directly or through others


def tell(reader: Reader, rule: str, at: Position, message: str, hint: str = "") -> None:
    reader.diagnostics.append(Diagnostic(rule=rule, message=message, at=at, hint=hint))
