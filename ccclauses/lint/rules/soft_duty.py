"""Finds verbs that sound like a duty and are none: should, endeavour, is expected to.

Why it matters
    A wish can't be breached. Whoever reads it later will argue about what was promised.

Flagged
    The Provider should keep a log.
    The Provider will endeavour to answer within 5 days.
    The Provider is expected to train its staff.

Accepted
    Work is expected to begin on the date in Schedule 1.
    A failure that the Provider should reasonably have known counts as known.
    The Provider shall keep a log for 12 months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import PARTIES, Finding, Subject, matches

CODE = "L03"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(rf"""\b(?:should(?! the (?:Provider|Client|Supplier|Customer)| (?:have |be )?reasonably| have (?:known|been))|may want to|(?:{PARTIES}|[Pp]art(?:y|ies)|[Pp]ersonnel) (?:is|are) expected to|endeavou?rs? to|strives? to|intends? to|aims? to)\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” is a wish, not a duty', words=match[0], passage=sentence.passage, hint='say “shall” with a deadline, or leave it out')
