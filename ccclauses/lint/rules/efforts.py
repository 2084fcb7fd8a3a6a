"""Finds best, reasonable and commercially reasonable efforts or endeavours.

Why it matters
    Efforts clauses are breached only by doing next to nothing, and courts disagree on what each kind asks for.

Flagged
    The Provider shall use best efforts to restore the service within 4 hours.

Accepted
    The Provider shall restore the service within 4 hours of the outage.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L09"
SEVERITY = Severity.WARNING
_PATTERN = any_of(
    r"(?:best|(?:commercially )?reasonable|all reasonable|good[- ]faith|diligent) (?:efforts|endeavou?rs)"
)
_HINT = "promise the result, or list the least that must be done"


def check(subject: Subject) -> Iterator[Finding]:
    """Each kind of efforts."""
    yield from told(_PATTERN, subject, "is not a result", _HINT)
