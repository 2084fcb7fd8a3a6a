"""Finds adequate, appropriate, suitable, sufficient, robust, state of the art as the measure of a duty.

Why it matters
    Each party fills such a word with what it has. Nothing can be tested against it.

Flagged
    The Provider shall use adequate safeguards.
    The Provider shall keep robust access controls.

Accepted
    The officers may sign the documents that are necessary or appropriate to carry out the resolution.
    The Provider shall use the safeguards listed in Schedule 2.
    The Provider shall take the appropriate measures set out in Article 32 of the GDPR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import STATUTE, any_of, told
from ..subject import Finding, Subject

CODE = "L10"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    "adequate(?! consideration)",
    "(?<!necessary or )appropriate(?:ly)?",
    "adequately",
    "suitabl[ey]",
    "sufficient(?:ly)?",
    "robust",
    "state[- ]of[- ]the[- ]art",
    "satisfactor(?:y|ily)",
    "high[- ]quality",
)
_FINE = re.compile(
    r"(?:Schedule|Exhibit|Appendix|Annex|Article|Art\.|Section|clause|Chapter|regulation|§) ?\w"
    r"|(?:listed|set out|named|described) in"
    rf"|{STATUTE}",
    re.IGNORECASE,
)
_HINT = "name the measure, the number or the schedule that lists it"


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a sentence that gives a duty or a right and names no schedule or statute."""
    yield from told(_PATTERN, subject, "can’t be tested", _HINT, fine=_FINE, binding=True)
