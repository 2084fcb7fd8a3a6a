"""Finds if necessary, where applicable, as required, as appropriate.

Why it matters
    A condition that nobody can check lets each party decide for itself.

Flagged
    The Provider shall patch systems where applicable.
    The Provider shall, if necessary, inform the Client.

Accepted
    The Provider may keep the data to the extent applicable law demands it.
    The Provider may transfer the data as needed to provide the Services.
    If a patch is critical, the Provider shall install it within 14 days.
    The Provider shall report as required by Article 33 of the GDPR.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L14"
SEVERITY = Severity.WARNING
_PATTERN = any_of(
    r"[Ii]f (?:necessary|applicable|appropriate|needed|practicable|required(?! (?:by|under)))",
    r"[Ww]here (?:necessary|applicable|appropriate|required|needed|practicable|feasible|possible)",
    r"[Aa]s (?:(?:necessary|needed)(?! (?:to|for)\b)|applicable|appropriate|the case may be)",
    r"(?<!long )[Aa]s required(?! (?:by|under|in|to|for))",
    r"[Tt]o the extent (?:practicable|possible|feasible|applicable(?! law))",
    cased=True,
)
_HINT = "state the condition"


def check(subject: Subject) -> Iterator[Finding]:
    """Each condition of the kind that states no purpose and names no source."""
    yield from told(_PATTERN, subject, "can’t be checked", _HINT)
