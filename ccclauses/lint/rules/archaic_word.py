"""Finds hereinafter, aforesaid, witnesseth, thereof and their kin.

Why it matters
    They add no meaning and put off everyone who is no lawyer.

Flagged
    The Provider shall keep the aforesaid log for 12 months.
    Witnesseth: the parties agree.

Accepted
    The Provider hereby assigns the recordings to the Client.
    The Provider shall keep that log for 12 months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Subject, matches

CODE = "L31"
SEVERITY = Severity.WARNING
_PATTERN = re.compile(r"""\b(?:hereinafter|hereinbefore|witnesseth|aforesaid|aforementioned|herewith|thereof|therein|thereto|thereunder|whereof|wherein|whereas|heretofore|hereunto|forthwith|in witness whereof|notwithstanding the foregoing|to wit)\b""", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each place at which the text does this."""
    for match, sentence in matches(_PATTERN, subject):
        yield Finding(message=f'“{match[0]}” is out of date', words=match[0], passage=sentence.passage, hint='leave it out, or say “this”, “that”, “of it”')
