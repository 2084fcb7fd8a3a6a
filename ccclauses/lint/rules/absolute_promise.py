"""Finds ensure, guarantee, at all times, under no circumstances.

Why it matters
    Nobody controls every result at every moment. Say what the party does, or mean the guarantee.

Flagged
    The Provider shall ensure that no data is lost.
    The Provider shall at all times keep a log.

Accepted
    The plan lists the steps that ensure accountability.
    The Provider shall back up Client Data every 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import PARTIES, Finding, Subject, matches

CODE = "L38"
SEVERITY = Severity.WARNING
# "Steps that ensure accountability" are steps; only a party that shall ensure something promises the result.
_PATTERN = re.compile(
    rf"(?:shall|must|will|agrees? to|undertakes? to)(?: not)?(?: at all times| \w+ly| first| also)? (?:ensure|guarantee)\b|(?:{PARTIES}) guarantees\b"
    r"|\b(?:at all times|under no circumstances|in all circumstances|without exception)\b",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” promises a result that nobody controls', words=match[0], passage=sentence.passage, hint='say what the party does, how often and by when')
