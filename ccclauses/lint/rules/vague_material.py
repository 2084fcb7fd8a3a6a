"""Finds material, substantial, significant without a definition or a threshold.

Why it matters
    Whether a breach is material is what the dispute will be about.

Flagged
    The Provider shall report each significant incident within 24 hours.

Accepted
    The parties intend to protect their substantial investment.
    The Provider shall report each incident that affects more than 100 persons within 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import BINDING, STATUTE, matches
from ..subject import Finding, Subject

CODE = "L13"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"(?<!\w)(?<!in )(?:material(?= [a-z])(?! (?:that|which|or|and|is|are|of|for|to|in|from|on|with))|materially"
    r"|substantial(?:ly)?|significant(?:ly)?)\b(?! (?:breach|breaches|law|all\b|form\b|completion))"
)
_FINE = re.compile(STATUTE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a definition, or in a sentence that gives a duty or a right and cites no statute."""
    for match, sentence in matches(_PATTERN, subject):
        if _FINE.search(sentence.whole):
            continue
        if BINDING.search(sentence.whole) or sentence.passage.definition:
            message, hint = f"“{match[0]}” has no threshold", "give a number, or define the term"
            yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
