"""Finds a sum for each unit of a failure without a cap.

Why it matters
    An open-ended sum is what courts strike down first, and what no supplier prices.

Flagged
    The Provider shall credit the Client GBP 500.00 for each hour of delay.
    The Provider shall pay GBP 500.00 for each late report.

Accepted
    The Provider shall credit the Client GBP 500.00 for each hour of delay, up to 8% of the Monthly Charges for
      each event.
    The Client shall pay GBP 20.00 for each hour of work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, matches
from ..subject import Finding, Subject

CODE = "L28"
SEVERITY = Severity.ERROR
_AMOUNT = r"(?:[$€£]\s?\d|\b[A-Z]{3}\s?\d|\d\s?%)"
_ON = r"(?:[^.]|\.\d)"  # the sentence goes on
_EACH = r"\b(?:for each|per|for every)\b(?! annum)"
_SUM = re.compile(
    rf"\b(?:credits?|penalt(?:y|ies)|liquidated damages|service credits?)\b{_ON}{{0,120}}?{_AMOUNT}{_ON}{{0,80}}?{_EACH}",
    re.IGNORECASE,
)
# A payment for each unit is a price, unless it is for a failure.
_FAILURE = r"(?:late|delay(?:ed|s)?|missed|overdue|breach(?:es)?|fail(?:ed|ures?)?|default|unavailab\w+)"
_PAID = re.compile(
    rf"\b(?:shall|must|will) pay\b{_ON}{{0,60}}?{_AMOUNT}{_ON}{{0,30}}?{_EACH}(?: \S+){{0,4}}? {_FAILURE}\b"
    rf"|\b[Ff]or each(?: \S+){{0,4}}? {_FAILURE}\b{_ON}{{0,60}}?\bpay\b{_ON}{{0,60}}?{_AMOUNT}"
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
    paid = ((m, s) for m, s in matches(_PAID, subject) if not _SUM.search(s.text))  # told once
    for match, sentence in (*matches(_SUM, subject), *paid):
        if not _CAP.search(sentence.passage.text):
            hint = "say “up to” a sum or a share, for each event, month or year"
            message = "a sum for each unit of a failure has no cap"
            yield Finding(message=message, words=match[0][:40], passage=sentence.passage, hint=hint)
