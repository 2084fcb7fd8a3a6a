"""Finds “reasonable” and “reasonably” as a measure of a duty.

Why it matters
    What is reasonable is decided by a judge, years later. A number is decided now.

Flagged
    The Provider shall give reasonable notice.
    The Provider shall reasonably assist the Client.

Accepted
    The parties acknowledge that the restriction is reasonable in time.
    “Trade Secret” means information that its owner takes reasonable measures to keep secret.
    The Client shall not unreasonably withhold its consent.
    The Provider bears the reasonable costs of the audit.
    The Provider shall give notice 10 Business Days before the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import STATUTE, any_of, told
from ..subject import Finding, Subject

CODE = "L07"
SEVERITY = Severity.WARNING
_PATTERN = any_of("reasonabl[ey]")
_FINE = re.compile(
    r"reasonabl[ey] (?:and [\w-]+,? )?(?:[\w’'-]+ ){0,2}(?:costs?|expenses?|fees?|charges?)"
    r"|reasonably (?:likely|suspects?|believes?|expected|anticipated|foreseeable|understood)"
    r"|reasonabl[ey] (?:efforts|endeavou?rs|practicable|possible|suspicion|grounds?|doubt|belief)"
    r"|\b(?:is|are|be|been|not|fair and|presumptively) reasonabl[ey]|no (?:broader|longer|more) than reasonabl[ey]"
    rf"|{STATUTE}",
    re.IGNORECASE,
)
_HINT = "state a number, a list or a named standard"


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a sentence that gives a duty or a right, and is no test that a law has set.

    Efforts and “as soon as reasonably practicable” are for the rules that are named after them.
    """
    yield from told(_PATTERN, subject, "leaves the measure open", _HINT, fine=_FINE, binding=True)
