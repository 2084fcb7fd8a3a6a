"""Finds “reasonable” and “reasonably” as a measure of a duty.

Why it matters
    What is reasonable is decided by a judge, years later. A number is decided now.

Flagged
    The Provider shall give reasonable notice.
    The Provider shall reasonably assist the Client.

Accepted
    The Client shall not unreasonably withhold its consent.
    The Provider bears the reasonable costs of the audit.
    The Provider shall give notice 10 Business Days before the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L07"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\breasonabl[ey]\b""", re.IGNORECASE)
_FINE = re.compile(r"""reasonabl[ey] (?:and [\w-]+,? )?(?:[\w’'-]+ ){0,2}(?:costs?|expenses?|fees?|charges?)|reasonably (?:likely|suspects?|believes?)|reasonable (?:suspicion|grounds?|doubt)""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        if _FINE.search(sentence.whole):
            continue
        yield Finding(message=f'“{match[0]}” leaves the measure open', words=match[0], passage=sentence.passage, hint='state a number, a list or a named standard')
