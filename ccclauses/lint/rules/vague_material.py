"""Finds material, substantial, significant without a definition or a threshold.

Why it matters
    Whether a breach is material is what the dispute will be about.

Flagged
    The Provider shall report each significant incident within 24 hours.

Accepted
    The Provider shall report each incident that affects more than 100 persons within 24 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L13"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""(?<!\w)(?<!in )(?:material(?= [a-z])(?! (?:that|which|or|and|is|are|of|for|to|in|from|on|with))|materially|substantial(?:ly)?|significant(?:ly)?)\b(?! (?:breach|breaches|law|all\b|form\b|completion))""")


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” has no threshold', words=match[0], passage=sentence.passage, hint='give a number, or define the term')
