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

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L14"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\b(?:[Ii]f (?:necessary|applicable|appropriate|needed|practicable|required(?! (?:by|under)))|[Ww]here (?:necessary|applicable|appropriate|required|needed|practicable|feasible|possible)|[Aa]s (?:(?:necessary|needed)(?! (?:to|for)\b)|applicable|appropriate|the case may be)|(?<!long )[Aa]s required(?! (?:by|under|in|to|for))|[Tt]o the extent (?:practicable|possible|feasible|applicable(?! law)))\b""")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” can’t be checked', words=match[0], passage=sentence.passage, hint='state the condition')
