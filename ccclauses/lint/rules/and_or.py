"""Finds “and/or”.

Why it matters
    It means two things at once. Say which: “A or B”, or “A, B or both”.

Flagged
    The Provider shall inform the Client and/or its auditor within 5 days.

Accepted
    The Provider shall inform the Client, its auditor or both within 5 days.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L16"
SEVERITY = Severity.ERROR
_PATTERN = any_of("and ?/ ?or|or ?/ ?and")
_HINT = "say “A or B”, or “A, B or both”"


def check(subject: Subject) -> Iterator[Finding]:
    """Each “and/or”."""
    yield from told(_PATTERN, subject, "means two things at once", _HINT)


def fix(text: str) -> str:
    """“or” in its place: in a duty it means one or both."""
    return _PATTERN.sub("or", text)
