"""Finds “and/or”.

Why it matters
    It means two things at once. Say which: “A or B”, or “A, B or both”.

Flagged
    The Provider shall inform the Client and/or its auditor within 5 days.

Accepted
    The Provider shall inform the Client, its auditor or both within 5 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L16"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\band ?/ ?or\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“and/or” means two things at once', words=match[0], passage=sentence.passage, hint='say “A or B”, or “A, B or both”')


def fix(text: str) -> str:
    """“or” in its place: in a duty it means one or both."""
    return _PATTERN.sub("or", text)
