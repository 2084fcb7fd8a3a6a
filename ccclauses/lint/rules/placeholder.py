"""Finds what was to be filled in: [●], TBD, XX, [insert name], a line of underscores.

Why it matters
    A signed placeholder is a gap that a court fills.

Flagged
    The cap is [●].
    The Provider shall report to [insert name] within TBD days.
    Name: ________

Accepted
    The cap is EUR 10,000.00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L33"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\[[●•▪]+\]|\[\]|\bTB[DCA]\b|\bXX+\b|\[(?:insert|name|date|amount|enter|fill|specify|company|customer|client|provider|number|address)\b[^\]]{0,60}\]|_{4,}|\{\{?[^}]{0,60}\}?\}|<(?:insert|name|date)[^>]{0,40}>""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” still has to be filled in', words=match[0], passage=sentence.passage, hint='fill it in before anybody signs')
