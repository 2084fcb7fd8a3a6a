"""Finds two negatives in one sentence that a reader must cancel out.

Why it matters
    People misread double negatives, in a hurry most of all.

Flagged
    No access is given without the Client not having refused it.
    The Provider shall not fail to report an incident within 24 hours.

Accepted
    The Provider shall report an incident within 24 hours.
    The Client shall not unreasonably withhold its consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L17"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\b[Nn]o\b[^.;]{0,60}\bwithout\b[^.;]{0,60}\bnot\b|\bnot (?:fail|omit|neglect|refuse) to\b|\bnot un(?:likely|usual|common|aware|important|known|willing|able|lawful|authori[sz]ed)\b""")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” is a double negative', words=match[0], passage=sentence.passage, hint='say it positively')
