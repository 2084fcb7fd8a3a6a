"""Finds a percentage that does not say of what.

Why it matters
    10 % of a month’s charges and 10 % of the contract’s value are different sums.

Flagged
    The credit is 10% for each event.
    Availability is 99.9%.

Accepted
    The credit is 10% of the Monthly Charges for each event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L27"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent\b|percent\b)")
_BASE = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:or (?:more|less) )?(?:of\b|per annum|a year|per year|per month|below|above|points?\b|"
    r"more than|less than|owned|interest|ownership|discount|increase|,)",
)
_BEFORE = re.compile(
    r"(?:percentage|share|rate|target|interest|multiplied by|equal to|below|above|under|exceeds?|least|than|or|and)\s+"
    r"(?:of\s+)?(?:at least\s+)?$"
)
_OF_THE = re.compile(r"(?:(?!within|after|before|days?\b)(?:[^.,;]|\.\d)){0,50} of the ")


def check(subject: Subject) -> Iterator[Finding]:
    """Each percentage without a base beside it."""
    for match, sentence in matches(_PATTERN, subject):
        rest, before = sentence.text[match.end() :], sentence.text[: match.start()]
        if not _BASE.match(rest) and not _BEFORE.search(before) and not _OF_THE.match(rest):
            hint = "name the base, and the period it is taken over"
            yield Finding(message=f"“{match[0]}” of what?", words=match[0], passage=sentence.passage, hint=hint)
