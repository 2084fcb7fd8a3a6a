"""Finds he, she, his, her and him.

Why it matters
    Repeat the noun, or write “they”: the reader knows who is meant, and nobody is left out.

Flagged
    If an agent leaves, he shall return his badge within 1 day.

Accepted
    If an agent leaves, the agent shall return the badge within 1 day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L29"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"\b(?:[Hh]e/she|[Hh]is/her|[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Hh]ers|[Hh]imself|[Hh]erself)\b"
    r"(?! (?:Majesty|Highness))"
)
_HINT = "repeat the noun, or write “they”"


def check(subject: Subject) -> Iterator[Finding]:
    """Each pronoun of one gender."""
    yield from told(_PATTERN, subject, "names a gender", _HINT)
