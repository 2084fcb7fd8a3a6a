"""Finds a thing that is given a duty: “the report shall include”.

Why it matters
    A report can’t breach a contract. Give the duty to the party that writes it, or describe the thing in the
    present tense.

Flagged
    The report shall include open findings.
    Each notice shall state the date.

Accepted
    The Provider shall state the date in each notice.
    The report lists open findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import told
from ..subject import Finding, Subject

CODE = "L06"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(
    r"\b(?:[Tt]he|[Ee]ach|[Ee]very|[Aa]ny|[Aa]ll|[Ss]uch) (?:\w+ ){0,2}"
    r"(?:reports?|notices?|plans?|polic(?:y|ies)|registers?|logs?|certificates?|documents?|lists?|systems?|records?|"
    r"invoices?|agreements?|summar(?:y|ies)|assessments?|tests?|passwords?|backups?|contracts?|procedures?) "
    r"(?:shall|must)(?! (?:not )?be \w+(?:ed|en|t)\b)\b"
)
_HINT = "give the duty to a party, or use the present tense"


def check(subject: Subject) -> Iterator[Finding]:
    """Each thing before “shall”."""
    yield from told(_PATTERN, subject, ": a thing has no duties", _HINT)
