"""Finds “shall” that imposes no duty: “shall mean”, “shall apply”, “shall prevail”.

Why it matters
    “Shall” says that a party has a duty. Where nobody has one, the present tense says it, and a reader need not
    ask who owes what.

Flagged
    “Site” shall mean a building.
    This Annex shall prevail over the Agreement.
    The term shall commence on 1 May 2026.

Accepted
    “Site” means a building.
    The Provider shall keep a log for 12 months.
    This Annex prevails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L01"
SEVERITY = Severity.ERROR
_PATTERN = re.compile(r"""\bshall (?:not )?(?:mean|apply|prevail|be deemed|have the meanings?|constitute|be construed|be interpreted|be governed|be binding|survive|commence|terminate automatically|become effective|take effect|take precedence|be void|be null)\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” imposes no duty', words=match[0], passage=sentence.passage, hint='use the present tense: “means”, “applies”, “prevails”')
