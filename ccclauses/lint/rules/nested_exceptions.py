"""Finds a sentence with three or more exceptions, or “notwithstanding” and “subject to” twice.

Why it matters
    Nobody can say which exception yields to which.

Flagged
    Subject to clause 2, and except as clause 3 says, the Provider shall report unless clause 4 applies within 5
      days.

Accepted
    Subject to clause 2, the Provider shall report within 5 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..sentences import list_items
from ..subject import Finding, Subject

CODE = "L18"
SEVERITY = Severity.ERROR
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?|unless|save(?: that| as| for| where)|provided,? (?:however,? )?that|notwithstanding|"
    r"subject to|other than)\b",
    re.IGNORECASE,
)
_ONCE = ("notwithstanding", "subject to")
MOST = 2  # exceptions that one sentence can hold


def check(subject: Subject) -> Iterator[Finding]:
    """Each sentence with too many exceptions."""
    for sentence in subject.sentences:
        for item in list_items(sentence.text):
            found = [match[0] for match in _EXCEPTION.finditer(item)]
            folded = [word.casefold() for word in found]
            if len(found) > MOST or sum(folded.count(word) for word in _ONCE) > 1:
                message = f"{len(found)} exceptions in one sentence ({', '.join(folded)})"
                hint = "give each exception a sentence of its own"
                yield Finding(message=message, words=found[0], passage=sentence.passage, hint=hint)
