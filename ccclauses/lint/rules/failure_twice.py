"""Finds two failures of a clause that carry a credit for the same paragraph and unit.

Why it matters
    One breach would be paid twice, or two readers would choose different sums.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..subject import Finding

CODE = "S08"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each failure with the paragraph and unit of an earlier one."""
    first: dict[tuple[str, str], str] = {}
    for spec in clause.failures.values():
        other = first.setdefault((spec.paragraph, spec.unit), spec.name)
        if other != spec.name:
            message = f"`{spec.name}` and `{other}` both count each {spec.unit} under `{spec.paragraph}`"
            yield Finding(message=message, at=spec.at, hint="merge them, or give each a paragraph or unit of its own")
