"""Finds from time to time, periodically, regularly, frequently.

Why it matters
    A duty to do something “regularly” is kept by doing it once in a while.

Flagged
    The Provider shall review access regularly.
    The Provider shall periodically test its backups.

Accepted
    The Provider shall review access every 90 days.
    The Client may periodically test the Services. The Provider shall allow the Client to test them from time to time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import any_of, told
from ..subject import Finding, Subject

CODE = "L12"
SEVERITY = Severity.ERROR
_PATTERN = any_of(
    "from time to time",
    "periodic(?:ally)?",
    "regular(?:ly)?",
    "frequently",
    "routinely",
    "on an ongoing basis",
)
_FINE = any_of(
    "every",
    "each",
    "once an?",
    "at least (?:once|annually|yearly|monthly|quarterly)",
    "annual(?:ly)?",
    "monthly",
    "quarterly",
    "weekly",
    "daily",
    "as amended from time to time",
    # A right that may be used often is not a duty without a rhythm.
    r"(?:may|allows?|permits?|entitled|right to|is|are) (?:[^.;:]{0,60} )?(?:periodically|regularly|from time to time|frequently)",
    "regular (?:business|working|hours|salary|pay|rate|mail)",
)
_HINT = "say every how many days or months"


def check(subject: Subject) -> Iterator[Finding]:
    """Each such word in a sentence that gives no rhythm."""
    yield from told(_PATTERN, subject, "gives no period", _HINT, fine=_FINE)
