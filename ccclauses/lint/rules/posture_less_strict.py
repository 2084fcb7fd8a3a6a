"""Finds a parameter whose value at a stricter posture protects the client less than at a looser one.

Why it matters
    A ladder that climbs down and up again gives away more than the negotiator meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause, Value
from ...model.library.condition import comparable
from ...model.library.library import Library
from ..subject import Finding

CODE = "S06"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each step of a parameter that goes the wrong way, where a wording sets it with the value of that wording."""
    postures = sorted(library.postures.values(), key=lambda p: p.order)
    for parameter in clause.parameters.values():
        if parameter.stricter == "none":
            continue
        steps: dict[tuple[tuple[str, Value], tuple[str, Value]], None] = {}  # each once, whatever forms have it
        for form in library.forms:
            setting = [v for v in clause.variants if v.form == form and parameter.name in v.settings]
            own = {posture: v.settings[parameter.name] for v in setting for posture in v.postures}
            values = [(p.id, own.get(p.id, parameter.values[p.id])) for p in postures if p.id in parameter.values]
            steps |= dict.fromkeys(zip(values, values[1:]))
        for (strict, one), (loose, other) in steps:
            left, right = comparable(one), comparable(other)
            if left != right and (left > right) == (parameter.stricter == "lower"):
                values_told = f"`{parameter.name}` is {one} at {strict} and {other} at {loose}"
                message = f"{values_told}, where {parameter.stricter} is stricter"
                yield Finding(message=message, at=parameter.at)
