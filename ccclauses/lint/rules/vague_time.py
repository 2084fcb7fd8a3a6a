"""Finds promptly, immediately, timely, as soon as possible, without undue delay where no latest moment follows.

Why it matters
    Without a latest moment there is no moment at which the duty is broken.

Flagged
    The Provider shall promptly notify the Client of each incident.
    The Provider shall answer as soon as possible.

Accepted
    The Client may immediately suspend the transfer.
    The Provider shall notify the Client promptly and at the latest within 24 hours of Awareness.
    The Provider shall answer within 2 Business Days of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import PERIOD, matches
from ..subject import Finding, Subject

CODE = "L08"
SEVERITY = Severity.ERROR
PATTERN = re.compile(
    r"\b(?:promptly|(?<!may )immediately|timely|in a timely manner|as soon as (?:reasonably )?(?:possible|practicable)"
    r"|without (?:undue|unreasonable|any) delay|forthwith|expeditiously|swiftly|with all due speed)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    rf"{PERIOD}|\b(?:effective|following|upon|after|before|preceding|prior) immediately"
    r"|immediately (?:before|after|following|preceding|prior|available|due|effective|upon)"
    r"|\bterminate[^.;]{0,80}\bimmediately"  # the end of a contract, which is a right
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a sentence that names no period."""
    for match, sentence in matches(PATTERN, subject):
        before = sentence.text[: match.start()]
        quoted = before.count("“") > before.count("”")  # the words of a statute
        if not quoted and not _LATEST.search(sentence.whole):
            hint = "add “and at the latest within” a number, a unit and the event that starts the clock"
            message = f"“{match[0]}” has no latest moment"
            yield Finding(message=message, words=match[0], passage=sentence.passage, hint=hint)
