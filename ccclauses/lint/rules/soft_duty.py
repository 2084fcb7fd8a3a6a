"""Finds verbs that sound like a duty and are none: should, endeavour, is expected to.

Why it matters
    A wish can't be breached. Whoever reads it later will argue about what was promised.

Flagged
    The Provider should keep a log.
    The Provider will endeavour to answer within 5 days.
    The Provider is expected to train its staff.

Accepted
    Work is expected to begin on the date in Schedule 1.
    Should any audit reveal an error, the Provider shall correct it. It should be noted that no fee is due.
    The purpose of this Annex is to define terms. It aims to ensure compliance.
    A failure that the Provider should reasonably have known counts as known.
    The Provider shall keep a log for 12 months.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import PARTIES, any_of, told
from ..subject import Finding, Subject

CODE = "L03"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    # "Should any audit reveal" is a condition, and what "by its nature, should be" is described.
    rf"(?<!by its nature, )(?<!which )(?<!that )should(?! (?:the|an?|any|either|it|they|there|one|{PARTIES})\b"
    r"| (?:have |be )?reasonably| have (?:known|been)| (?:also )?be (?:noted|recalled|understood|emphasi[sz]ed))",
    rf"(?:{PARTIES}|part(?:y|ies)|personnel) (?:is|are) expected to",
    "may want to",
    "endeavou?rs? to",
    "strives? to",
    rf"(?:{PARTIES}|part(?:y|ies)|personnel) (?:also )?(?:intends?|aims?) to",
    "ought to",
)
_HINT = "say “shall” with a deadline, or leave it out"


def check(subject: Subject) -> Iterator[Finding]:
    """Each such verb."""
    yield from told(_PATTERN, subject, "is a wish, not a duty", _HINT)
