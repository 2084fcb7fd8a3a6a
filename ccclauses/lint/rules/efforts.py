"""Finds best, reasonable and commercially reasonable efforts or endeavours.

Why it matters
    Efforts clauses are breached only by doing next to nothing, and courts disagree on what each kind asks for.

Flagged
    The Provider shall use best efforts to restore the service within 4 hours.

Accepted
    The Provider shall restore the service within 4 hours of the outage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L09"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\b(?:best|(?:commercially )?reasonable|all reasonable|good[- ]faith|diligent) (?:efforts|endeavou?rs)\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” is no result', words=match[0], passage=sentence.passage, hint='promise the result, or list the least that must be done')
