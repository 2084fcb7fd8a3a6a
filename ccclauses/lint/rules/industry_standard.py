"""Finds “industry standard”, “good practice” and “best practice” without a name, a version and a date.

Why it matters
    There is no such book. A named standard with its version can be bought, read and audited.

Flagged
    The Provider shall follow industry best practice.
    Encryption meets industry standards.

Accepted
    The Provider shall encrypt with TLS 1.3 or later.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L11"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    r"industry[- ](?:standards?|norms?|practices?)",
    r"(?:good|best)(?: \w+)? (?:industry )?practices?",
    r"generally accepted(?: \w+)? (?:standards?|practices?|principles?)",
    r"leading practices?",
)
_HINT = "name the standard, its version and its date"


def check(subject: Subject) -> Iterator[Finding]:
    """Each such phrase."""
    yield from told(_PATTERN, subject, "names no standard", _HINT)
