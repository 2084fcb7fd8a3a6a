"""Finds money with a symbol instead of an ISO 4217 code, and numbers whose separator can be read in two ways.

Why it matters
    “$” is the money of some twenty countries; “1.000” is one or a thousand.

Flagged
    The Provider shall pay $500 for each late report.
    The cap is EUR 1.000 for each event.

Accepted
    The Provider shall pay USD 500.00 for each late report.
    The cap is EUR 1,000.00 for each event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L26"
SEVERITY = Severity.ERROR
_SIGN = re.compile(r"(?<![A-Z])[$€£¥₹]\s?\d(?:[\d,.]*\d)?")
_PATTERN = re.compile(
    r"\b(?:EUR|USD|GBP|CHF|INR|SGD|AUD|CAD|ZAR|PHP|JPY|CNY|NZD|SEK|NOK|DKK|PLN) ?\d{1,3}\.\d{3}(?![\d,])"
    r"|(?<![\d,.A-Z]) ?\b\d[\d,.]* (?:(?:thousand|million) )?"
    r"(?:[Dd]ollars|[Pp]ounds|[Ee]uros?|[Rr]upees|[Rr]and|[Pp]esos|[Ff]rancs)\b"
)
_HINT = "write the ISO 4217 code and the amount: USD 500.00"


def check(subject: Subject) -> Iterator[Finding]:
    """Each sum without a code, or with a point before three digits."""
    patterns = (_PATTERN,) if subject.house and subject.clause is None else (_SIGN, _PATTERN)
    for pattern in patterns:
        yield from told(pattern, subject, "can be read in two ways", _HINT)
