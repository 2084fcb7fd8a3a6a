"""Finds a duty that the client takes on where the provider is meant: “the Client agrees”.

Why it matters
    In a supplier’s paper the client’s promises hide in the supplier’s duties.

Flagged
    The Client agrees that the Provider may change its policies.

Accepted
    The Provider may change its policies with the Client’s consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L34"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(
    r"(?<!whom the )(?<!which the )(?<!that the )(?<!until the )(?<!unless the )(?<!if the )(?<!If the )"
    r"\b(?:Client|Customer) (?:hereby )?(?:agrees|acknowledges|accepts|undertakes|warrants)\b"
)
_HINT = "check who should bear this"


def check(subject: Subject) -> Iterator[Finding]:
    """Each promise of the client outside of a condition."""
    yield from told(_PATTERN, subject, ": the client promises here", _HINT)
