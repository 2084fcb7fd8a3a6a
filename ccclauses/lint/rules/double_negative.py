"""Finds two negatives in one sentence that a reader must cancel out.

Why it matters
    People misread double negatives, in a hurry most of all.

Flagged
    No access is given without the Client not having refused it.
    The Provider shall not fail to report an incident within 24 hours.

Accepted
    The Provider shall report an incident within 24 hours.
    The Client shall not unreasonably withhold its consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L17"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"\bnot\b[^.;]{0,80}\b(?:unless|until|without)\b[^.;]{0,60}\bnot\b|\bnot (?:\w+ ){1,2}not to\b"
    r"|\b[Nn]o\b[^.;]{0,60}\bwithout\b[^.;]{0,60}\bnot\b|\bnot (?:fail|omit|neglect|refuse) to\b"
    r"|\bnot un(?:likely|usual|common|aware|important|known|willing|able|lawful|authori[sz]ed)\b"
)
_HINT = "say it positively"


def check(subject: Subject) -> Iterator[Finding]:
    """Each pair of negatives."""
    yield from told(_PATTERN, subject, "is a double negative", _HINT)
