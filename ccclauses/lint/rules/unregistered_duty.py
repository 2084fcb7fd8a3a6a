"""Finds a paragraph that imposes a duty and has no row under `duties`.

Why it matters
    What is not registered is in no calendar, no evidence register and no review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..paragraphs import labels_around
from ..subject import Finding, Subject

CODE = "S03"
SEVERITY = Severity.ERROR
_DUTY = re.compile(
    r"\b(?:Provider|Client|Personnel|Chief Security Officer|[Ii]t|[Pp]arty|[Pp]arties)(?: and the (?:Provider|Client))?(?: also)? shall\b"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each paragraph with a duty whose label, or that of a paragraph above or below it, no duty or failure names."""
    if not subject.clause:
        return
    known = {d.paragraph for d in subject.duties} | {p.paragraph for p in subject.clause.failures.values()}
    for passage, labels in labels_around(subject):
        if _DUTY.search(passage.text) and not labels & known:
            hint = "label the paragraph and give it a row under `duties`"
            yield Finding(message="this duty is not registered", words="shall", passage=passage, hint=hint)
