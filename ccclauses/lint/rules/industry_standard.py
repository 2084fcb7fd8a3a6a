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

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L11"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\b(?:industry[- ](?:standards?|norms?|practices?)|(?:good|best)(?: \w+)? (?:industry )?practices?|generally accepted(?: \w+)? (?:standards?|practices?|principles?)|leading practices?)\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” names no standard', words=match[0], passage=sentence.passage, hint='name the standard, its version and its date')
