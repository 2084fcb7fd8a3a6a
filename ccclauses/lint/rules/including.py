"""Finds “including” and “such as” in a text that does not say whether the list is complete.

Why it matters
    Some courts read a list after “including” as closed. One rule of interpretation settles it for the whole
    text.

Flagged
    The Provider shall protect devices, including laptops.

Accepted
    “Including” does not limit the words before it. The Provider shall protect devices, including laptops.
    The Provider shall protect devices, including without limitation laptops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L15"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"\b(?<![Ii]f )(?:including|includes|such as)(?! (?:without limit|but not limited|an? (?:additional|further|separate)))",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Finding]:
    """The first such word, in a text without a rule of interpretation for it."""
    if subject.house or subject.clause:
        return
    for match, sentence in matches(_PATTERN, subject):
        hint = "say once for the whole text that “including” does not limit the words before it"
        message = f"“{match[0]}” doesn’t say whether the list is complete"
        yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
        return
