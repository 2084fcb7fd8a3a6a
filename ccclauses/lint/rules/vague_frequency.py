"""Finds from time to time, periodically, regularly, frequently.

Why it matters
    A duty to do something “regularly” is kept by doing it once in a while.

Flagged
    The Provider shall review access regularly.
    The Provider shall periodically test its backups.

Accepted
    The Provider shall review access every 90 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L12"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\b(?:from time to time|periodic(?:ally)?|regular(?:ly)?|frequently|routinely|on an ongoing basis|on a regular basis)\b""", re.IGNORECASE)
_FINE = re.compile(r"""\b(?:every|each|once an?|at least (?:once|annually|yearly|monthly|quarterly)|annual(?:ly)?|monthly|quarterly|weekly|daily)\b|as amended from time to time|regular (?:business|working|hours|salary|pay|rate|mail)""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        if _FINE.search(sentence.whole):
            continue
        yield Finding(message=f'“{match[0]}” gives no period', words=match[0], passage=sentence.passage, hint='say every how many days or months')
