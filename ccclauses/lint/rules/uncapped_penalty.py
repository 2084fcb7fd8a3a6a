"""Finds a sum for each unit of a failure without a cap.

Why it matters
    An open-ended sum is what courts strike down first, and what no supplier prices.

Flagged
    The Provider shall credit the Client GBP 500.00 for each hour of delay.

Accepted
    The Provider shall credit the Client GBP 500.00 for each hour of delay, up to 8% of the Monthly Charges for
      each event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, matches
from ..subject import Finding, Subject

CODE = "L28"
SEVERITY = Severity.ERROR
_SUM = re.compile(
    r"\b(?:credits?|penalt(?:y|ies)|liquidated damages|service credits?)\b(?:[^.]|\.\d){0,120}?"
    r"(?:[$€£]\s?\d|\b[A-Z]{3}\s?\d|\d\s?%)(?:[^.]|\.\d){0,80}?\b(?:for each|per|for every)\b(?! annum)",
    re.IGNORECASE,
)
_CAP = any_of(
    "up to",
    "cap(?:ped)?",
    "maximum",
    "at most",
    "no more than",
    "(?:not|never) (?:to )?exceed",
    "in no event",
    "total of",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such sum in a paragraph that names no cap."""
    for match, sentence in matches(_SUM, subject):
        if not _CAP.search(sentence.passage.text):
            hint = "say “up to” a sum or a share, for each event, month or year"
            message = "a sum for each unit of a failure has no cap"
            yield Finding(message=message, words=match[0][:40], passage=sentence.passage, hint=hint)
