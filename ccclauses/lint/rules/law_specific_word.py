"""Finds “penalty” in a text for a common-law contract, and “liquidated damages” in one for France, Germany, Spain,
the Netherlands, Quebec or South Africa.

Why it matters
    The label is the first thing that a court reads. Under one law it saves the clause, under the next it sinks
    it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ...model.library.library import Law
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L37"
SEVERITY = Severity.WARNING
_PENALTY = re.compile(r"(?<!schedule “)(?<![Cc]ontractual )(?<![Cc]onventional )\bpenalt(?:y|ies)\b", re.IGNORECASE)
_LIQUIDATED = re.compile(r"\bliquidated damages\b", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each label under a law of this text that does not go with it."""
    for pattern, wrong in ((_PENALTY, _no_penalty), (_LIQUIDATED, _no_liquidated)):
        laws = [law.short for law in subject.laws if wrong(law)]
        if not laws:
            continue
        for match, sentence in matches(pattern, subject):
            shown = ", ".join(laws[:3]) + (f" and {len(laws) - 3} more" if len(laws) > 3 else "")
            hint = "print {{ law.credit_label }}, or move the words to a part for the laws that they fit"
            message = f"“{match[0]}” is the wrong label under the law of {shown}"
            yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)


def _no_penalty(law: Law) -> bool:
    return law.switches.get("penalty_word", "no") == "no" and law.family in ("common_law", "us")


def _no_liquidated(law: Law) -> bool:
    return law.credit_label in ("Contractual Penalty", "Conventional Penalty")
