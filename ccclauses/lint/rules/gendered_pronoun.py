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
from ..subject import Finding, Subject, matches

CODE = "L29"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Hh]ers|[Hh]imself|[Hh]erself|[Hh]e/she|[Hh]is/her)\b(?! (?:Majesty|Highness))""")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” names a gender', words=match[0], passage=sentence.passage, hint='repeat the noun, or write “they”')
